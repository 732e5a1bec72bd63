#include "spotting/rate_search.h"

#include <cstdlib>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/candidate_search.h"
#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using test::ticks_of;
using testing::IsEmpty;
using testing::SizeIs;

class RateSearchTest : public testing::Test {
 protected:
  void play(std::uint32_t id, const Playback& playback, double at, double from, double length,
            double survival = 0.5) {
    test::plant(episode_, played(recordings_.at(SourceId(id)), playback),
                {ticks_of(at), ticks_of(from), ticks_of(length), survival, 0}, ++seed_);
  }

  [[nodiscard]] std::vector<Candidate> found(unsigned threads = 1) const {
    const PeakIndex index(recordings_);
    const PeakGrid grid(episode_);
    std::vector<int> windows(static_cast<std::size_t>(episode_.length.value / kBlockTicks));
    std::iota(windows.begin(), windows.end(), 0);
    return search_rates(CloseSearch(index, grid, threads), recordings_, windows,
                        coarse_playbacks());
  }

  /// Findings at unity, as verification would bring them, of one use.
  [[nodiscard]] std::vector<Candidate> drifts(std::uint32_t id, double at, double from,
                                              double length) const {
    const Finding finding = {{SourceId(id), Tick(ticks_of(at) - ticks_of(from)), {}},
                             {ticks_of(at), ticks_of(at + length), 100},
                             {}};
    return fit_drifts(PeakGrid(episode_), recordings_, {&finding, 1}, 1);
  }

  std::map<SourceId, PeakList> recordings_ = {
      {SourceId(1), test::random_recording(ticks_of(60), 1)},
      {SourceId(2), test::random_recording(ticks_of(60), 2)}};
  PeakList episode_ = test::random_episode(ticks_of(60), 3);
  std::uint32_t seed_ = 10;
};

void expect_use(const Candidate& candidate, std::uint32_t id, const Playback& playback, double at,
                double from) {
  EXPECT_EQ(candidate.source, SourceId(id));
  EXPECT_NEAR(candidate.playback.rate, playback.rate, 1'000);
  EXPECT_NEAR(candidate.playback.pitch, playback.pitch, 500);
  // Where the rate is a little off, the offset is right in the middle of the use.
  EXPECT_NEAR(candidate.offset.value, ticks_of(at) - ticks_of(from), 12);
}

TEST_F(RateSearchTest, FindsRatesAndPitchesAllOverTheRange) {
  for (const Playback& playback : {Playback{1'041'667, 1'041'667},
                                   {1'042'708, 1'042'708},
                                   {960'000, 960'000},
                                   {959'041, 959'041},
                                   {1'020'000, 1'000'000},
                                   {1'009'000, 1'000'000},
                                   {980'000, 1'000'000},
                                   {1'000'000, 1'020'000},
                                   {1'000'000, 1'003'700},
                                   {1'000'000, 980'000}}) {
    SCOPED_TRACE(testing::Message() << playback.rate << ' ' << playback.pitch);
    episode_ = test::random_episode(ticks_of(40), 4);
    play(2, playback, 10, 20, 12);
    const auto candidates = found();
    ASSERT_THAT(candidates, testing::Not(IsEmpty()));
    const auto best = std::ranges::max_element(candidates, {}, &Candidate::support);
    expect_use(*best, 2, playback, 10, 20);
    EXPECT_GE(best->window, ticks_of(10) / kBlockTicks - 2);
    EXPECT_LE(best->window, ticks_of(22) / kBlockTicks + 1);
  }
}

TEST_F(RateSearchTest, FindsUsesAtRatesOfTheirOwn) {
  play(1, {1'041'667, 1'041'667}, 5, 10, 15);
  play(2, {1'000'000, 985'000}, 30, 10, 15);
  const auto candidates = found();
  ASSERT_THAT(candidates, SizeIs(2));
  expect_use(candidates[0], 1, {1'041'667, 1'041'667}, 5, 10);
  expect_use(candidates[1], 2, {1'000'000, 985'000}, 30, 10);
}

TEST_F(RateSearchTest, NothingIsFoundInSpeechAndStrangeMusic) {
  EXPECT_THAT(found(), IsEmpty());
  test::plant(episode_, test::random_recording(ticks_of(40), 9), {ticks_of(10), 0, 2'500, 0.8, 0},
              5);
  EXPECT_THAT(found(), IsEmpty());
  recordings_.clear();
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(RateSearchTest, ThreadsChangeNothing) {
  play(1, {1'041'667, 1'041'667}, 5, 10, 15);
  play(2, {1'010'000, 1'000'000}, 30, 10, 15, 0.3);
  const auto one = found();
  EXPECT_THAT(one, SizeIs(2));
  EXPECT_EQ(found(2), one);
  EXPECT_EQ(found(7), one);
}

TEST_F(RateSearchTest, DriftingFindingIsFitted) {
  play(1, {999'001, 999'001}, 10, 15, 30);
  const auto fits = drifts(1, 10, 15, 12);
  ASSERT_THAT(fits, SizeIs(1));
  EXPECT_EQ(fits[0].playback, (Playback{999'001, 999'001}));
}

TEST_F(RateSearchTest, SteadyFindingIsLeftAlone) {
  play(1, {}, 10, 15, 30);
  EXPECT_THAT(drifts(1, 10, 15, 30), IsEmpty());
  EXPECT_THAT(drifts(2, 10, 15, 30), IsEmpty());
}

}  // namespace
}  // namespace needledrop
