#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "spotting/evidence.h"

namespace needledrop {

/// One peak of a recording where a hypothesis puts it, and what the episode has there.
struct Expectation {
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

  int tick = 0;                        // in the episode
  std::uint32_t recording_peak = 0;    // index into the recording's peaks
  std::uint32_t episode_peak = kNone;  // that shows it best, if any does
  float likelihood_ratio = 0;          // of that sighting by its place alone; 0 without one
  Channel channel = Channel::kMid;
  std::uint8_t band = 0;    // of kBandBins
  std::uint8_t level = 0;   // of the recording's peak, half decibels
  std::uint8_t seen = 0;    // of the episode's peak
  std::uint8_t masker = 0;  // of the loudest other peak near enough to hide it
};

/// Bands within which a broadcast's equaliser is taken to be flat.
inline constexpr int kBandBins = 64;
inline constexpr int kBands = kLastBin / kBandBins + 1;
std::uint8_t band_of(const Peak& peak);

/// The far-reaching peaks of the recording within ticks [first, last) of the episode, in order. A
/// peak whose place shows nothing is either hidden behind something louder or was not played: the
/// masker tells the one from the other. Claimed peaks are no sightings but mask all the same.
std::vector<Expectation> expectations_of(const PeakGrid& episode, const PeakList& recording,
                                         const Hypothesis& hypothesis, int first, int last,
                                         const Claims& claims);

}  // namespace needledrop
