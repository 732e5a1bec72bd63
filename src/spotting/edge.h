#pragma once

#include <span>

#include "spotting/decoder.h"

namespace needledrop {

/// How well the ends of a stretch are known: half the width of each one's 90 % interval, in ticks.
struct EdgeErrors {
  int first = 0;
  int last = 0;
};

/// Every tick around an end is asked how likely the music begins or ends there, by the evidence
/// that would then count (the change-point posterior under a flat prior). `evidence` begins at tick
/// `first` and should reach kEdgeTicks beyond the stretch on both sides where there is sound.
EdgeErrors edge_errors(std::span<const TickEvidence> evidence, int first, const Stretch& stretch,
                       const GainCurve& curve);

inline constexpr int kEdgeTicks = 190;  // 3 s

}  // namespace needledrop
