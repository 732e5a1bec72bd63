#pragma once

#include "fingerprint/peak.h"
#include "spotting/decoder.h"

namespace needledrop {

/// RMS of the recording's sound over RMS of everything else in the stretch, in decibels within
/// +-kMostLevel (beyond, the difference of two nearly equal powers tells nothing). The recording's
/// level curve times its gain in the episode is the music, the episode's less that the rest.
double level_against_rest(const PeakGrid& episode, const PeakList& recording,
                          const Hypothesis& hypothesis, const Stretch& stretch, const Gains& gains,
                          const GainCurve& curve);

inline constexpr double kMostLevel = 20;

}  // namespace needledrop
