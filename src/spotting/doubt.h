#pragma once

#include <span>
#include <vector>

#include "spotting/explanation.h"

namespace needledrop {

/// A weak finding of sound that nothing else explains; most are chance.
struct WeakFinding {
  SourceId source;
  Stretch stretch;
};

/// Least evidence with which a finding counts as a weak one, and as one that needs no further test.
inline constexpr double kLeastWeak = 18;
inline constexpr double kLeastStrong = 150;

/// Removes explanations that chance explains as well; strong ones stay. Pieces that share
/// instruments, samples or a key agree in more peaks than dialogue and a recording do. Such an
/// agreement is seldom alone: where one wrong recording is found others are, too, each on peaks of
/// its own. It lies inside what really plays, or it is as loud as that and yet hardly shows. Keeps
/// the order.
void remove_doubtful(const PeakGrid& episode, const RecordingPeaks& recordings,
                     std::span<const WeakFinding> weak, std::vector<Explanation>& explanations);

}  // namespace needledrop
