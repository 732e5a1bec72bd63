#include "index/block_shuffler.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "fingerprint/fingerprinter.h"
#include "fingerprint/parameters.h"
#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

constexpr int kTicks = BlockShuffler::kBlocks * BlockShuffler::kBlockTicks;

std::vector<PeakList> recordings() {
  std::vector<PeakList> lists;
  for (std::uint32_t seed : {1U, 2U, 3U, 4U, 5U}) {
    PeakList list = test::random_peaks(4'000, 40, seed);
    list.levels.assign(4'000 / kLevelTicks, {static_cast<std::uint8_t>(100 + seed), 90, 0});
    lists.push_back(std::move(list));
  }
  return lists;
}

TEST(BlockShuffler, ListsAreWhatAnIndexTakes) {
  const auto from = recordings();
  BlockShuffler shuffler(from, 1);
  for (int i = 0; i < 5; ++i) {
    const PeakList list = shuffler.next();
    EXPECT_EQ(list.length, Tick(kTicks));
    EXPECT_EQ(list.levels.size(), static_cast<std::size_t>(kTicks / kLevelTicks));
    EXPECT_TRUE(std::ranges::is_sorted(list.peaks));
    for (const Peak& peak : list.peaks) {
      ASSERT_GE(peak.tick, Tick(0));
      ASSERT_LT(peak.tick, list.length);
      ASSERT_GE(peak.frequency, kFirstBin * kBinFractions);
      ASSERT_LT(peak.frequency, kLastBin * kBinFractions);
    }
  }
}

TEST(BlockShuffler, KeepsDensityAndShareOfTheSide) {
  const auto from = recordings();
  const auto rates = [](std::span<const PeakList> lists) {
    double ticks = 0;
    double peaks = 0;
    double side = 0;
    for (const PeakList& list : lists) {
      ticks += list.length.value;
      peaks += static_cast<double>(list.peaks.size());
      side += static_cast<double>(
          std::ranges::count(list.peaks, Channel::kSide, [](const Peak& p) { return p.channel; }));
    }
    return std::pair(peaks / ticks, side / peaks);
  };
  BlockShuffler shuffler(from, 2);
  std::vector<PeakList> made;
  made.reserve(10);
  for (int i = 0; i < 10; ++i) made.push_back(shuffler.next());
  const auto [density, side] = rates(from);
  const auto [made_density, made_side] = rates(made);
  // Noise has more to lose at the top than music has.
  EXPECT_GT(made_density, 0.8 * density);
  EXPECT_LE(made_density, 1.02 * density);
  EXPECT_NEAR(made_side, side, 0.02);
}

/// What is left in common is chance: a made list has no more landmarks of a recording than a
/// recording has of another.
TEST(BlockShuffler, NothingMatchesTheRecordings) {
  const auto from = recordings();
  std::set<Hash> known;
  std::size_t landmarks = 0;
  for (const PeakList& list : from) {
    for (const auto& landmark : recording_fingerprint(list)) known.insert(landmark.hash);
  }
  BlockShuffler shuffler(from, 3);
  std::size_t shared = 0;
  for (int i = 0; i < 10; ++i) {
    for (const auto& landmark : recording_fingerprint(shuffler.next())) {
      ++landmarks;
      shared += known.contains(landmark.hash) ? 1 : 0;
    }
  }
  EXPECT_GT(landmarks, 50'000U);
  EXPECT_LT(shared, landmarks / 1'000);
}

/// A block as the definition has it, in any order that the steps leave it in, then sorted.
std::vector<Peak> reversed_and_transposed(std::vector<Peak> block, int semitones) {
  std::erase_if(block, [&](Peak& peak) {
    const auto frequency =
        static_cast<int>(std::lround(peak.frequency * std::exp2(semitones / 12.0)));
    peak.tick = Tick(BlockShuffler::kBlockTicks - 1 - peak.tick.value);
    peak.frequency = static_cast<std::uint16_t>(frequency);
    return frequency < kFirstBin * kBinFractions || frequency >= kLastBin * kBinFractions;
  });
  std::ranges::sort(block);
  const auto same_place = [](const Peak& a, const Peak& b) {
    return a.tick == b.tick && a.channel == b.channel && a.frequency == b.frequency;
  };
  block.erase(std::unique(block.begin(), block.end(), same_place), block.end());
  return block;
}

TEST(BlockShuffler, EveryBlockIsTheOnlyOneReversedAndTransposed) {
  PeakList only = test::random_peaks(BlockShuffler::kBlockTicks, 400, 6);
  only.levels.assign(BlockShuffler::kBlockTicks / kLevelTicks, {100, 90, 0});
  std::set<int> transpositions;
  const PeakList list = BlockShuffler(std::span(&only, 1), 7).next();
  for (int i = 0; i < BlockShuffler::kBlocks; ++i) {
    std::vector<Peak> block;
    for (Peak peak : list.peaks) {
      if (peak.tick.value / BlockShuffler::kBlockTicks != i) continue;
      peak.tick = Tick(peak.tick.value % BlockShuffler::kBlockTicks);
      block.push_back(peak);
    }
    int semitones = -6;
    while (semitones <= 6 && block != reversed_and_transposed(only.peaks, semitones)) ++semitones;
    EXPECT_LE(semitones, 6) << "block " << i;
    transpositions.insert(semitones);
  }
  EXPECT_GT(transpositions.size(), 8U);
}

TEST(BlockShuffler, SameSeedGivesTheSameListsAndAnotherDoesNot) {
  const auto from = recordings();
  BlockShuffler one(from, 4);
  BlockShuffler same(from, 4);
  BlockShuffler other(from, 5);
  for (int i = 0; i < 3; ++i) {
    const PeakList list = one.next();
    EXPECT_EQ(list, same.next());
    EXPECT_FALSE(list == other.next());
  }
}

}  // namespace
}  // namespace needledrop
