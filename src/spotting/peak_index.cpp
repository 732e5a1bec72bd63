#include "spotting/peak_index.h"

#include <algorithm>

#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

constexpr int kFrequencies = (kLastBin + 1) * kBinFractions;

/// A list read from a file may hold any frequency.
std::size_t row_of(Channel channel, int frequency) {
  return static_cast<std::size_t>(static_cast<int>(channel) * kFrequencies +
                                  std::clamp(frequency, 0, kFrequencies - 1));
}

/// Calls `visit(tile, position, row)` for each place where a recording's peaks are filed: those in
/// the overlap of two tiles twice.
template <typename Visit>
void for_each_posting(const PeakList& recording, std::int64_t begin, Visit visit) {
  for (const Peak& peak : recording.peaks) {
    if (peak.reach != Reach::kFar) continue;
    const std::int64_t place = begin + peak.tick.value;
    const std::int64_t tile = place / PeakIndex::kTileTicks;
    const auto position = static_cast<int>(place % PeakIndex::kTileTicks);
    const std::size_t row = row_of(peak.channel, peak.frequency);
    visit(static_cast<std::size_t>(tile), position, row);
    if (tile > 0 && position < PeakIndex::kOverlap) {
      visit(static_cast<std::size_t>(tile - 1), position + PeakIndex::kTileTicks, row);
    }
  }
}

}  // namespace

PeakIndex::PeakIndex(const std::map<SourceId, PeakList>& recordings) {
  std::int64_t end = kOverlap;
  for (const auto& [source, list] : recordings) {
    entries_.push_back({end, end + list.length.value, source});
    end += list.length.value + kOverlap;
  }
  tiles_.resize(static_cast<std::size_t>(end / kTileTicks + 1));
  counts_.assign(2 * kFrequencies + 1, 0);
  for (Tile& tile : tiles_) {
    tile.starts.assign(2 * kFrequencies + 1, 0);
  }
  const auto each = [&](auto visit) {
    for (std::size_t i = 0; const auto& [source, list] : recordings) {
      for_each_posting(list, entries_[i++].begin, visit);
    }
  };
  // Counted, summed up, filled: every list's start moves to the next one's and back.
  each([&](std::size_t tile, int, std::size_t row) { ++tiles_[tile].starts[row + 1]; });
  for (Tile& tile : tiles_) {
    for (std::size_t i = 1; i < tile.starts.size(); ++i) {
      tile.starts[i] += tile.starts[i - 1];
    }
    tile.positions.resize(tile.starts.back());
  }
  each([&](std::size_t tile, int position, std::size_t row) {
    tiles_[tile].positions[tiles_[tile].starts[row]++] = static_cast<std::uint16_t>(position);
  });
  for (Tile& tile : tiles_) {
    std::copy_backward(tile.starts.begin(), tile.starts.end() - 1, tile.starts.end());
    tile.starts.front() = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      counts_[i] += tile.starts[i];
    }
  }
}

int PeakIndex::ticks(std::size_t tile) const {
  const std::int64_t end = entries_.empty() ? 0 : entries_.back().end;
  return static_cast<int>(
      std::clamp<std::int64_t>(end - static_cast<std::int64_t>(tile) * kTileTicks, 0, kTileTicks));
}

PeakIndex::Rows PeakIndex::rows(Channel channel, int first, int last) {
  return {static_cast<std::uint32_t>(row_of(channel, first)),
          static_cast<std::uint32_t>(row_of(channel, last) + 1)};
}

std::int64_t PeakIndex::position(std::size_t tile, SourceId source, int tick) const {
  const auto entry = std::ranges::find(entries_, source, &Entry::source);
  const std::int64_t begin = entry == entries_.end() ? -kOverlap : entry->begin;
  return begin + tick - static_cast<std::int64_t>(tile) * kTileTicks;
}

std::optional<std::pair<SourceId, Tick>> PeakIndex::place(std::size_t tile, int position) const {
  const std::int64_t place = static_cast<std::int64_t>(tile) * kTileTicks + position;
  const auto next = std::partition_point(entries_.begin(), entries_.end(),
                                         [&](const Entry& entry) { return entry.end <= place; });
  if (next == entries_.end() || place < next->begin - kOverlap) {
    return std::nullopt;
  }
  return std::pair(next->source, Tick(static_cast<std::int32_t>(place - next->begin)));
}

}  // namespace needledrop
