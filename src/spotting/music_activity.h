#pragma once

#include <span>
#include <vector>

#include "fingerprint/peak.h"
#include "spotting/spot.h"

namespace needledrop {

/// Where music is heard in an episode, catalogued or not: by start, apart from each other, each at
/// least kShortestMusic long. Judged by the textures that analysis keeps (a peak list without them
/// has no music activity) on how long partials stand still, whether they share one tuning, how
/// regularly the level beats, and how it lies over the spectrum; a logistic regression gives each
/// entry its odds, a two-state Viterbi search the spans.
std::vector<MusicSpan> music_activity(const PeakList& episode);

/// What of that music no spot explains: less the spots with a margin to either side, and less what
/// is then shorter than kShortestMusic.
std::vector<MusicSpan> unidentified_music(std::span<const MusicSpan> music,
                                          std::span<const Spot> spots);

inline constexpr Milliseconds kShortestMusic{2'000};

}  // namespace needledrop
