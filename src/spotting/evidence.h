#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "spotting/peak_grid.h"
#include "spotting/playback.h"

namespace needledrop {

/// The claim to be tested: the recording, played like that, is heard in the episode with this
/// offset.
struct Hypothesis {
  SourceId source;
  Tick offset;  // episode tick minus tick of the played recording
  Playback playback = {};

  [[nodiscard]] Rendition rendition() const { return {source, playback}; }
  friend constexpr auto operator<=>(const Hypothesis&, const Hypothesis&) = default;
};

/// How much of the recording's peaks survives what is laid over it. Which level holds at a moment
/// is not known; the decoder finds it. The first is music buried for a moment: it is hardly
/// evidence against.
inline constexpr std::array<float, 5> kSurvivals = {0.02F, 0.05F, 0.15F, 0.40F, 0.80F};

/// Marks peaks of an episode that a finding has explained.
using Claims = std::vector<bool>;

/// The most that ticks [first, last) of the episode say for the hypothesis before anything is known
/// of its level: the greatest sum of log-likelihood ratios over a part of them, under one of
/// kSurvivals. Every peak of the recording there is asked for (after Sonnleitner & Widmer 2016,
/// section III-D, with graded evidence): one that is found speaks for the hypothesis by how exactly
/// it sits and how rare peaks are around it, a missing one against. `recording` is as the
/// hypothesis has it played. Claimed peaks are not seen.
double first_evidence(const PeakGrid& episode, const PeakList& recording,
                      const Hypothesis& hypothesis, int first, int last, const Claims& claims);

/// A peak of the recording and the peak of the episode that shows it.
struct Sighting {
  std::uint32_t recording_peak = 0;
  std::uint32_t episode_peak = 0;
  float likelihood_ratio = 0;  // given that the recording's peak survived
};

/// The episode's peak that best shows `peak` at `tick`; likelihood_ratio 0 when there is none.
/// Leaves recording_peak as it is.
Sighting best_sighting(const PeakGrid& episode, const Peak& peak, int tick, const Claims& claims);

/// Calls `visit(index of recording peak, its tick in the episode)` for the far-reaching peaks that
/// fall into ticks [first, last) of the episode.
template <typename Visit>
void for_each_far_peak(const PeakList& recording, const Hypothesis& hypothesis, int first, int last,
                       Visit visit) {
  const Tick from = Tick(first) - hypothesis.offset;
  auto it = std::partition_point(recording.peaks.begin(), recording.peaks.end(),
                                 [&](const Peak& peak) { return peak.tick < from; });
  for (; it != recording.peaks.end(); ++it) {
    const int tick = (it->tick + hypothesis.offset).value;
    if (tick >= last) break;
    if (it->reach == Reach::kFar) {
      visit(static_cast<std::uint32_t>(it - recording.peaks.begin()), tick);
    }
  }
}

/// The sightings behind evidence_of, by recording peak.
std::vector<Sighting> sightings_of(const PeakGrid& episode, const PeakList& recording,
                                   const Hypothesis& hypothesis, int first, int last,
                                   const Claims& claims);

}  // namespace needledrop
