#include "index/landmark_sieve.h"

#include <cstdlib>
#include <vector>

#include <gtest/gtest.h>

#include "fingerprint/parameters.h"
#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

constexpr int kHighest = kLastBin * kBinFractions;

Landmark random_landmark(test::Random& random) {
  return {random.below(2) == 0 ? Channel::kMid : Channel::kSide, random.within(0, kHighest),
          random.within(-kZoneWidth + 1, kZoneWidth - 1),
          random.within(kZoneFirstTick, kZoneLastTick)};
}

bool passes(const LandmarkSieve& sieve, const Landmark& landmark) {
  return sieve.slice(landmark.channel, landmark.anchor)
      .may_be_near(landmark.anchor + landmark.difference, landmark.ticks);
}

TEST(LandmarkSieve, LetsEverythingNearAnInsertedLandmarkPass) {
  test::Random random(1);
  for (int trial = 0; trial < 300; ++trial) {
    Landmark inserted = random_landmark(random);
    // The zone's ends are where a cell could be missed.
    if (trial % 3 == 0) inserted.ticks = trial % 2 == 0 ? kZoneFirstTick : kZoneLastTick;
    if (trial % 5 == 0) inserted.difference = trial % 2 == 0 ? 1 - kZoneWidth : kZoneWidth - 1;
    if (trial % 7 == 0) inserted.anchor = trial % 2 == 0 ? 0 : 0x1FFF;
    LandmarkSieve sieve;
    sieve.insert(hash_of(inserted));
    for (int place = 0; place < 27; ++place) {
      Landmark near = inserted;
      const int anchor_step = place % 3 - 1;
      const int target_step = place / 3 % 3 - 1;
      near.anchor += anchor_step;
      near.difference += target_step - anchor_step;
      near.ticks += place / 9 - 1;
      if (near.anchor < 0 || !is_in_zone(near.difference, near.ticks)) continue;
      EXPECT_TRUE(passes(sieve, near)) << "trial " << trial << " place " << place;
    }
  }
}

TEST(LandmarkSieve, RejectsNearlyAllThatIsFar) {
  test::Random random(2);
  LandmarkSieve sieve;
  for (int i = 0; i < 300'000; ++i) sieve.insert(hash_of(random_landmark(random)));
  int passed = 0;
  constexpr int kAsked = 200'000;
  for (int i = 0; i < kAsked; ++i) passed += passes(sieve, random_landmark(random)) ? 1 : 0;
  // Each sets at most 8 of 90 million cells, 4.5 on average.
  EXPECT_LT(passed, kAsked / 50);
  EXPECT_GT(passed, kAsked / 200);
}

TEST(LandmarkSieve, EmptyOneRejectsEverything) {
  const LandmarkSieve sieve;
  test::Random random(3);
  for (int i = 0; i < 1'000; ++i) EXPECT_FALSE(passes(sieve, random_landmark(random)));
}

/// A segment's bytes may hold any hash.
TEST(LandmarkSieve, TakesHashesThatNoLandmarkHas) {
  LandmarkSieve sieve;
  for (const std::uint32_t hash : {0U, 0xFFFF'FFFFU, 0x7FFF'FFFFU, 0x8000'0000U, 0x00FF'F800U}) {
    sieve.insert(Hash(hash));
  }
  EXPECT_TRUE(passes(sieve, {Channel::kSide, 0x1FFF, 0x7FF - kZoneWidth, kZoneLastTick}));
}

}  // namespace
}  // namespace needledrop
