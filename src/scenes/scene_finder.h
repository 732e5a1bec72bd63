#pragma once

#include <array>
#include <span>
#include <vector>

#include "scenes/picture_series.h"
#include "scenes/transition.h"

namespace needledrop {

/// What is heard, at even steps: entry i covers [i, i + 1) * step.
struct SoundSeries {
  static constexpr std::size_t kMeasures = 9;

  Milliseconds step{0};
  /// In any unit: each is judged by how it varies in this sound.
  std::vector<std::array<float, kMeasures>> entries;
};

/// Everything that tells scenes apart.
struct Story {
  const PictureSeries& series;
  std::span<const Transition> transitions;
  std::span<const Shot> shots;     // shots_between(transitions)
  const SoundSeries& sound;        // without entries: nothing is known of it
  std::span<const Span> dialogue;  // when somebody speaks, by start; empty: not known
};

/// The scenes of an episode: whole shots, grouped, without gaps. A boundary is where nothing seen
/// before comes back soon (a place that two people are shown in by turns is one scene), the sound
/// changes and nobody speaks. Suggestions: even the best methods are often wrong here. Pure.
std::vector<Span> find_scenes(const Story& story);

}  // namespace needledrop
