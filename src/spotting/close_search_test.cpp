#include "spotting/close_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/candidate_search.h"
#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::IsEmpty;

class CloseSearchTest : public testing::Test {
 protected:
  [[nodiscard]] std::vector<int> all_windows() const {
    std::vector<int> windows(static_cast<std::size_t>(episode_.length.value / kBlockTicks));
    std::iota(windows.begin(), windows.end(), 0);
    return windows;
  }

  [[nodiscard]] std::vector<Candidate> found(const Playback& playback = {}, unsigned threads = 1,
                                             double share_of_votes = 1) const {
    const PeakIndex index(recordings_);
    const PeakGrid grid(episode_);
    return CloseSearch(index, grid, threads).find(all_windows(), playback, share_of_votes);
  }

  std::map<SourceId, PeakList> recordings_ = {{SourceId(1), test::random_recording(4'000, 1)},
                                              {SourceId(2), test::random_recording(3'000, 2)}};
  PeakList episode_ = test::random_episode(3'000, 3);
};

std::span<const Peak> peaks_within(const PeakList& list, int first, int last) {
  const auto begin = std::ranges::lower_bound(list.peaks, Tick(first), {}, &Peak::tick);
  return {begin, std::ranges::lower_bound(list.peaks, Tick(last), {}, &Peak::tick)};
}

/// Votes for a place, counted one by one: each peak of the episode's window against each peak of
/// the recording that it may show.
int slow_votes(const PeakGrid& episode, const PeakList& recording, const Candidate& candidate) {
  int votes = 0;
  const int first = candidate.window * kBlockTicks;
  for (const Peak& seen : peaks_within(episode.list(), first, first + kWindowTicks)) {
    const int tick = seen.tick.value - candidate.offset.value;
    for (const Peak& peak : peaks_within(recording, tick - 1, tick + 2)) {
      const int late = seen.tick.value - (peak.tick + candidate.offset).value;
      if (peak.channel == seen.channel && std::abs(peak.frequency - seen.frequency) <= 1 &&
          std::abs(late) <= 1) {
        votes += (late == 0 ? 2 : 1) * votes_of_coincidence(episode, seen);
      }
    }
  }
  return votes;
}

TEST_F(CloseSearchTest, VotesAreThoseThatSlowCountingGives) {
  test::plant(episode_, recordings_.at(SourceId(1)), {500, 1'000, 1'000, 0.3, 0}, 4);
  test::plant(episode_, recordings_.at(SourceId(2)), {1'800, 0, 1'000, 0.3, 0}, 5);
  const PeakGrid grid(episode_);
  const auto candidates = found();
  EXPECT_GE(candidates.size(), 10U);
  for (const Candidate& candidate : candidates) {
    EXPECT_EQ(candidate.support, slow_votes(grid, recordings_.at(candidate.source), candidate));
  }
}

TEST_F(CloseSearchTest, NoOtherPlaceOfTheRecordingHasMoreVotes) {
  test::plant(episode_, recordings_.at(SourceId(1)), {500, 1'000, 500, 0.3, 0}, 4);
  const PeakGrid grid(episode_);
  const int window = 5;
  const PeakIndex index(recordings_);
  const auto candidates = CloseSearch(index, grid, 1).find({&window, 1}, {});
  ASSERT_THAT(candidates, testing::Not(IsEmpty()));
  const Candidate best = candidates.front();
  EXPECT_EQ(best.source, SourceId(1));
  EXPECT_NEAR(best.offset.value, -500, 1);
  for (const auto& [source, list] : recordings_) {
    Candidate other = best;
    for (int offset = window * kBlockTicks - list.length.value; offset < 800; ++offset) {
      other.offset = Tick(offset);
      EXPECT_LE(slow_votes(grid, list, other), best.support) << source.value << ' ' << offset;
    }
  }
}

/// Places are passed over by the stretch; wherever in one the music begins, it must be found.
TEST_F(CloseSearchTest, NoPlaceOfAStretchIsPassedOver) {
  const PeakList& recording = recordings_.at(SourceId(1));
  for (int offset = 600; offset < 700; ++offset) {
    SCOPED_TRACE(offset);
    episode_ = test::random_episode(1'000, 3);
    test::plant(episode_, recording, {offset, 1'000, 300, 0.3, 0}, 4);
    const PeakGrid grid(episode_);
    const PeakIndex index(recordings_);
    for (const auto& windows : {std::vector{5}, std::vector{4, 5}}) {  // read alone, read in blocks
      const auto candidates = CloseSearch(index, grid, {}).find(windows, {});
      Candidate planted{SourceId(1), Tick(offset - 1'000), 5, 0};
      planted.support = slow_votes(grid, recording, planted);
      EXPECT_THAT(candidates, testing::Contains(planted));
    }
  }
}

/// One peak in six survives, one pair in thirty-six.
TEST_F(CloseSearchTest, FindsWhatIsNearlyBuried) {
  int windows = 0;
  for (std::uint32_t seed = 10; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    episode_ = test::random_episode(1'000, seed);
    test::plant(episode_, recordings_.at(SourceId(2)), {250, 700, 500, 0.17, 0}, seed);
    const auto candidates = found();
    for (int window : {2, 3, 4}) {
      windows += std::ranges::any_of(candidates, [&](const Candidate& candidate) {
        return candidate.window == window && candidate.source == SourceId(2) &&
               std::abs(candidate.offset.value + 450) <= 1;
      });
    }
  }
  EXPECT_GE(windows, 27);
}

TEST_F(CloseSearchTest, FindsARecordingsEndsBeyondTheEpisodes) {
  test::plant(episode_, recordings_.at(SourceId(2)), {2'900, 0, 3'000, 0.8, 0}, 6);
  test::plant(episode_, recordings_.at(SourceId(1)), {-3'850, 0, 4'000, 0.8, 0}, 7);
  const auto candidates = found();
  const auto has = [&](std::uint32_t source, int offset) {
    return std::ranges::any_of(candidates, [&](const Candidate& candidate) {
      return candidate.source == SourceId(source) && std::abs(candidate.offset.value - offset) <= 1;
    });
  };
  EXPECT_TRUE(has(2, 2'900));
  EXPECT_TRUE(has(1, -3'850));
}

TEST_F(CloseSearchTest, WhatPlaysAtAnotherRateOrPitchIsFoundThere) {
  for (const Playback& playback : {Playback{1'041'667, 1'041'667},
                                   {960'000, 960'000},
                                   {1'020'000, 1'000'000},
                                   {1'000'000, 985'000}}) {
    SCOPED_TRACE(testing::Message() << playback.rate << ' ' << playback.pitch);
    episode_ = test::random_episode(3'000, 8);
    const PeakList heard = played(recordings_.at(SourceId(1)), playback);
    test::plant(episode_, heard, {500, 1'500, 1'000, 0.5, 0}, 9);
    const auto candidates = found(playback);
    int right = 0;
    for (const Candidate& candidate : candidates) {
      EXPECT_EQ(candidate.playback, playback);
      right += candidate.source == SourceId(1) && std::abs(candidate.offset.value + 1'000) <= 1;
    }
    EXPECT_GE(right, 6);
  }
}

TEST_F(CloseSearchTest, ChanceSeldomStandsOut) {
  std::size_t candidates = 0;
  std::size_t windows = 0;
  for (std::uint32_t seed = 20; seed < 30; ++seed) {
    episode_ = test::random_episode(3'000, seed);
    candidates += found().size();
    windows += all_windows().size();
  }
  EXPECT_LE(candidates, windows / 6);
}

TEST_F(CloseSearchTest, ThreadsChangeNothing) {
  episode_ = test::random_episode(20'000, 5);
  test::plant(episode_, recordings_.at(SourceId(1)), {500, 0, 4'000, 0.3, 0}, 4);
  test::plant(episode_, recordings_.at(SourceId(2)), {12'000, 0, 3'000, 0.3, 0}, 4);
  const auto one = found();
  EXPECT_GE(one.size(), 20U);
  for (unsigned threads : {2U, 5U}) {
    EXPECT_EQ(found({}, threads), one);
  }
}

/// With half of the votes, what is clear is still found.
TEST_F(CloseSearchTest, CastsAShareOfTheVotes) {
  test::plant(episode_, recordings_.at(SourceId(1)), {500, 1'000, 1'000, 0.8, 0}, 4);
  const auto all = found();
  EXPECT_THAT(found({}, 1, 0), IsEmpty());
  const auto few = found({}, 1, 0.5);
  ASSERT_THAT(few, testing::Not(IsEmpty()));
  for (int window = 4; window < 11; ++window) {  // that lie in the use as a whole
    const auto one = std::ranges::find(few, window, &Candidate::window);
    const auto same = std::ranges::find(all, window, &Candidate::window);
    ASSERT_NE(one, few.end());
    ASSERT_NE(same, all.end());
    EXPECT_LT(one->support, same->support);
    EXPECT_EQ(one->source, SourceId(1));
  }
}

TEST_F(CloseSearchTest, NothingComesOfNothing) {
  const PeakIndex index(recordings_);
  const PeakGrid grid(episode_);
  EXPECT_THAT(CloseSearch(index, grid, 1).find({}, {}), IsEmpty());
  episode_ = {};
  episode_.length = Tick(1'000);
  EXPECT_THAT(found(), IsEmpty());
  recordings_.clear();
  episode_ = test::random_episode(1'000, 1);
  EXPECT_THAT(found(), IsEmpty());
}

}  // namespace
}  // namespace needledrop
