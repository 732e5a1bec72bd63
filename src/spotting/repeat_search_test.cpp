#include "spotting/repeat_search.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kTicks = 6'000;

/// Episodes in an index, with what is planted in them.
class RepeatSearchTest : public testing::Test {
 protected:
  SourceId add(std::uint32_t seed, std::vector<test::Use> uses) {
    PeakList episode = test::random_episode(kTicks, seed);
    for (const test::Use& use : uses) test::plant(episode, theme_, use, ++planted_);
    episodes_.push_back(episode);
    ids_.push_back(index_.add(std::move(episode)));
    return ids_.back();
  }

  [[nodiscard]] std::vector<HeardEpisode> heard() const {
    std::vector<HeardEpisode> heard;
    for (const SourceId id : ids_) heard.push_back({id, true, {}, {}});
    return heard;
  }

  [[nodiscard]] std::vector<Repeat> repeats(const std::vector<HeardEpisode>& heard,
                                            unsigned threads = 1) const {
    Spotter::Control control;
    control.threads = threads;
    auto found = find_repeats(*index_.snapshot(), heard, control);
    EXPECT_TRUE(found.has_value()) << found.error().message;
    return found.has_value() ? std::move(found->repeats) : std::vector<Repeat>();
  }

  PeakList theme_ = test::random_recording(1'500, 1);
  test::TestIndex index_;
  std::vector<PeakList> episodes_;
  std::vector<SourceId> ids_;
  std::uint32_t planted_ = 100;
};

/// The slow twin: at which offset do most far peaks of b meet a peak of a, of all offsets?
int best_offset(const PeakList& a, const PeakList& b, int least) {
  std::map<int, int> votes;
  for (const Peak& p : b.peaks) {
    if (p.reach != Reach::kFar) continue;
    for (const Peak& q : a.peaks) {
      if (q.channel == p.channel && std::abs(q.frequency - p.frequency) <= 1) {
        ++votes[(q.tick - p.tick).value];
      }
    }
  }
  const auto best = std::ranges::max_element(
      votes, {}, [&](const auto& vote) { return std::abs(vote.first) < least ? 0 : vote.second; });
  return best->first;
}

TEST_F(RepeatSearchTest, FindsTheSameMusicInTwoEpisodes) {
  const SourceId a = add(11, {{1'000, 0, 1'400, 0.5}});
  const SourceId b = add(12, {{3'300, 0, 1'400, 0.5}});
  add(13, {});
  const auto found = repeats(heard());
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].a, a);
  EXPECT_EQ(found[0].b, b);
  EXPECT_EQ(found[0].offset.value, best_offset(episodes_[0], episodes_[1], 0));
  EXPECT_EQ(found[0].offset, Tick(-2'300));
  EXPECT_NEAR(found[0].stretch.first, 1'000, 30);
  EXPECT_NEAR(found[0].stretch.last, 2'400, 30);
  EXPECT_GT(found[0].likeness, 0.02);
}

TEST_F(RepeatSearchTest, AndAtTwoPlacesOfOne) {
  const SourceId a = add(21, {{500, 0, 1'000, 0.6}, {4'000, 0, 1'000, 0.6}});
  const auto found = repeats(heard());
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].a, a);
  EXPECT_EQ(found[0].b, a);
  EXPECT_EQ(found[0].offset, Tick(3'500)) << "the later place is a's";
  EXPECT_EQ(found[0].offset.value, best_offset(episodes_[0], episodes_[0], 250));
}

TEST_F(RepeatSearchTest, NothingWhereNothingReturns) {
  for (std::uint32_t seed = 31; seed < 36; ++seed) add(seed, {});
  EXPECT_THAT(repeats(heard()), IsEmpty());
}

TEST_F(RepeatSearchTest, WhatIsSpottedIsPassedOver) {
  add(41, {{1'000, 0, 1'400, 0.7}});
  add(42, {{3'000, 0, 1'400, 0.7}});
  auto episodes = heard();
  episodes[1].spotted = {{Milliseconds(2'990 * 16), Milliseconds(4'410 * 16)}};
  EXPECT_THAT(repeats(episodes), IsEmpty());
}

TEST_F(RepeatSearchTest, AlsoWhereItGoesOnBeyondTheSpot) {
  add(45, {{1'000, 0, 1'400, 0.9}});
  add(46, {{3'000, 0, 1'400, 0.9}});
  const auto with_spot = [&](std::size_t episode, int first, int last) {
    auto episodes = heard();
    episodes[episode].spotted = {{Milliseconds(first * 16), Milliseconds(last * 16)}};
    return repeats(episodes);
  };
  EXPECT_THAT(with_spot(1, 3'200, 4'200), IsEmpty());
  EXPECT_THAT(with_spot(0, 1'200, 2'200), IsEmpty());
  EXPECT_THAT(with_spot(0, 1'000, 1'300), SizeIs(1)) << "most of it is not spotted";
}

TEST_F(RepeatSearchTest, OneThatDoesNotAskAnswersOnlyWhereItMay) {
  add(51, {{1'000, 0, 1'400, 0.7}});
  add(52, {{3'000, 0, 1'400, 0.7}});
  auto episodes = heard();
  episodes[1].asks = false;
  episodes[1].answers = {{Milliseconds(3'000 * 16), Milliseconds(4'400 * 16)}};
  EXPECT_THAT(repeats(episodes), SizeIs(1));
  episodes[1].answers = {{Milliseconds(0), Milliseconds(2'000 * 16)}};
  EXPECT_THAT(repeats(episodes), IsEmpty());
}

TEST_F(RepeatSearchTest, IsTheSameWithAnyNumberOfThreads) {
  add(61, {{1'000, 0, 1'400, 0.4}});
  add(62, {{3'300, 0, 1'400, 0.4}, {200, 300, 900, 0.5}});
  const auto one = repeats(heard(), 1);
  const auto four = repeats(heard(), 4);
  ASSERT_EQ(one.size(), four.size());
  ASSERT_FALSE(one.empty());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].offset, four[i].offset);
    EXPECT_EQ(one[i].stretch.first, four[i].stretch.first);
    EXPECT_EQ(one[i].stretch.last, four[i].stretch.last);
    EXPECT_EQ(one[i].music_odds, four[i].music_odds);
  }
}

TEST_F(RepeatSearchTest, AMissingEpisodeAndAStopAreErrors) {
  add(71, {});
  const std::vector<HeardEpisode> missing = {{SourceId(9), true, {}, {}}};
  EXPECT_EQ(find_repeats(*index_.snapshot(), missing, {}).error().kind, Error::Kind::kNotFound);
  std::stop_source stop;
  stop.request_stop();
  Spotter::Control control;
  control.stop = stop.get_token();
  EXPECT_EQ(find_repeats(*index_.snapshot(), heard(), control).error().kind,
            Error::Kind::kCancelled);
}

}  // namespace
}  // namespace needledrop
