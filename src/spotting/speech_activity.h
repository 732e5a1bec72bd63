#pragma once

#include <vector>

#include "base/units.h"
#include "fingerprint/peak.h"

namespace needledrop {

/// How much somebody seems to speak, at every look at the sound: 0 to 1 for each channel that may
/// carry speech (mid, and the rest, where a centre has it). Speech comes and goes by the syllable
/// and the word: what counts is how far the level between 156 and 1200 Hz stands over its own low
/// mark of the 3 s around. A bed or a pad moves by less; a beat moves as much, but not with the
/// lines of a dialogue, and over minutes only those add up. Empty without textures.
std::vector<float> speech_activity(const PeakList& episode);

/// From one value to the next.
inline constexpr Milliseconds kLookLength{64};

}  // namespace needledrop
