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

/// Removes explanations that chance explains as well. Pieces that share instruments, samples or a
/// key agree in more peaks than dialogue and a recording do: where one wrong recording is found,
/// others are, too, each on peaks of its own. So a weak finding is believed where it stands alone,
/// and not in a crowd, nor inside a strong one. Keeps the order.
void remove_crowds(std::vector<Explanation>& explanations, std::span<const WeakFinding> weak);

}  // namespace needledrop
