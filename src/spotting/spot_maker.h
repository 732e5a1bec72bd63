#pragma once

#include <span>
#include <vector>

#include "spotting/explanation.h"
#include "spotting/spot.h"

namespace needledrop {

/// Makes spots of what was found: pieces of one recording that follow on each other (a hold, a
/// loop, a jump) become one spot with several alignments. By start, then recording.
std::vector<Spot> spots_of(const PeakGrid& episode, const RecordingPeaks& recordings,
                           std::span<const Explanation> explanations);

}  // namespace needledrop
