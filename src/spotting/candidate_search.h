#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "index/snapshot.h"
#include "spotting/offset_histogram.h"
#include "spotting/peak_grid.h"

namespace needledrop {

/// A window is what votes together: two blocks of this many ticks (2 s), so that neighbouring
/// windows overlap by half.
inline constexpr int kBlockTicks = 125;
inline constexpr int kWindowTicks = 2 * kBlockTicks;

/// Looks up every block's probes and lets each window vote. Candidates by window, each window's
/// best first. The result does not depend on `threads`. Errors: kCorrupt, kCancelled.
Result<std::vector<Candidate>> find_candidates(const Snapshot& snapshot, const PeakGrid& episode,
                                               unsigned threads, const std::stop_token& stop,
                                               const std::function<void(double)>& progress);

}  // namespace needledrop
