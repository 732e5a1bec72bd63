#include "spotting/version_odds.h"

#include <gtest/gtest.h>

#include "spotting/test_versions.h"

namespace needledrop {
namespace {

constexpr int kTicks = 2'500;
constexpr Tick kOffset(300);

/// A song with and without a voice from tick 1'000 to 2'000, and an episode in which one plays.
class VersionOddsTest : public testing::Test {
 protected:
  void play(const PeakList& version, double survival, std::uint32_t seed) {
    episode_ = test::random_episode(kTicks + 600, seed);
    test::plant(episode_, version, {kOffset.value, 0, kTicks, survival}, seed + 1);
  }

  /// For the vocal, against the instrumental, in ticks of the song.
  [[nodiscard]] double odds(int first, int last) const {
    return odds_of(vocal_, song_, first, last);
  }

  [[nodiscard]] double odds_of(const PeakList& a, const PeakList& b, int first, int last) const {
    const PeakGrid episode(episode_);
    const PeakGrid grid_a(a);
    const PeakGrid grid_b(b);
    const SharedStretch whole = {Tick(0), Tick(kTicks), Tick(0)};
    const SoundDifference difference(grid_a, grid_b, std::span(&whole, 1));
    const Placement placement = {first + kOffset.value, last + kOffset.value, kOffset};
    return version_odds(episode, {{SourceId(1), {}}, &grid_a, {placement}},
                        {{SourceId(2), {}}, &grid_b, {placement}}, difference, placement.first,
                        placement.last, {});
  }

  PeakList song_ = test::random_recording(kTicks, 1);
  PeakList vocal_ = test::with_voice(song_, 1'000, 2'000, 2);
  PeakList episode_;
};

TEST_F(VersionOddsTest, AVoiceThatIsHeardDecides) {
  for (double survival : {0.8, 0.4}) {
    SCOPED_TRACE(survival);
    play(vocal_, survival, 10);
    EXPECT_GT(odds(900, 1'600), 10);
    EXPECT_GT(odds(0, kTicks), 10);
    play(song_, survival, 20);
    EXPECT_LT(odds(900, 1'600), -10);
    EXPECT_LT(odds(0, kTicks), -10);
  }
}

TEST_F(VersionOddsTest, WhereNothingDiffersNothingIsDecided) {
  for (const PeakList& version : {vocal_, song_}) {
    play(version, 0.8, 30);
    EXPECT_EQ(odds(0, 980), 0);
    EXPECT_EQ(odds(2'020, kTicks), 0);
  }
}

TEST_F(VersionOddsTest, WhatIsNotHeardAtAllDecidesNothing) {
  episode_ = test::random_episode(kTicks + 600, 40);
  EXPECT_NEAR(odds(900, 1'600), 0, 3);
}

TEST_F(VersionOddsTest, TheMirrorHasTheOppositeSign) {
  play(vocal_, 0.6, 50);
  EXPECT_DOUBLE_EQ(odds_of(vocal_, song_, 0, kTicks), -odds_of(song_, vocal_, 0, kTicks));
  EXPECT_EQ(odds_of(song_, song_, 0, kTicks), 0);
}

/// What encoding loses and adds is not a version, whichever of the two is broadcast.
TEST_F(VersionOddsTest, EncodingDecidesNothing) {
  const PeakList encoded = test::encoded_anew(song_, 60, 0.7);
  for (const PeakList& version : {song_, encoded}) {
    play(version, 0.7, 61);
    EXPECT_NEAR(odds_of(song_, encoded, 0, kTicks), 0, 3);
  }
}

TEST_F(VersionOddsTest, APartThatOneLacksDecides) {
  play(song_, 0.6, 70);
  const PeakGrid episode(episode_);
  const PeakGrid grid(song_);
  const SharedStretch half = {Tick(0), Tick(1'000), Tick(0)};
  const SoundDifference difference(grid, grid, std::span(&half, 1));
  const PlacedVersion whole = {{SourceId(1), {}}, &grid, {{300, 2'800, kOffset}}};
  const PlacedVersion edit = {{SourceId(2), {}}, &grid, {{300, 1'300, kOffset}}};
  EXPECT_GT(version_odds(episode, whole, edit, difference, 300, 2'800, {}), 10);
  EXPECT_EQ(version_odds(episode, whole, edit, difference, 300, 1'350, {}), 0)
      << "the end of an alignment is not known so well";
}

}  // namespace
}  // namespace needledrop
