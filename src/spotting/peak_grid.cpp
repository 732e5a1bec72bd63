#include "spotting/peak_grid.h"

#include <algorithm>

namespace needledrop {
namespace {

constexpr int kChannels = 2;

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

/// A list read from a file may hold any frequency.
std::size_t cell_of(int frequency) {
  return std::min(static_cast<std::size_t>(frequency / kCellWidth), kCells - 1);
}

}  // namespace

PeakGrid::PeakGrid(const PeakList& list) : list_(list) {
  const auto slots = static_cast<std::size_t>(kChannels * list.length.value);
  starts_.assign(slots + 1, 0);
  for (const Peak& peak : list.peaks) {
    const auto slot = kChannels * peak.tick.value + static_cast<int>(peak.channel);
    ++starts_[static_cast<std::size_t>(slot) + 1];
  }
  for (std::size_t i = 1; i < starts_.size(); ++i) {
    starts_[i] += starts_[i - 1];
  }

  const auto blocks = static_cast<std::size_t>(list.length.value / kCellTicks + 1);
  cells_.assign(blocks * kChannels * kCells, {});
  bands_.assign(blocks * kChannels * kBands, {});
  for (const Peak& peak : list.peaks) {
    const auto row = static_cast<std::size_t>(peak.tick.value / kCellTicks * kChannels +
                                              static_cast<int>(peak.channel));
    const std::size_t cell = cell_of(peak.frequency);
    const auto reach = static_cast<std::size_t>(peak.reach);
    auto& count = cells_[row * kCells + cell][reach];
    count = static_cast<std::uint8_t>(std::min(count + 1, 255));
    bands_[row * kBands + cell / kBandCells][reach] += 1.0F / kBandCells;
  }
}

PeakGrid::Range PeakGrid::at(Channel channel, int tick) const {
  if (tick < 0 || tick >= ticks()) {
    return {};
  }
  const auto slot = static_cast<std::size_t>(kChannels * tick + static_cast<int>(channel));
  return {starts_[slot], starts_[slot + 1]};
}

float PeakGrid::density(Channel channel, Reach reach, int tick, int frequency) const {
  const int blocks = ticks() / kCellTicks + 1;
  const int block = std::clamp(tick / kCellTicks, 0, blocks - 1);
  const auto centre = static_cast<int>(cell_of(frequency));
  const auto index = static_cast<std::size_t>(reach);
  const auto row = [&](int b) {
    return static_cast<std::size_t>(b * kChannels + static_cast<int>(channel));
  };
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
