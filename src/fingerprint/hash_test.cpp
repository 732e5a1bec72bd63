#include "fingerprint/hash.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

constexpr int kHighestFrequency = kLastBin * kBinFractions;  // that a peak can have

Landmark random_landmark(test::Random& random) {
  return {random.below(2) == 0 ? Channel::kMid : Channel::kSide,
          random.within(0, kHighestFrequency), random.within(-kZoneWidth + 1, kZoneWidth - 1),
          random.within(kZoneFirstTick, kZoneLastTick)};
}

auto fields(const Landmark& l) {
  return std::tuple(l.channel, l.anchor, l.difference, l.ticks);
}

/// Distinct landmarks that share a hash.
std::size_t collisions(std::vector<Landmark> landmarks) {
  std::ranges::sort(landmarks,
                    [](const Landmark& a, const Landmark& b) { return fields(a) < fields(b); });
  landmarks.erase(std::unique(landmarks.begin(), landmarks.end()), landmarks.end());
  std::vector<Hash> hashes;
  hashes.reserve(landmarks.size());
  for (const Landmark& landmark : landmarks) hashes.push_back(hash_of(landmark));
  std::ranges::sort(hashes);
  return hashes.size() -
         static_cast<std::size_t>(std::unique(hashes.begin(), hashes.end()) - hashes.begin());
}

TEST(Hash, GivesItsLandmarkBack) {
  test::Random random(3);
  for (int i = 0; i < 10'000; ++i) {
    const Landmark landmark = random_landmark(random);
    ASSERT_EQ(landmark_of(hash_of(landmark)), landmark);
  }
  for (int ticks : {kZoneFirstTick, kZoneLastTick}) {
    for (int difference : {-kZoneWidth + 1, kZoneWidth - 1}) {
      for (int anchor : {0, kHighestFrequency}) {
        const Landmark landmark = {Channel::kSide, anchor, difference, ticks};
        EXPECT_EQ(landmark_of(hash_of(landmark)), landmark);
      }
    }
  }
}

TEST(Hash, FieldsDoNotCollideOnTheirBorders) {
  std::vector<Landmark> landmarks;
  for (Channel channel : {Channel::kMid, Channel::kSide}) {
    for (int anchor :
         {0, 1, 2, 7, 8, 2'047, 2'048, 4'095, 4'096, kHighestFrequency - 1, kHighestFrequency}) {
      for (int difference : {-kZoneWidth + 1, -kZoneWidth + 2, -513, -512, -2, -1, 0, 1, 2, 511,
                             512, kZoneWidth - 2, kZoneWidth - 1}) {
        for (int ticks = kZoneFirstTick; ticks <= kZoneLastTick; ++ticks) {
          landmarks.push_back({channel, anchor, difference, ticks});
        }
      }
    }
  }
  EXPECT_EQ(collisions(landmarks), 0U);
}

TEST(Hash, DifferentLandmarksHaveDifferentHashes) {
  for (std::uint32_t seed : {1U, 2U}) {
    SCOPED_TRACE(seed);
    test::Random random(seed);
    std::vector<Landmark> landmarks;
    landmarks.resize(300'000);
    for (Landmark& landmark : landmarks) landmark = random_landmark(random);
    EXPECT_EQ(collisions(landmarks), 0U);
  }
}

TEST(Hash, NeighboursInTargetFrequencyAreNeighbouringNumbers) {
  test::Random random(3);
  for (int i = 0; i < 10'000; ++i) {
    Landmark landmark = random_landmark(random);
    if (!is_in_zone(landmark.difference + 1, landmark.ticks)) continue;
    const Hash hash = hash_of(landmark);
    ++landmark.difference;
    ASSERT_EQ(hash_of(landmark).value, hash.value + 1) << landmark.anchor << " " << landmark.ticks;
  }
}

TEST(Hash, ZoneEndsWhereItSays) {
  EXPECT_TRUE(is_in_zone(0, kZoneFirstTick));
  EXPECT_TRUE(is_in_zone(0, kZoneLastTick));
  EXPECT_TRUE(is_in_zone(kZoneWidth - 1, kZoneLastTick));
  EXPECT_TRUE(is_in_zone(-kZoneWidth + 1, kZoneFirstTick));
  EXPECT_FALSE(is_in_zone(0, kZoneFirstTick - 1));
  EXPECT_FALSE(is_in_zone(0, kZoneLastTick + 1));
  EXPECT_FALSE(is_in_zone(kZoneWidth, kZoneFirstTick));
  EXPECT_FALSE(is_in_zone(-kZoneWidth, kZoneFirstTick));
}

}  // namespace
}  // namespace needledrop
