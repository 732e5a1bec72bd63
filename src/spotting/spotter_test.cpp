#include "spotting/spotter.h"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/playback.h"
#include "spotting/test_episode.h"

namespace needledrop {

void PrintTo(const Spot& spot, std::ostream* out) {
  *out << "recording " << spot.recording.value << " [" << spot.span.start.count() << ", "
       << spot.span.end.count() << ") ms, confidence " << spot.confidence;
  for (const Alignment& alignment : spot.alignments) {
    *out << "; [" << alignment.span.start.count() << ", " << alignment.span.end.count() << ") from "
         << alignment.recording_start.count();
  }
}

namespace {

using test::ticks_of;
using test::Use;
using testing::IsEmpty;
using testing::SizeIs;

/// A catalogue of ten recordings of a minute, and an episode to fill.
class SpotterTest : public testing::Test {
 protected:
  static constexpr std::uint32_t kRecordings = 10;
  /// Seconds by which chance may move one edge; see EdgesAreExactInTheMiddle for how exact most
  /// are.
  static constexpr double kEdge = 1.2;

  static void SetUpTestSuite() {
    index_ = std::make_unique<test::TestIndex>();
    recordings_.clear();
    for (std::uint32_t id = 1; id <= kRecordings; ++id) {
      recordings_.push_back(test::random_recording(ticks_of(60), id));
      index_->add(recordings_.back());
    }
  }
  static void TearDownTestSuite() { index_.reset(); }

  static const PeakList& recording(std::uint32_t id) { return recordings_[id - 1]; }

  /// `at`, `from`, `length` in seconds.
  void play(std::uint32_t id, double at, double from, double length, double survival = 0.8) {
    const Use use = {ticks_of(at), ticks_of(from), ticks_of(length), survival, 0};
    test::plant(episode_, recording(id), use, ++seed_);
  }

  [[nodiscard]] std::vector<Spot> spots(unsigned threads = 1) const {
    Spotter::Control control;
    control.threads = threads;
    const auto found = Spotter(*index_->snapshot()).spot(episode_, control);
    EXPECT_TRUE(found.has_value()) << found.error().message;
    return found.has_value() ? found->spots : std::vector<Spot>();
  }

  /// The recording over the span [start, end) from a place in it, all in seconds.
  static void expect_spot(const Spot& spot, std::uint32_t id, double start, double end,
                          double from) {
    EXPECT_EQ(spot.recording, SourceId(id));
    EXPECT_NEAR(test::seconds_of(spot.span.start), start, kEdge);
    EXPECT_NEAR(test::seconds_of(spot.span.end), end, kEdge);
    ASSERT_THAT(spot.alignments, testing::Not(IsEmpty()));
    const Alignment& first = spot.alignments.front();
    EXPECT_EQ(first.span.start, spot.span.start);
    EXPECT_NEAR(test::seconds_of(first.recording_start - first.span.start), from - start, 0.035);
    EXPECT_EQ(first.rate, 1);
    EXPECT_GT(spot.start_error.count(), 0);
    EXPECT_GT(spot.end_error.count(), 0);
    EXPECT_GT(spot.confidence, 0.9);
    EXPECT_LE(spot.confidence, 1);
  }

  static inline std::unique_ptr<test::TestIndex> index_;
  static inline std::vector<PeakList> recordings_;
  PeakList episode_ = test::random_episode(ticks_of(120), 1'000);
  std::uint32_t seed_ = 2'000;
};

TEST_F(SpotterTest, FindsWhatPlaysWhereItPlays) {
  play(3, 20, 12, 30);
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(1));
  expect_spot(found[0], 3, 20, 50, 12);
  EXPECT_THAT(found[0].alignments, SizeIs(1));
  EXPECT_THAT(found[0].alternatives, IsEmpty());
  EXPECT_TRUE(found[0].version_decided);
}

TEST_F(SpotterTest, FindsAWholeRecordingAndOnesCutOffByTheEpisodesEnds) {
  play(1, -20, 0, 60);
  play(2, 45, 0, 60);
  play(4, 110, 5, 30);
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(3));
  expect_spot(found[0], 1, 0, 40, 20);
  expect_spot(found[1], 2, 45, 105, 0);
  expect_spot(found[2], 4, 110, 120, 5);
}

TEST_F(SpotterTest, EdgesAreExactInTheMiddle) {
  std::vector<double> errors;
  for (std::uint32_t seed = 31; seed <= 34; ++seed) {
    SCOPED_TRACE(seed);
    episode_ = test::random_episode(ticks_of(120), seed);
    for (std::uint32_t id = 1; id <= 6; ++id) {
      play(id, 18.0 * id, 7.0 * id, 12, 0.6);
    }
    const auto found = spots();
    ASSERT_THAT(found, SizeIs(6));
    for (std::uint32_t id = 1; id <= 6; ++id) {
      const Spot& spot = found[id - 1];
      EXPECT_EQ(spot.recording, SourceId(id));
      errors.push_back(std::abs(test::seconds_of(spot.span.start) - 18.0 * id));
      const double end = std::min(18.0 * id + 12, 120.0);
      errors.push_back(std::abs(test::seconds_of(spot.span.end) - end));
    }
  }
  std::ranges::sort(errors);
  EXPECT_LE(errors[errors.size() / 2], 0.15);
  EXPECT_LE(errors[errors.size() * 9 / 10], 0.5);
}

TEST_F(SpotterTest, FindsTheSameRecordingTwice) {
  play(5, 10, 5, 20);
  play(5, 80, 5, 20);
  play(5, 50, 40, 15);
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(3));
  expect_spot(found[0], 5, 10, 30, 5);
  expect_spot(found[1], 5, 50, 65, 40);
  expect_spot(found[2], 5, 80, 100, 5);
}

