#pragma once

#include <vector>

#include "base/units.h"
#include "spotting/peak_grid.h"

namespace needledrop {

/// What a stretch of an episode asks of the index: hashes to look up, and the anchor's tick for
/// each.
struct Probes {
  std::vector<Hash> hashes;
  std::vector<Tick> ticks;  // of the anchor, one for each kNeighbours hashes in a row

  [[nodiscard]] Tick tick_of(std::uint32_t probe) const { return ticks[probe / kNeighbours]; }
  /// Hashes tried for one landmark: itself and those an eighth of a bin (anchor, target) and a tick
  /// off.
  static constexpr std::uint32_t kNeighbours = 27;
};

/// Every landmark between far-reaching peaks whose anchor lies in ticks [first, last).
Probes probes_of(const PeakGrid& episode, int first, int last);

}  // namespace needledrop
