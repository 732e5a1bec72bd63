#include "fingerprint/fingerprinter.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fingerprint/peak_picker.h"
#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

using test::analyse;
using test::Sound;
using testing::Each;
using testing::IsEmpty;

Sound wide_sound(std::size_t count, std::uint32_t seed) {
  return {test::melody(count, seed), test::melody(count, seed + 100),
          test::noise(0.05, count, seed + 200)};
}

auto count_of(const PeakList& list, Channel channel) {
  return std::ranges::count_if(list.peaks, [&](const Peak& p) { return p.channel == channel; });
}

TEST(Fingerprinter, HowTheSoundIsCutChangesNothing) {
  const Sound sound = wide_sound(50'021, 1);
  const PeakList whole = analyse(sound, Detail::kEpisode);
  EXPECT_GT(whole.peaks.size(), 300U);
  for (std::size_t size : {1U, 2U, 251U, 256U, 257U, 1'021U, 2'048U, 16'381U, 16'384U, 32'749U}) {
    EXPECT_EQ(analyse(sound, Detail::kEpisode, [&] { return size; }), whole) << size;
  }
  for (std::uint32_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    test::Random random(seed);
    const auto next = [&] { return static_cast<std::size_t>(random.within(1, 5'000)); };
    EXPECT_EQ(analyse(sound, Detail::kEpisode, next), whole);
  }
}

TEST(Fingerprinter, EmptyBlocksChangeNothing) {
  const Sound sound = wide_sound(20'000, 2);
  bool is_empty = false;
  Fingerprinter fingerprinter(Detail::kEpisode);
  for (std::size_t at = 0; at < 20'000; is_empty = !is_empty) {
    const std::size_t count = is_empty ? 0 : 2'000;
    fingerprinter.on_block({test::part_of(sound.mid, at, count),
                            test::part_of(sound.side, at, count),
                            test::part_of(sound.rest, at, count)});
    at += count;
  }
  EXPECT_EQ(fingerprinter.finish(), analyse(sound, Detail::kEpisode));
}

TEST(Fingerprinter, PeakListKeepsItsPromises) {
  const PeakList list = analyse(wide_sound(50'021, 3), Detail::kEpisode);
  EXPECT_EQ(list.length, Tick(196));  // 50,021 samples in hops of 256, rounded up
  EXPECT_EQ(list.levels.size(), 7U);  // 196 ticks in entries of 32, rounded up
  EXPECT_TRUE(std::ranges::is_sorted(list.peaks));
  for (const Peak& peak : list.peaks) {
    EXPECT_GE(peak.tick, Tick(0));
    EXPECT_LT(peak.tick, list.length);
    EXPECT_GE(peak.frequency, (kFirstBin - 1) * kBinFractions);
    EXPECT_LE(peak.frequency, kLastBin * kBinFractions);
  }
}

TEST(Fingerprinter, RecordingKeepsTheFarReachingPeaksOfAnEpisode) {
  const Sound sound = wide_sound(48'000, 4);
  PeakList expected = analyse(sound, Detail::kEpisode);
  const auto all = expected.peaks.size();
  std::erase_if(expected.peaks, [](const Peak& p) { return p.reach != Reach::kFar; });
  expected.textures = {};
  EXPECT_EQ(analyse(sound, Detail::kRecording), expected);
  EXPECT_GT(all, 2 * expected.peaks.size());
  EXPECT_GT(expected.peaks.size(), 50U);
}

TEST(Fingerprinter, EachChannelIsAnalysedByItself) {
  const Sound sound = wide_sound(32'000, 5);
  const PeakList both = analyse(sound, Detail::kEpisode);
  EXPECT_EQ(count_of(both, Channel::kMid),
            count_of(analyse({sound.mid, {}, {}}, Detail::kEpisode), Channel::kMid));
  EXPECT_EQ(count_of(both, Channel::kSide),
            count_of(analyse({sound.side, {}, {}}, Detail::kEpisode), Channel::kMid));
}

TEST(Fingerprinter, MonoHasNoSidePeaksAndNoSideLevel) {
  const PeakList list = analyse({test::melody(32'000, 6), {}, {}}, Detail::kEpisode);
  EXPECT_GT(count_of(list, Channel::kMid), 100);
  EXPECT_EQ(count_of(list, Channel::kSide), 0);
  for (const Level& level : list.levels) {
    EXPECT_GT(level.mid, 0);
    EXPECT_EQ(level.side, 0);
  }
}

TEST(Fingerprinter, RestCountsForLevelsOnly) {
  Sound sound = wide_sound(32'000, 7);
  const PeakList with = analyse(sound, Detail::kEpisode);
  sound.rest.clear();
  const PeakList without = analyse(sound, Detail::kEpisode);
  EXPECT_EQ(with.peaks, without.peaks);
  EXPECT_GT(with.levels[0].rest, 0);
  EXPECT_EQ(without.levels[0].rest, 0);
}

TEST(Fingerprinter, NothingMakesAnEmptyList) {
  EXPECT_EQ(Fingerprinter(Detail::kEpisode).finish(), PeakList{});
  EXPECT_EQ(Fingerprinter(Detail::kRecording).finish(), PeakList{});
}

TEST(Fingerprinter, ThreeMillisecondsAreOneColumn) {
  const PeakList list = analyse({test::noise(0.5, 48, 8), {}, {}}, Detail::kEpisode);
  EXPECT_EQ(list.length, Tick(1));
  EXPECT_EQ(list.levels.size(), 1U);
  EXPECT_THAT(recording_fingerprint(list), IsEmpty());
}

TEST(Fingerprinter, SilenceHasALengthButNoPeaks) {
  const test::Samples silence(10UL * kAnalysisRate, 0.0F);
  const PeakList list = analyse({silence, silence, silence}, Detail::kEpisode);
  EXPECT_EQ(list.length, Tick(625));
  EXPECT_THAT(list.peaks, IsEmpty());
  EXPECT_EQ(list.levels.size(), 20U);
  EXPECT_THAT(list.levels, Each(Level{}));
}

}  // namespace
}  // namespace needledrop
