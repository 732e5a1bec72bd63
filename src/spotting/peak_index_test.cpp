#include "spotting/peak_index.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

/// A recording's peak as the index tells it.
struct Filed {
  SourceId source;
  Tick tick;
  friend auto operator<=>(const Filed&, const Filed&) = default;
};

std::vector<Filed> all_at(const PeakIndex& index, Channel channel, int first, int last) {
  std::vector<Filed> found;
  for (std::size_t tile = 0; tile < index.tiles(); ++tile) {
    for (std::uint16_t position : index.at(tile, PeakIndex::rows(channel, first, last))) {
      EXPECT_LE(position, PeakIndex::kTileTicks + PeakIndex::kOverlap);
      const auto place = index.place(tile, position);
      EXPECT_TRUE(place.has_value());
      if (place.has_value()) found.push_back({place->first, place->second});
    }
  }
  std::ranges::sort(found);
  return found;
}

TEST(PeakIndex, HasEveryFarPeakWhereItIsAndOverlapsTwice) {
  std::map<SourceId, PeakList> recordings;
  for (std::uint32_t id : {3U, 7U, 8U}) {
    recordings[SourceId(id)] = test::random_recording(50'000, id);
  }
  const PeakIndex index(recordings);
  EXPECT_EQ(index.tiles(), 3U);
  test::Random random(1);
  for (int i = 0; i < 200; ++i) {
    const int first = random.within(kFirstBin * kBinFractions, kLastBin * kBinFractions - 4);
    const int last = first + random.below(4);
    const Channel channel = random.below(2) == 0 ? Channel::kMid : Channel::kSide;
    std::vector<Filed> expected;
    for (const auto& [source, list] : recordings) {
      for (const Peak& peak : list.peaks) {
        if (peak.channel == channel && peak.frequency >= first && peak.frequency <= last) {
          expected.push_back({source, peak.tick});
        }
      }
    }
    std::ranges::sort(expected);
    auto found = all_at(index, channel, first, last);
    EXPECT_EQ(index.count(PeakIndex::rows(channel, first, last)), found.size());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    EXPECT_EQ(found, expected);
  }
}

TEST(PeakIndex, WindowsOverATilesEndLieInOneTile) {
  const PeakIndex index({{SourceId(1), test::random_recording(150'000, 4)}});
  const std::size_t tile = 1;
  const auto end = index.place(tile, PeakIndex::kTileTicks);
  const auto same = index.place(tile + 1, 0);
  ASSERT_TRUE(end.has_value() && same.has_value());
  EXPECT_EQ(*end, *same);
  const auto rows = PeakIndex::rows(Channel::kMid, 0, 65'535);
  std::size_t beyond = 0;
  for (std::uint16_t position : index.at(tile, rows)) {
    beyond += position >= PeakIndex::kTileTicks ? 1U : 0U;
  }
  std::size_t next = 0;
  for (std::uint16_t position : index.at(tile + 1, rows)) {
    next += position < PeakIndex::kOverlap ? 1U : 0U;
  }
  EXPECT_GT(beyond, 0U);
  EXPECT_EQ(beyond, next);
}

TEST(PeakIndex, PlacesBeforeARecordingBelongToIt) {
  const PeakIndex index({{SourceId(1), test::random_recording(1'000, 1)},
                         {SourceId(2), test::random_recording(1'000, 2)}});
  EXPECT_EQ(index.ticks(0), 2 * (1'000 + PeakIndex::kOverlap));
  const auto early = index.place(0, 0);
  ASSERT_TRUE(early.has_value());
  EXPECT_EQ(*early, std::pair(SourceId(1), Tick(-PeakIndex::kOverlap)));
  const auto second = index.place(0, PeakIndex::kOverlap + 1'000);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(*second, std::pair(SourceId(2), Tick(-PeakIndex::kOverlap)));
  EXPECT_FALSE(index.place(0, index.ticks(0)).has_value());
}

TEST(PeakIndex, NothingIsIndexedOfNothing) {
  for (const std::map<SourceId, PeakList>& recordings :
       {std::map<SourceId, PeakList>{}, {{SourceId(1), PeakList{}}}}) {
    const PeakIndex index(recordings);
    EXPECT_EQ(index.count(PeakIndex::rows(Channel::kMid, 0, 65'535)), 0U);
    EXPECT_TRUE(index.at(0, PeakIndex::rows(Channel::kSide, 0, 65'535)).empty());
  }
}

}  // namespace
}  // namespace needledrop
