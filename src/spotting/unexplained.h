#pragma once

#include <span>
#include <vector>

#include "spotting/peak_grid.h"
#include "spotting/spot.h"
#include "spotting/verification.h"

namespace needledrop {

/// Evidence with which a finding leaves nothing to look for in the windows that it fills.
inline constexpr double kExplains = 28;

/// Windows (as find_candidates counts them) that no finding explains as a whole, ascending.
std::vector<int> unexplained_windows(const PeakGrid& episode, std::span<const Finding> findings);

/// Those of them that sound like music and that nothing explains in part for sure: what plays there
/// is not catalogued, or played at another rate. Without textures an episode counts as music.
std::vector<int> strange_windows(const PeakGrid& episode, std::span<const Finding> findings,
                                 std::span<const MusicSpan> music);

/// Windows with more than a block that no finding explains, ascending: the others of a clip, which
/// begins and ends anywhere, need no further look.
std::vector<int> open_windows(const PeakGrid& episode, std::span<const Finding> findings);

/// Some of each run of neighbouring windows, evenly spread: every other one of a short run, fewer
/// of a long one. `windows` ascend.
std::vector<int> sample_of_runs(std::span<const int> windows);

}  // namespace needledrop
