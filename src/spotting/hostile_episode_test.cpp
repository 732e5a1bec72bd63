#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/spotter.h"
#include "spotting/test_episode.h"

namespace needledrop {
namespace {

constexpr int kLowest = kFirstBin * kBinFractions;
constexpr int kHighest = kLastBin * kBinFractions;

/// Peak lists that no sound makes but that keep what peak.h promises: the spotter must come back
/// with some answer, within bounds.
class HostileEpisode : public testing::Test {
 protected:
  HostileEpisode() {
    const PeakList recording = test::random_recording(1'000, 1);
    index_.add(recording);
    index_.add(edge_recording());
    index_.add({});
    index_.add({Tick(500), {}, {}});
  }

  /// Peaks at both ends of the frequency range and of time.
  static PeakList edge_recording() {
    PeakList list = {Tick(400), {}, {}};
    for (int tick = 0; tick < 400; tick += 3) {
      for (int frequency : {0, kLowest - 4, kLowest, kHighest - 1, kHighest}) {
        for (Channel channel : {Channel::kMid, Channel::kSide}) {
          list.peaks.push_back(test::peak_at(tick, frequency, channel));
        }
      }
    }
    test::sort_peaks(list);
    return list;
  }

  void expect_an_answer(const PeakList& episode) {
    Spotter::Control control;
    control.threads = 2;
    const auto found = Spotter(*index_.snapshot()).spot(episode, control);
    ASSERT_TRUE(found.has_value()) << found.error().message;
    for (const Spot& spot : found->spots) {
      EXPECT_LT(spot.span.start, spot.span.end);
      EXPECT_GE(spot.span.start.count(), 0);
      EXPECT_LE(test::seconds_of(spot.span.end), episode.length.value * kTickSeconds + 0.001);
      EXPECT_THAT(spot.alignments, testing::Not(testing::IsEmpty()));
      EXPECT_GE(spot.confidence, 0);
      EXPECT_LE(spot.confidence, 1);
    }
    EXPECT_TRUE(identify(*index_.snapshot(), episode).has_value());
  }

  test::TestIndex index_;
};

TEST_F(HostileEpisode, NoTicksAtAll) {
  expect_an_answer({});
}

TEST_F(HostileEpisode, OneTickAndOnePeak) {
  expect_an_answer({Tick(1), {}, {}});
  expect_an_answer({Tick(1), {test::peak_at(0, 2'000, Channel::kMid)}, {}});
}

TEST_F(HostileEpisode, EveryFrequencyOnOneTick) {
  PeakList list = {Tick(300), {}, {}};
  for (int frequency = 0; frequency <= kHighest; ++frequency) {
    for (Channel channel : {Channel::kMid, Channel::kSide}) {
      list.peaks.push_back(test::peak_at(150, frequency, channel));
    }
  }
  test::sort_peaks(list);
  expect_an_answer(list);
}

TEST_F(HostileEpisode, CrowdOnTwoTicks) {
  PeakList list = {Tick(300), {}, {}};
  for (int tick : {100, 104}) {
    for (int frequency = kLowest; frequency < kHighest; frequency += 16) {
      list.peaks.push_back(test::peak_at(tick, frequency, Channel::kMid));
    }
  }
  test::sort_peaks(list);
  expect_an_answer(list);
}

TEST_F(HostileEpisode, FrequenciesAtTheirLimits) {
  expect_an_answer(edge_recording());
}

TEST_F(HostileEpisode, FrequenciesBeyondTheLimits) {
  PeakList list = {Tick(200), {}, {}};
  for (int tick : {0, 100, 199}) {
    for (int frequency : {kHighest + 8, 8'191, 65'535}) {
      for (Channel channel : {Channel::kMid, Channel::kSide}) {
        list.peaks.push_back(test::peak_at(tick, frequency, channel));
      }
    }
  }
  test::sort_peaks(list);
  expect_an_answer(list);
}

TEST_F(HostileEpisode, ThousandsOfEqualPeaks) {
  PeakList list = {Tick(200), {}, {}};
  list.peaks.assign(5'000, test::peak_at(50, 3'000, Channel::kSide, Reach::kNear));
  expect_an_answer(list);
}

TEST_F(HostileEpisode, LevelCurvesOfAnyLength) {
  for (std::size_t entries : {0U, 1U, 1'000U}) {
    PeakList list = test::random_recording(1'000, 1);
    list.levels.assign(entries, {255, 255, 255});
    expect_an_answer(list);
  }
}

TEST_F(HostileEpisode, RandomRubbish) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    test::Random random(seed);
    const int ticks = random.within(1, 400);
    PeakList list = {Tick(ticks), {}, {}};
    const int count = random.below(3'000);
    const int spread = random.within(1, ticks);
    for (int i = 0; i < count; ++i) {
      list.peaks.push_back(test::peak_at(random.below(spread), random.within(0, kHighest),
                                         random.below(2) == 0 ? Channel::kMid : Channel::kSide,
                                         random.below(8) == 0 ? Reach::kFar : Reach::kNear));
      list.peaks.back().level = static_cast<std::uint8_t>(random.below(256));
    }
    std::ranges::sort(list.peaks);
    expect_an_answer(list);
  }
}

}  // namespace
}  // namespace needledrop
