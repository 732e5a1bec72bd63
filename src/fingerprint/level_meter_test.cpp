#include "fingerprint/level_meter.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

using test::Samples;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t kEntrySamples = static_cast<std::size_t>(kLevelTicks) * kHop;

/// Half decibels over -120 dB of a sinusoid's RMS, by definition.
int level_of_sinusoid(double amplitude) {
  return static_cast<int>(std::lround(2 * (20 * std::log10(amplitude / std::sqrt(2)) + 120)));
}

std::vector<Level> levels_of(const test::Sound& sound, std::size_t block) {
  LevelMeter meter;
  for (std::size_t at = 0; at < sound.mid.size(); at += block) {
    const auto count = std::min(block, sound.mid.size() - at);
    meter.on_block({test::part_of(sound.mid, at, count), test::part_of(sound.side, at, count),
                    test::part_of(sound.rest, at, count)});
  }
  return meter.finish();
}

TEST(Level, PowersAndLevelsConvertBothWays) {
  EXPECT_EQ(level_of_power(1), 240);
  EXPECT_EQ(level_of_power(0.01), 200);
  EXPECT_EQ(level_of_power(0), 0);
  EXPECT_EQ(power_of_level(0), 0);
  EXPECT_DOUBLE_EQ(power_of_level(240), 1);
  for (int level = 0; level <= 255; ++level) {
    EXPECT_EQ(level_of_power(power_of_level(static_cast<std::uint8_t>(level))), level);
  }
  for (int step = 0; step < 400; ++step) {
    const double power = 1e-11 * std::pow(1.07, step);
    const double back = power_of_level(level_of_power(power));
    EXPECT_LE(std::abs(10 * std::log10(back / power)), 0.2501) << power;
  }
}

TEST(Level, PowersBeyondTheScaleStayOnIt) {
  EXPECT_EQ(level_of_power(1e-15), 0);
  EXPECT_EQ(level_of_power(1e9), 255);
}

TEST(LevelMeter, SinusoidsHaveTheirRmsInEachChannel) {
  const auto levels = levels_of(
      {test::sinusoid(64, 1, 2 * kEntrySamples), test::sinusoid(100, 0.1, 2 * kEntrySamples),
       test::sinusoid(80, 0.001, 2 * kEntrySamples)},
      kEntrySamples);
  const Level expected = {static_cast<std::uint8_t>(level_of_sinusoid(1)),
                          static_cast<std::uint8_t>(level_of_sinusoid(0.1)),
                          static_cast<std::uint8_t>(level_of_sinusoid(0.001))};
  EXPECT_THAT(levels, ElementsAre(expected, expected));
  EXPECT_EQ(expected.mid, 234);  // -3.01 dB
}

TEST(LevelMeter, ChannelsThatAreNotThereAreSilent) {
  const auto levels = levels_of({test::sinusoid(64, 0.5, kEntrySamples), {}, {}}, 1'000);
  ASSERT_EQ(levels.size(), 1U);
  EXPECT_GT(levels[0].mid, 0);
  EXPECT_EQ(levels[0].side, 0);
  EXPECT_EQ(levels[0].rest, 0);
}

TEST(LevelMeter, LastPartCountsAsIfSilenceFollowed) {
  Samples samples = test::noise(0.5, kEntrySamples + 100, 4);
  const auto cut = levels_of({samples, {}, {}}, 512);
  samples.resize(2 * kEntrySamples, 0.0F);
  EXPECT_EQ(cut, levels_of({samples, {}, {}}, 512));
  EXPECT_EQ(cut.size(), 2U);
  EXPECT_THAT(levels_of({{}, {}, {}}, 512), IsEmpty());
}

TEST(LevelMeter, HowTheSoundIsCutChangesNothing) {
  const test::Sound sound = {test::noise(0.5, 30'011, 1), test::noise(0.1, 30'011, 2),
                             test::noise(0.02, 30'011, 3)};
  const auto whole = levels_of(sound, 30'011);
  for (std::size_t block : {1U, 3U, 251U, 8'191U, 8'192U, 8'193U, 20'000U}) {
    EXPECT_EQ(levels_of(sound, block), whole) << "blocks of " << block;
  }
}

}  // namespace
}  // namespace needledrop
