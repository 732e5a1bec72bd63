#include "index/block_shuffler.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"
#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

constexpr int kSemitones = 6;
constexpr int kLevelsInBlock = BlockShuffler::kBlockTicks / kLevelTicks;
static_assert(BlockShuffler::kBlockTicks % kLevelTicks == 0);

/// Appends a block's peaks, reversed and transposed; `at` is where the block goes. Two of one tick
/// may come to lie on one frequency: then the first stays.
void append_peaks(const PeakList& recording, int first, int at, int semitones,
                  std::vector<Peak>& out) {
  const double ratio = std::exp2(semitones / 12.0);
  const auto begin = std::ranges::lower_bound(recording.peaks, Tick(first), {}, &Peak::tick);
  const auto old_size = static_cast<std::ptrdiff_t>(out.size());
  for (auto it = begin; it != recording.peaks.end(); ++it) {
    const int within = it->tick.value - first;
    if (within >= BlockShuffler::kBlockTicks) break;
    const long frequency = std::lround(it->frequency * ratio);
    if (frequency < kFirstBin * kBinFractions || frequency >= kLastBin * kBinFractions) continue;
    Peak peak = *it;
    peak.tick = Tick(at + BlockShuffler::kBlockTicks - 1 - within);
    peak.frequency = static_cast<std::uint16_t>(frequency);
    out.push_back(peak);
  }
  const auto block = out.begin() + old_size;
  std::sort(block, out.end());
  const auto same_place = [](const Peak& a, const Peak& b) {
    return a.tick == b.tick && a.channel == b.channel && a.frequency == b.frequency;
  };
  out.erase(std::unique(block, out.end(), same_place), out.end());
}

}  // namespace

BlockShuffler::BlockShuffler(std::span<const PeakList> recordings, std::uint32_t seed)
    : random_(seed) {
  for (const PeakList& recording : recordings) {
    const int whole =
        std::min(recording.length.value, static_cast<int>(recording.levels.size()) * kLevelTicks);
    for (int first = 0; first + kBlockTicks <= whole; first += kBlockTicks) {
      blocks_.push_back({&recording, first});
    }
  }
  ND_ASSERT(!blocks_.empty());
  dealt_ = blocks_.size();
}

/// The standard's distributions differ from library to library.
std::uint32_t BlockShuffler::below(std::uint32_t bound) {
  return static_cast<std::uint32_t>(std::uint64_t{random_()} * bound >> 32);
}

BlockShuffler::Block BlockShuffler::deal() {
  if (dealt_ == blocks_.size()) {
    for (std::size_t i = blocks_.size() - 1; i > 0; --i) {
      std::swap(blocks_[i], blocks_[below(static_cast<std::uint32_t>(i + 1))]);
    }
    dealt_ = 0;
  }
  return blocks_[dealt_++];
}

PeakList BlockShuffler::next() {
  PeakList list;
  list.length = Tick(kBlocks * kBlockTicks);
  for (int i = 0; i < kBlocks; ++i) {
    const Block block = deal();
    const int semitones = static_cast<int>(below(2 * kSemitones + 1)) - kSemitones;
    append_peaks(*block.recording, block.first, i * kBlockTicks, semitones, list.peaks);
    const auto levels = block.recording->levels.begin() + block.first / kLevelTicks;
    list.levels.insert(list.levels.end(), levels, levels + kLevelsInBlock);
    std::reverse(list.levels.end() - kLevelsInBlock, list.levels.end());
  }
  return list;
}

}  // namespace needledrop
