#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "fingerprint/peak.h"

namespace needledrop {

/// Makes peak lists that have the statistics of real recordings but match none of them, to measure
/// what a large catalogue costs and confuses.
///
/// The recordings are cut into blocks of kBlockTicks (a rest shorter than a block is left out).
/// A made list is kBlocks of them after one another, each one reversed in time and transposed by
/// -6 to 6 semitones. Blocks are dealt like cards: in random order, all before any comes again.
/// Reversal and transposition keep what look-ups and evidence feed on, the density of peaks, the
/// tuning and the intervals of tones, the distances between onsets, levels and the share of the
/// side; they leave no landmark where it was, save by chance, nor two uses of one block alike
/// before the thirteenth on average. Tones that a transposition takes out of the analysis are lost:
/// 4 in a hundred. Single-threaded; borrows the recordings.
class BlockShuffler {
 public:
  static constexpr int kBlockTicks = 8 * 32;  // 4.1 s: whole entries of the level curve
  static constexpr int kBlocks = 59;          // 241.7 s

  /// Requires: at least one recording as long as a block. The same seed, the same lists.
  BlockShuffler(std::span<const PeakList> recordings, std::uint32_t seed);

  PeakList next();

 private:
  struct Block {
    const PeakList* recording;
    int first;               // tick
    std::size_t first_peak;  // in recording->peaks
    std::size_t last_peak;   // behind the last
  };

  std::uint32_t below(std::uint32_t bound);
  Block deal();

  std::vector<Block> blocks_;
  std::vector<std::vector<std::uint16_t>> transposed_;  // frequencies, by semitones
  std::size_t dealt_ = 0;
  std::mt19937 random_;
};

}  // namespace needledrop