TEST_F(SpotterTest, FindsBothOfACrossfade) {
  play(6, 10, 0, 30, 0.8);
  play(6, 40, 30, 6, 0.4);
  play(7, 40, 10, 6, 0.4);
  play(7, 46, 16, 30, 0.8);
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].recording, SourceId(6));
  EXPECT_EQ(found[1].recording, SourceId(7));
  EXPECT_NEAR(test::seconds_of(found[0].span.start), 10, kEdge);
  EXPECT_NEAR(test::seconds_of(found[0].span.end), 46, kEdge);
  EXPECT_NEAR(test::seconds_of(found[1].span.start), 40, kEdge);
  EXPECT_NEAR(test::seconds_of(found[1].span.end), 76, kEdge);
}

TEST_F(SpotterTest, LoopIsOneSpotWithAnAlignmentPerTurn) {
  for (int turn = 0; turn < 3; ++turn) {
    play(8, 20 + 10.0 * turn, 15, 10);
  }
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(1));
  expect_spot(found[0], 8, 20, 50, 15);
  ASSERT_THAT(found[0].alignments, SizeIs(3));
  for (int turn = 0; turn < 3; ++turn) {
    const Alignment& alignment = found[0].alignments[static_cast<std::size_t>(turn)];
    EXPECT_NEAR(test::seconds_of(alignment.span.start), 20 + 10 * turn, kEdge);
    EXPECT_NEAR(test::seconds_of(alignment.recording_start), 15, kEdge);
  }
}

TEST_F(SpotterTest, FindsWhatWasSpedUpAndSaysByHowMuch) {
  const Playback pal = {1'041'667, 1'041'667};
  for (std::uint32_t id = 1; id <= 3; ++id) {
    test::plant(episode_, played(recording(id), pal),
                {ticks_of(35.0 * id), ticks_of(10), ticks_of(15), 0.5, 0}, ++seed_);
  }
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(3));
  for (std::uint32_t id = 1; id <= 3; ++id) {
    const Spot& spot = found[id - 1];
    EXPECT_EQ(spot.recording, SourceId(id));
    EXPECT_NEAR(test::seconds_of(spot.span.start), 35.0 * id, kEdge);
    EXPECT_NEAR(test::seconds_of(spot.span.end), std::min(35.0 * id + 15, 120.0), kEdge);
    ASSERT_THAT(spot.alignments, SizeIs(1));
    const Alignment& alignment = spot.alignments.front();
    EXPECT_DOUBLE_EQ(alignment.rate, 1.041667);
    EXPECT_DOUBLE_EQ(alignment.pitch, 1.041667);
    EXPECT_NEAR(test::seconds_of(alignment.recording_start) / alignment.rate -
                    test::seconds_of(alignment.span.start),
                10 - 35.0 * id, 0.05);
  }
  EXPECT_EQ(spots(3), found);
}

TEST_F(SpotterTest, SlowDriftIsOneAlignment) {
  const Playback pulled = {1'001'000, 1'001'000};
  test::plant(episode_, played(recording(7), pulled), {ticks_of(30), 0, ticks_of(59), 0.6, 0}, 5);
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NEAR(test::seconds_of(found[0].span.length()), 59, 2 * kEdge);
  ASSERT_THAT(found[0].alignments, SizeIs(1));
  EXPECT_DOUBLE_EQ(found[0].alignments[0].rate, 1.001);
  EXPECT_DOUBLE_EQ(found[0].alignments[0].pitch, 1.001);
}

