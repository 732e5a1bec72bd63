#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "index/snapshot.h"
#include "spotting/offset_histogram.h"
#include "spotting/peak_grid.h"
#include "spotting/probe.h"

namespace needledrop {

/// A window is what votes together: two blocks of this many ticks (2 s), so that neighbouring
/// windows overlap by half.
inline constexpr int kBlockTicks = 125;
inline constexpr int kWindowTicks = 2 * kBlockTicks;

/// The windows of an episode of so many ticks: 0, 1, ...
std::vector<int> all_windows(int ticks);

/// What to ask the index for.
struct LookUp {
  std::span<const int> windows;  // ascending
  ProbeDepth depth = ProbeMaker::kWhole;
  std::size_t most_candidates = 32;  // a window
  double least_share = 0;            // of the support of a window's best that a candidate has
};

/// Looks up the probes of the windows and lets each window vote. Candidates by window, each
/// window's best first. The result does not depend on `threads`. Errors: kCorrupt, kCancelled.
Result<std::vector<Candidate>> find_candidates(const Snapshot& snapshot, const PeakGrid& episode,
                                               const LookUp& look_up, unsigned threads,
                                               const std::stop_token& stop,
                                               const std::function<void(double)>& progress);

}  // namespace needledrop
