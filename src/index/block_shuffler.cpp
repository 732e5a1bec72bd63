#include "index/block_shuffler.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "base/assert.h"
#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

constexpr int kSemitones = 6;
constexpr int kLevelsInBlock = BlockShuffler::kBlockTicks / kLevelTicks;
static_assert(BlockShuffler::kBlockTicks % kLevelTicks == 0);

/// Frequencies transposed by a number of semitones; 0 where the analysis has no such tone.
std::vector<std::uint16_t> transposed_by(int semitones) {
  const double ratio = std::exp2(semitones / 12.0);
  std::vector<std::uint16_t> table(std::numeric_limits<std::uint16_t>::max() + std::size_t{1});
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto frequency = static_cast<int>(std::lround(static_cast<double>(i) * ratio));
    const bool is_heard =
        frequency >= kFirstBin * kBinFractions && frequency < kLastBin * kBinFractions;
    table[i] = is_heard ? static_cast<std::uint16_t>(frequency) : std::uint16_t{0};
  }
  return table;
}

/// Appends a block's peaks, reversed and transposed; `at` is where the block goes. Of those that
/// come to lie on one frequency of a tick the least stays. Ticks are taken from the last to the
/// first and transposing keeps the order within one, so there is nothing to sort.
void append_peaks(std::span<const Peak> block, int first, int at,
                  std::span<const std::uint16_t> transposed, std::vector<Peak>& out) {
  for (auto last = block.end(); last != block.begin();) {
    const Tick old_tick = std::prev(last)->tick;
    const Tick tick(at + BlockShuffler::kBlockTicks - 1 - (old_tick.value - first));
    auto begin = last;
    while (begin != block.begin() && std::prev(begin)->tick == old_tick) --begin;
    for (auto it = begin; it != last; ++it) {
      Peak peak = *it;
      peak.tick = tick;
      peak.frequency = transposed[it->frequency];
      if (peak.frequency == 0) continue;
      if (!out.empty() && out.back().tick == tick && out.back().channel == peak.channel &&
          out.back().frequency == peak.frequency) {
        out.back() = std::min(out.back(), peak);
      } else {
        out.push_back(peak);
      }
    }
    last = begin;
  }
}

}  // namespace

BlockShuffler::BlockShuffler(std::span<const PeakList> recordings, std::uint32_t seed)
    : random_(seed) {
  for (int semitones = -kSemitones; semitones <= kSemitones; ++semitones) {
    transposed_.push_back(transposed_by(semitones));
  }
  for (const PeakList& recording : recordings) {
    const int whole =
        std::min(recording.length.value, static_cast<int>(recording.levels.size()) * kLevelTicks);
    for (int first = 0; first + kBlockTicks <= whole; first += kBlockTicks) {
      const auto index_of = [&](int tick) {
        const auto at = std::ranges::lower_bound(recording.peaks, Tick(tick), {}, &Peak::tick);
        return static_cast<std::size_t>(at - recording.peaks.begin());
      };
      blocks_.push_back({&recording, first, index_of(first), index_of(first + kBlockTicks)});
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
    const auto& transposed = transposed_[below(2 * kSemitones + 1)];
    const auto peaks = std::span(block.recording->peaks)
                           .subspan(block.first_peak, block.last_peak - block.first_peak);
    append_peaks(peaks, block.first, i * kBlockTicks, transposed, list.peaks);
    const auto levels = block.recording->levels.begin() + block.first / kLevelTicks;
    list.levels.insert(list.levels.end(), levels, levels + kLevelsInBlock);
    std::reverse(list.levels.end() - kLevelsInBlock, list.levels.end());
  }
  return list;
}

}  // namespace needledrop
