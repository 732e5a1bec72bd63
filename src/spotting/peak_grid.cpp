#include "spotting/peak_grid.h"

#include <algorithm>

namespace needledrop {
namespace {

constexpr int kCellTicks = 250;  // 4 s
constexpr int kCellWidth = 4;    // half a bin
constexpr std::size_t kCells = (kLastBin + 1) * kBinFractions / kCellWidth;
constexpr std::size_t kBandCells = 128;  // 64 bins
constexpr std::size_t kBands = kCells / kBandCells + 1;
/// How far around a cell is counted, in cells: 12 s and one and a half bins.
constexpr int kAround = 1;
/// The band's mean counts as much as this many cells.
constexpr float kPrior = 3;
/// Peaks in a cell by the band's mean at the least: no peak is evidence without bound.
constexpr float kLeastMean = 0.02F;

std::size_t blocks_of(int ticks) {
  return static_cast<std::size_t>(ticks) / kCellTicks + 1;
}

/// A list read from a file may hold any frequency.
std::size_t cell_of(int frequency) {
  return std::min(static_cast<std::size_t>(frequency / kCellWidth), kCells - 1);
}

}  // namespace

PeakGrid::PeakGrid(const PeakList& list) : list_(list) {
  starts_.assign(kChannels * static_cast<std::size_t>(list.length.value) + 1, 0);
  for (const Peak& peak : list.peaks) {
    ++starts_[slot_of(peak.tick.value, peak.channel) + 1];
  }
  for (std::size_t i = 1; i < starts_.size(); ++i) {
    starts_[i] += starts_[i - 1];
  }

  near_.assign(kChannels * static_cast<std::size_t>(list.length.value), 0);
  for (const Peak& peak : list.peaks) {
    const std::uint64_t groups = std::uint64_t{1} << group_of(peak.frequency - kNearFrequency) |
                                 std::uint64_t{1} << group_of(peak.frequency + kNearFrequency);
    const int first = std::max(0, peak.tick.value - kNearTicks);
    const int last = std::min(list.length.value - 1, peak.tick.value + kNearTicks);
    for (int tick = first; tick <= last; ++tick) {
      near_[slot_of(tick, peak.channel)] |= groups;
    }
  }

  rows_.assign(kChannels * blocks_of(list.length.value), 0);
  std::uint32_t rows = 1;
  for (const Peak& peak : list.peaks) {
    std::uint32_t& row = rows_[slot_of(peak.tick.value / kCellTicks, peak.channel)];
    if (row == 0) row = rows++;
  }
  cells_.assign(rows * kCells, {});
  bands_.assign(rows * kBands, {});
  for (const Peak& peak : list.peaks) {
    const std::size_t row = rows_[slot_of(peak.tick.value / kCellTicks, peak.channel)];
    const std::size_t cell = cell_of(peak.frequency);
    const auto reach = static_cast<std::size_t>(peak.reach);
    auto& count = cells_[row * kCells + cell][reach];
    count = static_cast<std::uint8_t>(std::min(count + 1, 255));
    bands_[row * kBands + cell / kBandCells][reach] += 1.0F / kBandCells;
  }
}

float PeakGrid::density(Channel channel, Reach reach, int tick, int frequency) const {
  const int blocks = static_cast<int>(blocks_of(ticks()));
  const int block = std::clamp(tick / kCellTicks, 0, blocks - 1);
  const auto centre = static_cast<int>(cell_of(frequency));
  const auto index = static_cast<std::size_t>(reach);
  const auto row = [&](int b) { return std::size_t{rows_[slot_of(b, channel)]}; };
  float count = 0;
  float cells = kPrior;
  for (int b = std::max(0, block - kAround); b <= std::min(blocks - 1, block + kAround); ++b) {
    for (int c = std::max(0, centre - kAround);
         c <= std::min(static_cast<int>(kCells) - 1, centre + kAround); ++c) {
      count += static_cast<float>(cells_[row(b) * kCells + static_cast<std::size_t>(c)][index]);
      ++cells;
    }
  }
  const auto band = static_cast<std::size_t>(centre) / kBandCells;
  count += kPrior * std::max(bands_[row(block) * kBands + band][index], kLeastMean);
  return count / (cells * static_cast<float>(kCellTicks) * kCellWidth);
}

}  // namespace needledrop
