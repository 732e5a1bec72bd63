#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "spotting/peak_grid.h"

namespace needledrop {

/// The claim to be tested: the recording plays in the episode with this offset.
struct Hypothesis {
  SourceId source;
  Tick offset;  // episode tick minus recording tick
  friend constexpr auto operator<=>(const Hypothesis&, const Hypothesis&) = default;
};

/// How much of the recording's peaks survives what is laid over it. Which level holds at a moment
/// is not known; the decoder finds it. The first is music buried for a moment: it is hardly
/// evidence against.
inline constexpr std::array<float, 5> kSurvivals = {0.02F, 0.05F, 0.15F, 0.40F, 0.80F};

/// The log-likelihood ratio "plays" : "does not play" of one tick, under each of kSurvivals.
using TickEvidence = std::array<float, kSurvivals.size()>;

/// Marks peaks of an episode that a finding has explained.
using Claims = std::vector<bool>;

/// Asks of every peak of the recording within ticks [first, last) of the episode whether the
/// episode shows it (after Sonnleitner & Widmer 2016, section III-D, with graded evidence): a peak
/// found there speaks for the hypothesis by how exactly it sits and how rare peaks are around it, a
/// peak missing speaks against. Entry i of the result belongs to tick first + i. Claimed peaks are
/// not seen.
std::vector<TickEvidence> evidence_of(const PeakGrid& episode, const PeakList& recording,
                                      const Hypothesis& hypothesis, int first, int last,
                                      const Claims& claims);

/// A peak of the recording and the peak of the episode that shows it.
struct Sighting {
  std::uint32_t recording_peak = 0;
  std::uint32_t episode_peak = 0;
  float likelihood_ratio = 0;  // given that the recording's peak survived
};

/// The sightings behind evidence_of, by recording peak.
std::vector<Sighting> sightings_of(const PeakGrid& episode, const PeakList& recording,
                                   const Hypothesis& hypothesis, int first, int last,
                                   const Claims& claims);

}  // namespace needledrop
