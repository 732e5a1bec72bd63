#include "spotting/rate_fit.h"

#include <cmath>

#include <gtest/gtest.h>

#include "spotting/close_search.h"
#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using test::ticks_of;

constexpr int kAt = 800;      // where the recording begins to be heard
constexpr int kFrom = 1'500;  // and what tick of it, as it is played

class RateFitTest : public testing::Test {
 protected:
  /// Plays some seconds of the recording like that in an episode of its own.
  void play(const Playback& playback, double seconds, double survival, std::uint32_t seed) {
    episode_ = test::random_episode(ticks_of(70), seed);
    plant(playback, kAt, kFrom, ticks_of(seconds), survival);
  }

  void plant(const Playback& playback, int at, int from, int length, double survival) {
    test::plant(episode_, played(recording_, playback), {at, from, length, survival, 0}, ++seed_);
  }

  /// Fits what a search with a coarse playback would have found in the window at `first`.
  [[nodiscard]] RateFit fitted(const Playback& truth, const Playback& coarse, int first) const {
    const double middle = first + 125;
    const double place = (middle - kAt + kFrom) * truth.time_ratio();
    const auto offset =
        static_cast<std::int32_t>(std::lround(middle - place / coarse.time_ratio()));
    return fit_playback(PeakGrid(episode_), recording_, {SourceId(1), Tick(offset), coarse},
                        {first, first + 250, 0});
  }

  PeakList recording_ = test::random_recording(ticks_of(120), 1);
  PeakList episode_;
  std::uint32_t seed_ = 100;
};

TEST_F(RateFitTest, FindsTheRatiosOfBroadcastingExactly) {
  for (const Playback& truth : {Playback{1'041'667, 1'041'667},
                                {960'000, 960'000},
                                {1'042'708, 1'042'708},
                                {959'041, 959'041},
                                {999'001, 999'001},
                                {1'001'000, 1'001'000}}) {
    SCOPED_TRACE(testing::Message() << truth.rate << ' ' << truth.pitch);
    play(truth, 40, 0.4, 2);
    const Playback coarse = {truth.rate + 1'500, truth.pitch - 1'000};
    const RateFit fit = fitted(truth, coarse, kAt + 1'000);
    EXPECT_EQ(fit.hypothesis.playback, truth);
    EXPECT_NEAR(fit.hypothesis.offset.value, kAt - kFrom, 1);
    EXPECT_LE(fit.stretch.first, kAt + 500);
    EXPECT_GE(fit.stretch.last, kAt + 2'000);
  }
}

TEST_F(RateFitTest, MeasuresOtherRatiosToATenthOfAPercent) {
  for (const Playback& truth : {Playback{1'013'000, 1'000'000},
                                {982'000, 1'000'000},
                                {1'000'000, 1'017'000},
                                {1'000'000, 988'000},
                                {1'012'000, 1'012'000}}) {
    SCOPED_TRACE(testing::Message() << truth.rate << ' ' << truth.pitch);
    for (double seconds : {8.0, 30.0}) {
      play(truth, seconds, 0.4, 3);
      const Playback coarse = {truth.rate - 3'000, truth.pitch + 1'200};
      const RateFit fit = fitted(truth, coarse, kAt + 120);
      EXPECT_NEAR(fit.hypothesis.playback.rate, truth.rate, 1'000);
      EXPECT_NEAR(fit.hypothesis.playback.pitch, truth.pitch, 500);
      if (truth.rate == Playback::kUnity) {
        EXPECT_EQ(fit.hypothesis.playback.rate, truth.rate);
      }
      if (truth.pitch == Playback::kUnity) {
        EXPECT_EQ(fit.hypothesis.playback.pitch, truth.pitch);
      }
    }
  }
}

TEST_F(RateFitTest, UnchangedMusicIsExactlyUnity) {
  for (std::uint32_t seed = 10; seed < 20; ++seed) {
    for (double seconds : {4.0, 10.0, 40.0}) {
      for (double survival : {0.2, 0.7}) {
        SCOPED_TRACE(testing::Message() << seed << ' ' << seconds << ' ' << survival);
        play({}, seconds, survival, seed);
        EXPECT_EQ(fitted({}, {1'002'500, 999'000}, kAt).hypothesis.playback, Playback{});
      }
    }
  }
}

TEST_F(RateFitTest, JumpsAndLoopsAreNoChangeOfTempo) {
  for (int jump : {-400, -40, 25, 70, 900}) {
    SCOPED_TRACE(jump);
    play({}, 12, 0.6, 30);
    plant({}, kAt + ticks_of(12), kFrom + ticks_of(12) + jump, ticks_of(12), 0.6);
    EXPECT_EQ(fitted({}, {}, kAt + 400).hypothesis.playback, Playback{});
  }
}

TEST_F(RateFitTest, DriftShowsAndNothingElseDoes) {
  const Hypothesis unity = {SourceId(1), Tick(kAt - kFrom), {}};
  const Stretch stretch = {kAt, kAt + ticks_of(25), 0};
  for (std::uint32_t seed = 40; seed < 50; ++seed) {
    SCOPED_TRACE(seed);
    play({}, 25, 0.4, seed);
    EXPECT_FALSE(is_off(PeakGrid(episode_), recording_, unity, stretch));
    play({1'001'000, 1'000'000}, 25, 0.4, seed);
    EXPECT_TRUE(is_off(PeakGrid(episode_), recording_, unity, stretch));
    play({1'000'000, 1'001'000}, 25, 0.4, seed);
    EXPECT_TRUE(is_off(PeakGrid(episode_), recording_, unity, stretch));
  }
}

TEST_F(RateFitTest, NothingFitsNothing) {
  episode_ = test::random_episode(2'000, 60);
  EXPECT_LT(fitted({}, {}, 900).stretch.evidence, 12);
  episode_ = {};
  EXPECT_LE(fitted({}, {}, 900).stretch.evidence, 0);
  EXPECT_LE(fitted({}, {}, -300).stretch.evidence, 0);
}

}  // namespace
}  // namespace needledrop