TEST_F(SpotterTest, FindsAQuietCopyInADenseEpisode) {
  episode_ = test::random_episode(ticks_of(120), 1'001, 1.5);
  play(9, 30, 10, 40, 0.3);
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].recording, SourceId(9));
  EXPECT_NEAR(test::seconds_of(found[0].span.start), 30, kEdge);
  EXPECT_NEAR(test::seconds_of(found[0].span.end), 70, kEdge);
}

TEST_F(SpotterTest, HoldsThroughAMaskedMoment) {
  play(10, 20, 0, 20);
  play(10, 41.5, 21.5, 20);
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(1));
  expect_spot(found[0], 10, 20, 61.5, 0);
  EXPECT_THAT(found[0].alignments, SizeIs(1));
}

TEST_F(SpotterTest, EpisodeWithoutCataloguedMusicHasNoSpots) {
  for (std::uint32_t seed : {11U, 12U, 13U, 14U}) {
    SCOPED_TRACE(seed);
    episode_ = test::random_episode(ticks_of(90), seed, seed % 2 == 0 ? 1 : 1.3);
    test::plant(episode_, test::random_recording(ticks_of(60), seed + 500),
                {ticks_of(20), 0, ticks_of(60), 0.8, 0}, seed);
    EXPECT_THAT(spots(), IsEmpty());
  }
}

TEST_F(SpotterTest, EmptyAndVeryShortEpisodesHaveNoSpots) {
  episode_ = {};
  EXPECT_THAT(spots(), IsEmpty());
  for (int ticks : {1, 2, kWindow / kHop - 1}) {
    SCOPED_TRACE(ticks);
    episode_ = test::random_episode(ticks, 5);
    test::plant(episode_, recording(1), {0, 500, ticks, 1, 0}, 6);
    EXPECT_THAT(spots(), IsEmpty());
  }
}

TEST_F(SpotterTest, EmptyCatalogueHasNoSpots) {
  play(1, 10, 0, 20);
  const test::TestIndex empty;
  const auto found = Spotter(*empty.snapshot()).spot(episode_, {});
  ASSERT_TRUE(found.has_value());
  EXPECT_THAT(found->spots, IsEmpty());
}

TEST_F(SpotterTest, NumberOfThreadsChangesNothing) {
  play(1, 5, 0, 25);
  play(2, 25, 10, 30, 0.5);
  play(3, 60, 20, 8, 0.4);
  play(1, 80, 5, 30, 0.3);
  const auto one = spots(1);
  EXPECT_THAT(one, SizeIs(testing::Ge(3U)));
  EXPECT_EQ(spots(2), one);
  EXPECT_EQ(spots(3), one);
  EXPECT_EQ(spots(16), one);
}

TEST_F(SpotterTest, ResultsAreByStartThenRecording) {
  play(7, 30, 0, 20, 0.6);
  play(2, 30, 0, 20, 0.6);
  play(4, 5, 0, 20);
  const auto found = spots();
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_EQ(found[0].recording, SourceId(4));
  EXPECT_TRUE(std::ranges::is_sorted(
      found, {}, [](const Spot& s) { return std::pair(s.span.start, s.recording); }));
}

TEST_F(SpotterTest, StoppedSpotterSaysSo) {
  play(1, 10, 0, 30);
  std::stop_source source;
  Spotter::Control control;
  control.stop = source.get_token();
  control.progress = [&](double) { source.request_stop(); };  // once the search has begun
  const auto late = Spotter(*index_->snapshot()).spot(episode_, control);
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().kind, Error::Kind::kCancelled);
  for (unsigned threads : {1U, 3U}) {
    control.threads = threads;
    const auto early = Spotter(*index_->snapshot()).spot(episode_, control);
    ASSERT_FALSE(early.has_value());
    EXPECT_EQ(early.error().kind, Error::Kind::kCancelled);
  }
}

TEST_F(SpotterTest, ProgressRisesToOne) {
  std::vector<double> shares;
  Spotter::Control control;
  control.threads = 2;
  control.progress = [&](double share) { shares.push_back(share); };
  ASSERT_TRUE(Spotter(*index_->snapshot()).spot(episode_, control).has_value());
  ASSERT_THAT(shares, testing::Not(IsEmpty()));
  EXPECT_TRUE(std::ranges::is_sorted(shares));
  EXPECT_GE(shares.front(), 0);
  EXPECT_DOUBLE_EQ(shares.back(), 1);
}

