#include "spotting/music_activity.h"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int kSecond = kAnalysisRate;

std::size_t seconds(std::size_t count) {
  return count * kAnalysisRate;
}

/// Adds a tone with six partials that dies away.
void strike(test::Samples& samples, int at, int length, double bin, double amplitude) {
  for (int i = 0; i < length && at + i < static_cast<int>(samples.size()); ++i) {
    const double fall = std::exp(-2.0 * i / length) * std::min(1.0, i / 100.0);
    for (int k = 1; k <= 6; ++k) {
      samples[at + i] += static_cast<float>(amplitude / k * fall *
                                            std::sin(2 * std::numbers::pi * k * bin * i / kWindow));
    }
  }
}

/// Chords over a bass, two a second, in [first, last) seconds.
void play(test::Samples& samples, int first, int last) {
  constexpr std::array<std::array<int, 3>, 4> kChords = {
      {{0, 4, 7}, {9, 12, 16}, {5, 9, 12}, {7, 11, 14}}};
  for (int beat = 0; beat < 2 * (last - first); ++beat) {
    const int at = first * kSecond + beat * kSecond / 2;
    const auto& chord = kChords[beat / 4 % 4];
    for (const int tone : chord) strike(samples, at, kSecond, 33.5 * std::exp2(tone / 12.0), 0.03);
    strike(samples, at, kSecond / 2, 33.5 / 4 * std::exp2(chord[0] / 12.0), 0.08);
  }
}

PeakList analysed(const test::Samples& samples) {
  return test::analyse({samples, {}, {}}, Detail::kEpisode);
}

MusicSpan span(int start, int end, double confidence = 0.9) {
  return {{Milliseconds(start), Milliseconds(end)}, confidence};
}

Spot spot(int start, int end) {
  Spot made;
  made.span = {Milliseconds(start), Milliseconds(end)};
  return made;
}

TEST(MusicActivity, MusicIsFoundWhereItPlays) {
  test::Samples samples = test::noise(0.002, seconds(60), 1);
  play(samples, 20, 45);
  const auto music = music_activity(analysed(samples));
  ASSERT_THAT(music, SizeIs(1));
  EXPECT_NEAR(static_cast<double>(music[0].span.start.count()), 20'000, 700);
  EXPECT_NEAR(static_cast<double>(music[0].span.end.count()), 45'000, 1'100);
  EXPECT_GT(music[0].confidence, 0.6);
  EXPECT_LE(music[0].confidence, 1);
}

TEST(MusicActivity, NoiseAndSilenceAreNoMusic) {
  EXPECT_THAT(music_activity(analysed(test::noise(0.1, seconds(60), 2))), IsEmpty());
  EXPECT_THAT(music_activity(analysed(test::Samples(seconds(60)))), IsEmpty());
  EXPECT_THAT(music_activity({}), IsEmpty());
}

TEST(MusicActivity, WithoutTexturesThereIsNone) {
  test::Samples samples(seconds(30));
  play(samples, 0, 30);
  PeakList list = analysed(samples);
  EXPECT_THAT(music_activity(list), SizeIs(1));
  list.textures = {};
  EXPECT_THAT(music_activity(list), IsEmpty());
}

TEST(MusicActivity, SpansEndWithTheEpisode) {
  test::Samples samples(seconds(20) + 100);
  play(samples, 0, 20);
  const auto music = music_activity(analysed(samples));
  ASSERT_THAT(music, SizeIs(1));
  EXPECT_LE(music[0].span.end, Milliseconds(20'016));
}

/// A long episode is judged in parts of 35 minutes: what lies in the seam is found as elsewhere.
TEST(MusicActivity, WhereItIsJudgedInPartsNothingChanges) {
  test::Samples samples(seconds(40));
  play(samples, 10, 30);
  const PeakList heard = analysed(samples);
  const auto expected = music_activity(heard);
  ASSERT_THAT(expected, SizeIs(1));
  constexpr int kSeam = 4'096;
  for (const int before : {kSeam - 60, kSeam - 40, kSeam - 20, kSeam}) {
    PeakList list = heard;
    list.length = Tick(heard.length.value + before * kLevelTicks);
    list.levels.insert(list.levels.begin(), static_cast<std::size_t>(before), heard.levels[0]);
    list.textures[0].insert(list.textures[0].begin(), static_cast<std::size_t>(before),
                            heard.textures[0][0]);
    const auto music = music_activity(list);
    ASSERT_THAT(music, SizeIs(1)) << before;
    const Milliseconds moved{512 * before};
    EXPECT_EQ(music[0].span.start, expected[0].span.start + moved) << before;
    EXPECT_EQ(music[0].span.end, expected[0].span.end + moved) << before;
    EXPECT_NEAR(music[0].confidence, expected[0].confidence, 1e-6) << before;
  }
}

/// Textures come from a file, which may say anything.
TEST(MusicActivity, AnyTexturesGiveSpansWithinTheEpisode) {
  test::Random random(7);
  for (int round = 0; round < 50; ++round) {
    PeakList list;
    list.length = Tick(random.below(10'000));
    for (auto& textures : list.textures) {
      textures.resize(static_cast<std::size_t>(random.below(400)));
      const int value = random.below(256);
      for (Texture& texture : textures) {
        texture.partials.fill({static_cast<std::uint8_t>(value), 255, 0, 255});
        texture.tuned = static_cast<std::uint8_t>(random.below(256));
        for (auto& levels : texture.levels) {
          for (auto& level : levels) level = static_cast<std::uint8_t>(random.below(256));
        }
      }
    }
    Milliseconds before{0};
    for (const MusicSpan& music : music_activity(list)) {
      EXPECT_GE(music.span.start, before);
      EXPECT_GE(music.span.length(), kShortestMusic);
      EXPECT_LE(music.span.end.count(), list.length.value * 16);
      EXPECT_TRUE(music.confidence >= 0 && music.confidence <= 1);
      before = music.span.end;
    }
  }
}

TEST(UnidentifiedMusic, IsWhatSpotsLeave) {
  const std::vector<MusicSpan> music = {span(0, 60'000, 0.8), span(70'000, 80'000, 0.7)};
  EXPECT_THAT(unidentified_music(music, {}), ElementsAre(music[0], music[1]));
  const std::vector<Spot> spots = {spot(20'000, 30'000), spot(25'000, 40'000),
                                   spot(69'500, 80'500)};
  const auto left = unidentified_music(music, spots);
  ASSERT_THAT(left, SizeIs(2));
  EXPECT_EQ(left[0].span.start, Milliseconds(0));
  EXPECT_LE(left[0].span.end, Milliseconds(20'000));
  EXPECT_GE(left[0].span.end, Milliseconds(18'000));
  EXPECT_GE(left[1].span.start, Milliseconds(40'000));
  EXPECT_EQ(left[1].span.end, Milliseconds(60'000));
  EXPECT_EQ(left[1].confidence, 0.8);
}

TEST(UnidentifiedMusic, SplintersAreDropped) {
  EXPECT_THAT(unidentified_music(std::vector{span(0, 30'000)}, std::vector{spot(2'500, 27'500)}),
              IsEmpty());
}

}  // namespace
}  // namespace needledrop
