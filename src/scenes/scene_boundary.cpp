#include "scenes/scene_boundary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>

namespace needledrop {
namespace {

/// Shots that may link what comes before a boundary with what comes after.
constexpr std::size_t kLinkShots = 8;
constexpr double kLinkSeconds = 60;
/// How long the sound is listened to on either side.
constexpr Milliseconds kListen{8'000};
constexpr double kLongestPause = 8;

double seconds(Milliseconds time) {
  return static_cast<double>(time.count()) / 1'000;
}

/// How a shot looks: a few of its pictures, and what colours they have.
struct Look {
  std::vector<const PictureMoment*> moments;
  std::array<double, std::size_t{4} * 6 * 6> colours{};  // shares of luma, blue, red
};

const PictureMoment& moment_at(const PictureSeries& series, Milliseconds time) {
  const auto later = std::ranges::upper_bound(series, time, {}, &PictureMoment::time);
  return later == series.begin() ? series.front() : *std::prev(later);
}

/// Which of `steps` steps a value of [low, high) falls in; the outermost take what is beyond.
std::size_t step_of(int value, int low, int high, int steps) {
  return static_cast<std::size_t>(std::clamp((value - low) * steps / (high - low), 0, steps - 1));
}

Look look_of(const PictureSeries& series, const Shot& shot) {
  Look look;
  for (const int share : {1, 2, 3}) {
    look.moments.push_back(&moment_at(series, shot.span.start + shot.span.length() * share / 4));
  }
  for (const PictureMoment* moment : look.moments) {
    const Sketch& sketch = moment->sketch;
    for (int i = 0; i < Sketch::kCells; ++i) {
      const std::size_t at =
          (step_of(sketch.luma[i], 16, 236, 4) * 6 + step_of(sketch.blue[i], 98, 158, 6)) * 6 +
          step_of(sketch.red[i], 98, 158, 6);
      look.colours[at] += 1.0 / Sketch::kCells / static_cast<double>(look.moments.size());
    }
  }
  return look;
}

/// 1 for the same picture or the same colours, towards 0 for others.
double likeness(const Look& a, const Look& b) {
  double colours = 0;
  for (std::size_t i = 0; i < a.colours.size(); ++i) {
    colours += std::min(a.colours[i], b.colours[i]);
  }
  constexpr int kReach = 3;
  constexpr double kDetail = 3;
  double least = 1;
  for (const PictureMoment* x : a.moments) {
    for (const PictureMoment* y : b.moments) {
      least = std::min(least, moved_difference(x->sketch, y->sketch, kReach) /
                                  (x->spread + y->spread + kDetail));
    }
  }
  return std::max(colours, 1 - least);
}

/// The strongest likeness across the boundary after each shot, fading with the time in between.
std::vector<double> links_across(const Story& story, const std::vector<Look>& looks) {
  const std::size_t shots = looks.size();
  std::vector<double> strongest(shots, 0);
  for (std::size_t before = 0; before < shots; ++before) {
    const std::size_t end = std::min(before + 2 * kLinkShots, shots);
    for (std::size_t after = before + 1; after < end; ++after) {
      const double gap = seconds(story.shots[after].span.start - story.shots[before].span.end);
      if (gap > kLinkSeconds) break;
      const double link = likeness(looks[before], looks[after]) * (1 - gap / kLinkSeconds / 2);
      // The boundaries that both are near enough to.
      const std::size_t first = after < kLinkShots ? before : std::max(before, after - kLinkShots);
      for (std::size_t at = first; at < std::min(after, before + kLinkShots); ++at) {
        strongest[at] = std::max(strongest[at], link);
      }
    }
  }
  return strongest;
}

using Measures = std::array<double, SoundSeries::kMeasures>;

Measures mean_of(const SoundSeries& sound, Milliseconds from, Milliseconds to) {
  Measures mean{};
  const auto count = static_cast<std::int64_t>(sound.entries.size());
  const std::int64_t first = std::clamp<std::int64_t>(from / sound.step, 0, count);
  const std::int64_t end = std::clamp<std::int64_t>(to / sound.step, first, count);
  for (std::int64_t i = first; i < end; ++i) {
    for (std::size_t m = 0; m < mean.size(); ++m) mean[m] += sound.entries[i][m];
  }
  for (double& value : mean) value /= static_cast<double>(std::max<std::int64_t>(end - first, 1));
  return mean;
}

/// How far each measure usually is from what it was kListen before.
Measures usual_change(const SoundSeries& sound) {
  Measures usual{};
  const std::size_t lag = static_cast<std::size_t>(kListen / sound.step);
  std::size_t pairs = 0;
  for (std::size_t i = lag; i < sound.entries.size(); ++i, ++pairs) {
    for (std::size_t m = 0; m < usual.size(); ++m) {
      usual[m] += std::abs(sound.entries[i][m] - sound.entries[i - lag][m]);
    }
  }
  for (double& value : usual) value = value / static_cast<double>(std::max<std::size_t>(pairs, 1));
  return usual;
}

double change_of_sound(const SoundSeries& sound, const Measures& usual, Milliseconds time) {
  if (sound.entries.empty()) return 0;
  const Measures before = mean_of(sound, time - kListen, time);
  const Measures after = mean_of(sound, time, time + kListen);
  double sum = 0;
  for (std::size_t m = 0; m < usual.size(); ++m) {
    constexpr double kLeast = 1e-3;
    sum += std::min(std::abs(after[m] - before[m]) / (usual[m] + kLeast), 3.0);
  }
  return sum / SoundSeries::kMeasures;
}

/// Seconds without dialogue around a time.
double pause_at(std::span<const Span> dialogue, Milliseconds time) {
  if (dialogue.empty()) return 0;
  double before = kLongestPause / 2;
  double after = kLongestPause / 2;
  for (const Span& line : dialogue) {
    if (line.start <= time && line.end > time) return 0;
    if (line.end <= time) before = std::min(before, seconds(time - line.end));
    if (line.start >= time) after = std::min(after, seconds(line.start - time));
  }
  return before + after;
}

}  // namespace

std::vector<BoundaryEvidence> boundary_evidence(const Story& story) {
  std::vector<Look> looks;
  for (const Shot& shot : story.shots) looks.push_back(look_of(story.series, shot));
  Measures usual{};
  if (!story.sound.entries.empty()) usual = usual_change(story.sound);
  const std::vector<double> links = links_across(story, looks);
  std::vector<BoundaryEvidence> all;
  for (std::size_t i = 0; i + 1 < story.shots.size(); ++i) {
    const Milliseconds time = story.shots[i].span.end;
    BoundaryEvidence evidence;
    evidence.seen_new = 1 - links[i];
    evidence.heard_new = change_of_sound(story.sound, usual, time);
    const auto transition = std::ranges::find(story.transitions, time, &Transition::time);
    if (transition != story.transitions.end() && transition->kind != TransitionKind::kCut) {
      evidence.is_gradual = transition->kind == TransitionKind::kFade ? 1 : 0.5;
    }
    evidence.pause = pause_at(story.dialogue, time);
    all.push_back(evidence);
  }
  return all;
}

}  // namespace needledrop
