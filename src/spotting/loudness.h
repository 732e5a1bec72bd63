#pragma once

#include <span>

#include "fingerprint/peak.h"
#include "spotting/decoder.h"
#include "spotting/evidence.h"

namespace needledrop {

/// RMS of the recording's sound over RMS of everything else in the stretch, in decibels within
/// +-kMostLevel (beyond, the difference of two nearly equal powers tells nothing). The gain at
/// which the recording plays is, for each channel, the median over its sighted peaks of how much
/// louder the episode shows them; its level curve times the gain is the music, the episode's less
/// that the rest.
double level_against_rest(const PeakGrid& episode, const PeakList& recording,
                          const Hypothesis& hypothesis, const Stretch& stretch,
                          std::span<const Sighting> sightings);

inline constexpr double kMostLevel = 20;

}  // namespace needledrop
