#include "spotting/expectation.h"

#include <algorithm>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::SizeIs;

constexpr Hypothesis kHypothesis = {SourceId(1), Tick(100)};

Peak peak_of(int tick, int frequency, int level) {
  Peak peak = test::peak_at(tick, frequency, Channel::kMid);
  peak.level = static_cast<std::uint8_t>(level);
  return peak;
}

/// One peak of a recording, expected at tick 150 of an episode that holds `peaks`.
Expectation expected_among(std::vector<Peak> peaks, const Claims& claims = {}) {
  const PeakList recording = {Tick(100), {peak_of(50, 2'000, 160)}, {}};
  PeakList episode = {Tick(400), std::move(peaks), {}};
  test::sort_peaks(episode);
  const PeakGrid grid(episode);
  const auto expectations = expectations_of(grid, recording, kHypothesis, 0, 400, claims);
  EXPECT_THAT(expectations, SizeIs(1));
  EXPECT_EQ(expectations.at(0).tick, 150);
  EXPECT_EQ(expectations.at(0).level, 160);
  EXPECT_EQ(expectations.at(0).band, 2'000 / (kBandBins * kBinFractions));
  return expectations.at(0);
}

TEST(Expectation, EmptyPlaceShowsAndHidesNothing) {
  const Expectation e = expected_among({});
  EXPECT_EQ(e.episode_peak, Expectation::kNone);
  EXPECT_EQ(e.likelihood_ratio, 0);
  EXPECT_EQ(e.masker, 0);
}

TEST(Expectation, PeakInItsPlaceIsASightingAndNoMasker) {
  const Expectation e = expected_among({peak_of(151, 2'001, 150)});
  EXPECT_EQ(e.episode_peak, 0U);
  EXPECT_EQ(e.seen, 150);
  EXPECT_GT(e.likelihood_ratio, 1);
  EXPECT_EQ(e.masker, 0);
}

TEST(Expectation, LoudestNeighbourMasks) {
  EXPECT_EQ(expected_among({peak_of(150, 2'030, 170), peak_of(152, 1'980, 180)}).masker, 180);
  EXPECT_EQ(expected_among({peak_of(152, 2'000, 170)}).masker, 170) << "a moment later";
  EXPECT_EQ(expected_among({peak_of(160, 2'000, 170)}).masker, 0) << "too late";
  EXPECT_EQ(expected_among({peak_of(150, 2'200, 170)}).masker, 0) << "too high";
}

TEST(Expectation, OtherChannelDoesNotMask) {
  Peak peak = peak_of(150, 2'030, 170);
  peak.channel = Channel::kSide;
  EXPECT_EQ(expected_among({peak}).masker, 0);
}

TEST(Expectation, ClaimedPeakMasksButIsNoSighting) {
  const Expectation e =
      expected_among({peak_of(150, 2'000, 170), peak_of(150, 2'030, 175)}, {true, true});
  EXPECT_EQ(e.episode_peak, Expectation::kNone);
  EXPECT_EQ(e.masker, 175);
}

TEST(Expectation, ThereIsOneForEachFarPeakInRange) {
  const PeakList recording = test::random_recording(600, 3);
  const PeakList episode = test::random_episode(1'000, 4);
  const PeakGrid grid(episode);
  for (const auto& [first, last] : {std::pair{0, 1'000}, {300, 301}, {-50, 120}, {650, 2'000}}) {
    const auto expectations = expectations_of(grid, recording, kHypothesis, first, last, {});
    const auto count = std::ranges::count_if(recording.peaks, [&](const Peak& peak) {
      const int tick = (peak.tick + kHypothesis.offset).value;
      return peak.reach == Reach::kFar && tick >= first && tick < last;
    });
    EXPECT_EQ(expectations.size(), static_cast<std::size_t>(count)) << first;
    EXPECT_TRUE(std::ranges::is_sorted(expectations, {}, &Expectation::recording_peak));
  }
}

}  // namespace
}  // namespace needledrop