TEST_F(SpotterTest, RemovedRecordingIsNotFound) {
  test::TestIndex index;
  index.add(recording(1));
  const SourceId removed = index.add(recording(2));
  play(1, 10, 0, 20);
  play(2, 50, 0, 20);
  const auto before = Spotter(*index.snapshot()).spot(episode_, {});
  ASSERT_TRUE(before.has_value());
  EXPECT_THAT(before->spots, SizeIs(2));
  index.remove(removed);
  const auto after = Spotter(*index.snapshot()).spot(episode_, {});
  ASSERT_TRUE(after.has_value());
  ASSERT_THAT(after->spots, SizeIs(1));
  EXPECT_EQ(after->spots.front().recording, SourceId(1));
}

/// Too large for a close search as a whole.
TEST_F(SpotterTest, LargeCatalogueSearchesTheAlbumsOfWhatItFindsClosely) {
  test::TestIndex index;
  PeakList long_silence;
  long_silence.length = Tick(ticks_of(13 * 3'600.0));
  index.add(long_silence);
  const SourceId found = index.add(recording(1));
  const SourceId faint = index.add(recording(2));
  play(1, 10, 0, 20);
  play(2, 50, 0, 20, 0.15);
  const auto recordings_of = [&](const Albums& albums) {
    const auto spotted = Spotter(*index.snapshot(), {}, albums).spot(episode_, {});
    std::vector<SourceId> recordings;
    for (const Spot& spot : spotted.value().spots) recordings.push_back(spot.recording);
    return recordings;
  };
  EXPECT_EQ(recordings_of({{found, 1}, {faint, 2}}), std::vector{found});
  EXPECT_EQ(recordings_of({{found, 1}, {faint, 1}}), (std::vector{found, faint}));
}

TEST_F(SpotterTest, TwinIsAnAlternativeAndLeavesTheVersionOpen) {
  test::TestIndex index;
  index.add(recording(1));
  index.add(recording(1));
  index.add(recording(2));
  play(1, 10, 0, 30);
  const auto found = Spotter(*index.snapshot()).spot(episode_, {});
  ASSERT_TRUE(found.has_value());
  ASSERT_THAT(found->spots, SizeIs(1));
  expect_spot(found->spots.front(), 1, 10, 40, 0);
  EXPECT_FALSE(found->spots.front().version_decided);
  ASSERT_THAT(found->spots.front().alternatives, SizeIs(1));
  EXPECT_EQ(found->spots.front().alternatives[0].recording, SourceId(2));
}

TEST_F(SpotterTest, ClipIsIdentified) {
  episode_ = test::random_episode(ticks_of(10), 7);
  play(4, 0, 33, 10, 0.6);
  const auto found = identify(*index_->snapshot(), episode_);
  ASSERT_TRUE(found.has_value());
  ASSERT_THAT(*found, SizeIs(1));
  const Match& match = found->front();
  EXPECT_EQ(match.recording, SourceId(4));
  EXPECT_NEAR(test::seconds_of(match.recording_start - match.span.start), 33, 0.05);
  EXPECT_NEAR(test::seconds_of(match.span.length()), 10, 0.6);
  EXPECT_EQ(match.rate, 1);
  EXPECT_GT(match.confidence, 0.9);
}

TEST_F(SpotterTest, ClipOfSomethingElseIsNot) {
  episode_ = test::random_episode(ticks_of(10), 8);
  const auto found = identify(*index_->snapshot(), episode_);
  ASSERT_TRUE(found.has_value());
  EXPECT_THAT(*found, IsEmpty());
  EXPECT_THAT(identify(*index_->snapshot(), {}).value(), IsEmpty());
}

TEST_F(SpotterTest, MatchesGoByFallingConfidence) {
  int told_apart = 0;
  for (int tenths = 4; tenths <= 24; tenths += 2) {
    SCOPED_TRACE(tenths);
    episode_ = test::random_episode(ticks_of(20), 9);
    play(5, 1, 10, tenths / 10.0, 0.6);  // weak, and first in the clip
    play(6, 6, 10, 14, 0.8);
    const auto found = identify(*index_->snapshot(), episode_);
    ASSERT_TRUE(found.has_value());
    ASSERT_THAT(*found, testing::Not(IsEmpty()));
    EXPECT_TRUE(std::ranges::is_sorted(*found, std::ranges::greater{}, &Match::confidence));
    told_apart += found->front().confidence > found->back().confidence ? 1 : 0;
  }
  EXPECT_GT(told_apart, 0);
}

}  // namespace
}  // namespace needledrop
