#include "spotting/loudness.h"

#include <cmath>

#include <gtest/gtest.h>

#include "fingerprint/level_meter.h"
#include "spotting/test_episode.h"

namespace needledrop {
namespace {

constexpr Hypothesis kHypothesis = {SourceId(1), Tick(320)};
constexpr Stretch kStretch = {320, 1'600, 0};

double decibels(double power) {
  return 10 * std::log10(power);
}

/// A recording at constant level, played at a gain over a rest of known power.
struct Scene {
  double mid_gain = 1;  // of power
  double side_gain = 1;
  double rest = 0;  // power, in the channels that are not fingerprinted

  [[nodiscard]] double level() const {
    PeakList recording = test::random_recording(1'280, 3);
    const double mid = power_of_level(180);
    const double side = power_of_level(170);
    recording.levels.assign(recording.levels.size(), {180, 170, 0});
    PeakList episode = {Tick(2'000), {}, {}};
    episode.levels.assign(63, {level_of_power(mid * mid_gain), level_of_power(side * side_gain),
                               level_of_power(rest)});
    for (Peak peak : recording.peaks) {
      const double gain = peak.channel == Channel::kMid ? mid_gain : side_gain;
      if (gain == 0) continue;
      peak.tick = peak.tick + kHypothesis.offset;
      peak.level = static_cast<std::uint8_t>(std::lround(peak.level + 2 * decibels(gain)));
      episode.peaks.push_back(peak);
    }
    const PeakGrid grid(episode);
    const auto expectations =
        expectations_of(grid, recording, kHypothesis, kStretch.first, kStretch.last, {});
    return level_against_rest(grid, recording, kHypothesis, kStretch, gains_of(expectations, {}),
                              {});
  }

  [[nodiscard]] double expected() const {
    return decibels((power_of_level(180) * mid_gain + power_of_level(170) * side_gain) / rest);
  }
};

/// Half a decibel of rounding in each level curve is worth a decibel and a half at these ratios.
constexpr double kTolerance = 1.5;

TEST(Loudness, KnownGainOverKnownRest) {
  for (double gain : {-30.0, -18.0, -6.0, 0.0, 6.0}) {
    for (double ratio : {-15.0, -10.0, -5.0, 0.0, 5.0}) {
      Scene scene;
      scene.mid_gain = scene.side_gain = std::pow(10, gain / 10);
      const double music = (power_of_level(180) + power_of_level(170)) * scene.mid_gain;
      scene.rest = music / std::pow(10, ratio / 10);
      EXPECT_NEAR(scene.level(), ratio, kTolerance) << gain << " dB of gain";
    }
  }
}

TEST(Loudness, ChannelsHaveGainsOfTheirOwn) {
  Scene scene;
  scene.side_gain = 0.1;
  scene.rest = power_of_level(180);
  EXPECT_NEAR(scene.level(), scene.expected(), kTolerance);
}

TEST(Loudness, StereoRecordingPlayedInMonoHasNoSide) {
  Scene scene;
  scene.side_gain = 0;
  scene.rest = power_of_level(180);
  EXPECT_NEAR(scene.level(), 0, kTolerance);
}

TEST(Loudness, StaysWithinItsBounds) {
  Scene scene;
  EXPECT_GE(scene.level(), 8);  // nothing else sounds
  EXPECT_LE(scene.level(), kMostLevel);
  scene.mid_gain = scene.side_gain = 1e-4;
  scene.rest = 1;
  EXPECT_EQ(scene.level(), -kMostLevel);
}

TEST(Loudness, ListsWithoutLevelsOrSightingsAreNoHarm) {
  PeakList recording = test::random_recording(100, 4);
  recording.levels.clear();
  const PeakList episode = {Tick(100), {}, {}};
  const PeakGrid grid(episode);
  const double level =
      level_against_rest(grid, recording, {SourceId(1), Tick(0)}, {0, 100, 0}, {}, {});
  EXPECT_GE(level, -kMostLevel);
  EXPECT_LE(level, kMostLevel);
}

}  // namespace
}  // namespace needledrop
