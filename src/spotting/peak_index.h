#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "fingerprint/peak.h"

namespace needledrop {

/// The single far-reaching peaks of a few recordings by channel and frequency, in memory: what a
/// close search counts coincidences in. Recordings lie one after the other on a timeline, and the
/// timeline is cut into tiles, so that one tile's postings and a histogram over it fit the cache.
/// Immutable.
class PeakIndex {
 public:
  /// Positions that windows may begin at, in one tile.
  static constexpr int kTileTicks = 64'512;
  /// What a window may reach over the tile's end; recordings are kept apart by it.
  static constexpr int kOverlap = 512;

  explicit PeakIndex(const std::map<SourceId, PeakList>& recordings);

  [[nodiscard]] std::size_t tiles() const { return tiles_.size(); }
  /// Positions of a tile that recordings lie on; kTileTicks in all but the last.
  [[nodiscard]] int ticks(std::size_t tile) const;

  /// Where the peaks of a channel with some neighbouring frequencies lie, in any tile.
  struct Rows {
    std::uint32_t first = 0;
    std::uint32_t last = 0;  // behind the last
  };
  /// Those with frequency in [first, last].
  [[nodiscard]] static Rows rows(Channel channel, int first, int last);

  /// Their peaks in all tiles.
  [[nodiscard]] std::size_t count(const Rows& rows) const {
    return counts_[rows.last] - counts_[rows.first];
  }
  /// Positions in the tile of their peaks; a position is the peak's place on the timeline less the
  /// tile's, at most kTileTicks + kOverlap.
  [[nodiscard]] std::span<const std::uint16_t> at(std::size_t tile, const Rows& rows) const {
    const Tile& from = tiles_[tile];
    const std::uint32_t begin = from.starts[rows.first];
    return {from.positions.data() + begin, from.starts[rows.last] - begin};
  }

  /// Where a tick of a recording lies in a tile: outside [0, kTileTicks) when it is in another.
  [[nodiscard]] std::int64_t position(std::size_t tile, SourceId source, int tick) const;

  /// The recording at a position of a tile, or up to kOverlap before it begins, and the tick there.
  [[nodiscard]] std::optional<std::pair<SourceId, Tick>> place(std::size_t tile,
                                                               int position) const;

 private:
  struct Tile {
    std::vector<std::uint32_t> starts;  // of rows: (channel, frequency)
    std::vector<std::uint16_t> positions;
  };
  struct Entry {
    std::int64_t begin;  // on the timeline
    std::int64_t end;
    SourceId source;
  };

  std::vector<Entry> entries_;  // in order
  std::vector<Tile> tiles_;
  std::vector<std::size_t> counts_;  // of all tiles' postings before a row
};

}  // namespace needledrop
