#include "index/merge_policy.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Weights = std::vector<SegmentWeight>;

SegmentWeight whole(std::uint64_t bytes, std::uint64_t ticks = 0) {
  return {.bytes = bytes, .live_bytes = bytes, .live_ticks = ticks};
}

Weights all_whole(const std::vector<std::uint64_t>& sizes) {
  Weights weights;
  for (const std::uint64_t size : sizes) weights.push_back(whole(size));
  return weights;
}

/// Does what the policy says; returns the bytes written.
std::uint64_t merge_at(Weights& segments, const std::vector<std::size_t>& places) {
  SegmentWeight merged;
  for (const std::size_t place : places) {
    merged.live_bytes += segments[place].live_bytes;
    merged.live_ticks += segments[place].live_ticks;
  }
  merged.bytes = merged.live_bytes;
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    segments.erase(segments.begin() + static_cast<std::ptrdiff_t>(*place));
  }
  segments.push_back(merged);
  return merged.bytes;
}

TEST(MergePolicy, LeavesFewerOfATierThanTheFactorAlone) {
  EXPECT_THAT(next_merge({}), IsEmpty());
  EXPECT_THAT(next_merge(all_whole({1'000, 1'000, 1'000})), IsEmpty());
  EXPECT_THAT(next_merge(all_whole({10, 100, 1'000, 10'000, 100'000})), IsEmpty());
}

TEST(MergePolicy, MergesATierTheLowestFirst) {
  EXPECT_THAT(next_merge(all_whole({1'000, 9, 1'000, 9, 1'000, 9, 9, 1'000})),
              ElementsAre(1, 3, 5, 6));
  EXPECT_THAT(next_merge(all_whole({1'000, 9, 1'000, 1'000, 1'000})), ElementsAre(0, 2, 3, 4));
  EXPECT_THAT(next_merge(all_whole({9, 9, 9, 9, 9, 9})), ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST(MergePolicy, ASegmentOfWhichTooMuchIsRemovedIsRewritten) {
  const Weights segments = {whole(1'000), {.bytes = 1'000, .live_bytes = 750, .live_ticks = 0}};
  EXPECT_THAT(next_merge(segments), IsEmpty());
  Weights more = segments;
  more[1].live_bytes = 749;
  EXPECT_THAT(next_merge(more), ElementsAre(1));
  EXPECT_THAT(next_merge(more, 748), IsEmpty());
}

TEST(MergePolicy, MakesNothingGreaterThanItMay) {
  const std::uint64_t quarter = kGreatestSegment / 4;
  EXPECT_THAT(next_merge(Weights(4, whole(quarter))), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(next_merge(Weights(9, whole(quarter + 1))), IsEmpty());
  EXPECT_THAT(next_merge(Weights(4, whole(1'000)), 3'999), IsEmpty());
  EXPECT_THAT(next_merge(Weights(9, whole(1'000)), 4'999), ElementsAre(0, 1, 2, 3));
  const std::uint64_t ticks = std::uint64_t{1} << 30;
  EXPECT_THAT(next_merge(Weights(5, whole(1'000, ticks))), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(next_merge(Weights(5, whole(1'000, ticks + 1))), IsEmpty());
}

TEST(MergePolicy, OfAllMakesOneAndForgetsAllThatIsRemoved) {
  EXPECT_THAT(next_merge_of_all(all_whole({7})), IsEmpty());
  EXPECT_THAT(next_merge_of_all(all_whole({7, 100'000})), ElementsAre(0, 1));
  EXPECT_THAT(next_merge_of_all({{{.bytes = 1'000, .live_bytes = 999, .live_ticks = 0}}}),
              ElementsAre(0));
  EXPECT_THAT(next_merge_of_all(all_whole({50, 10, 60, 20}), 100), ElementsAre(0, 1, 3));
  EXPECT_THAT(next_merge_of_all(all_whole({80, 60}), 100), IsEmpty());
}

/// Adds segments as the sizes say, merging after each. No byte may be written more often than there
/// are tiers from the smallest to all, and no tier may keep as many segments as the factor.
void expect_logarithmic(const std::vector<std::uint64_t>& sizes) {
  const auto total = std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0});
  const double ratio =
      static_cast<double>(total) / static_cast<double>(*std::ranges::min_element(sizes));
  const double tiers = std::floor(std::log(ratio) / std::log(kMergeFactor)) + 2;
  Weights segments;
  std::uint64_t written = 0;
  std::size_t most = 0;
  for (const std::uint64_t size : sizes) {
    segments.push_back(whole(size));
    written += size;
    for (auto places = next_merge(segments); !places.empty(); places = next_merge(segments)) {
      ASSERT_GE(places.size(), kMergeFactor);
      written += merge_at(segments, places);
    }
    most = std::max(most, segments.size());
  }
  EXPECT_LE(static_cast<double>(written), tiers * static_cast<double>(total));
  EXPECT_LE(static_cast<double>(most), (kMergeFactor - 1) * tiers);
}

TEST(MergePolicy, TenThousandAddsWriteAndKeepLogarithmicallyMuch) {
  expect_logarithmic(std::vector<std::uint64_t>(10'000, 150'000));
  for (const unsigned seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::vector<std::uint64_t> sizes(10'000);
    // From a jingle to a batch of albums.
    for (auto& size : sizes) size = std::uint64_t{10'000} << (random() % 9);
    expect_logarithmic(sizes);
  }
}

/// However little a merge may write, what is left to do gets done in time or stays undone: it ends.
TEST(MergePolicy, EndsWhateverTheSegments) {
  std::mt19937 random(4);
  for (int round = 0; round < 500; ++round) {
    Weights segments(random() % 40);
    for (SegmentWeight& segment : segments) {
      segment = whole(1 + random() % 100'000, random());
      segment.live_bytes -= random() % 2 * (random() % segment.bytes);
    }
    for (const auto& policy : {next_merge, next_merge_of_all}) {
      Weights left = segments;
      const std::uint64_t most_bytes = random() % 400'000;
      std::size_t merges = 0;
      for (auto places = policy(left, most_bytes); !places.empty();
           places = policy(left, most_bytes)) {
        ASSERT_LE(merge_at(left, places), most_bytes);
        ASSERT_LE(left.back().live_ticks, std::uint64_t{1} << 32);
        ASSERT_LE(++merges, 2 * segments.size());
      }
    }
  }
}

}  // namespace
}  // namespace needledrop
