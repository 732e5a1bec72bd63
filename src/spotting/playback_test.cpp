#include "spotting/playback.h"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST(Playback, UnityChangesNothing) {
  const PeakList recording = test::random_recording(2'000, 1);
  EXPECT_EQ(played(recording, {}), recording);
}

TEST(Playback, TicksAreDividedAndFrequenciesMultiplied) {
  for (const Playback& playback : {Playback{1'041'667, 1'041'667},
                                   {959'041, 959'041},
                                   {1'020'000, 1'000'000},
                                   {1'000'000, 980'000},
                                   {999'001, 1'000'000}}) {
    SCOPED_TRACE(testing::Message() << playback.rate << ' ' << playback.pitch);
    const PeakList recording = test::random_recording(3'000, 2);
    PeakList expected;
    for (Peak peak : recording.peaks) {
      peak.tick = Tick(static_cast<int>(std::lround(peak.tick.value / playback.time_ratio())));
      const auto frequency = std::lround(peak.frequency * playback.pitch_ratio());
      if (frequency < kFirstBin * kBinFractions || frequency >= kLastBin * kBinFractions) continue;
      peak.frequency = static_cast<std::uint16_t>(frequency);
      expected.peaks.push_back(peak);
    }
    std::ranges::sort(expected.peaks);
    const PeakList heard = played(recording, playback);
    EXPECT_EQ(heard.peaks, expected.peaks);
    EXPECT_EQ(heard.length.value, static_cast<int>(std::ceil(3'000 / playback.time_ratio())));
    EXPECT_LT(heard.peaks.back().tick, heard.length);
  }
}

TEST(Playback, LevelsKeepTheirPlaceInTheMusic) {
  PeakList recording;
  recording.length = Tick(40 * kLevelTicks);
  for (std::uint8_t i = 0; i < 40; ++i) recording.levels.push_back({i, 0, 0});
  const PeakList fast = played(recording, {1'250'000, 1'000'000});
  ASSERT_THAT(fast.levels, SizeIs(32));
  for (int i = 0; i < 32; ++i) {
    EXPECT_NEAR(fast.levels[static_cast<std::size_t>(i)].mid, (i + 0.5) * 1.25, 1) << i;
  }
}

TEST(Playback, BackAgainIsNearlyTheSame) {
  const PeakList recording = test::random_recording(2'000, 3);
  const PeakList back = played(played(recording, {960'000, 1'000'000}), {1'041'667, 1'000'000});
  ASSERT_THAT(back.peaks, SizeIs(recording.peaks.size()));
  for (std::size_t i = 0; i < back.peaks.size(); ++i) {
    EXPECT_NEAR(back.peaks[i].tick.value, recording.peaks[i].tick.value, 1);
  }
}

TEST(Playback, PeaksOutsideTheBandAreDropped) {
  PeakList recording;
  recording.length = Tick(10);
  for (int frequency : {kFirstBin * kBinFractions, 2'000, kLastBin * kBinFractions - 1}) {
    recording.peaks.push_back(test::peak_at(5, frequency, Channel::kMid));
  }
  const auto frequencies = [](const PeakList& list) {
    std::vector<int> result;
    for (const Peak& peak : list.peaks) result.push_back(peak.frequency);
    return result;
  };
  EXPECT_THAT(frequencies(played(recording, {1'000'000, 1'010'000})), ElementsAre(162, 2'020));
  EXPECT_THAT(frequencies(played(recording, {1'000'000, 990'000})), ElementsAre(1'980, 5'575));
}

TEST(Playback, EmptyListStaysEmpty) {
  EXPECT_EQ(played({}, {1'041'667, 1'041'667}), PeakList{});
}

}  // namespace
}  // namespace needledrop
