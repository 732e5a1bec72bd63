#pragma once

#include <map>
#include <vector>

#include "spotting/verification.h"

namespace needledrop {

/// The peak lists of the recordings that have findings, as these have them played.
using RecordingPeaks = std::map<Rendition, PeakList>;

/// Another finding that explains the same sound nearly as well as the one that was kept.
struct Rival {
  SourceId source;
  double evidence = 0;
};

/// A finding that was kept.
struct Explanation {
  Finding finding;
  GainCurve curve;
  std::vector<Rival> rivals;  // other recordings only, each once, by falling evidence, then id
};

/// Chooses the findings that together explain the episode. The one with the most evidence is kept
/// and claims the peaks it explains; what is left of the others must stand on peaks of its own, so
/// that two songs at once are both found, and a song that repeats itself, or has a twin, is found
/// once (matching pursuit's principle, Mallat & Zhang 1993). By start, then source.
std::vector<Explanation> explain(const PeakGrid& episode, const RecordingPeaks& recordings,
                                 std::vector<Finding> findings);

}  // namespace needledrop
