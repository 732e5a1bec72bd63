#include "spotting/loudspeaker.h"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

constexpr int kOffset = 300;
constexpr int kLength = 900;
constexpr Stretch kStretch = {kOffset, kOffset + kLength, 0};

double hertz_of(const Peak& peak) {
  return static_cast<double>(peak.frequency) / kBinFractions * kAnalysisRate / kWindow;
}

double octaves_over(double hertz, const Peak& peak) {
  return std::max(0.0, std::log2(hertz_of(peak) / hertz));
}

/// A recording in an episode with other sound, coloured by so many decibels at each of its peaks:
/// what gets quieter than the picker takes is missing.
struct Scene {
  using Colour = std::function<double(const Peak&)>;

  explicit Scene(const Colour& colour, double noise = 0.3, int louder = -20)
      : recording(test::random_recording(kLength, 1)),
        episode(test::random_episode(1'500, 2, noise)) {
    constexpr int kFloor = 70;
    PeakList played = recording;
    for (Peak& peak : played.peaks) {
      const long level = peak.level + louder + std::lround(2 * colour(peak));
      peak.level = static_cast<std::uint8_t>(std::max(0L, level));
    }
    std::erase_if(played.peaks, [](const Peak& peak) { return peak.level < kFloor; });
    test::plant(episode, played, {kOffset, 0, kLength}, 3);
  }

  [[nodiscard]] LoudspeakerEvidence evidence() const {
    const PeakGrid grid(episode);
    const auto expectations = expectations_of(grid, recording, {SourceId(1), Tick(kOffset)},
                                              kStretch.first, kStretch.last, {});
    return LoudspeakerTest(grid).evidence(expectations, kStretch, gains_of(expectations, {}), {});
  }
  [[nodiscard]] bool tells() const { return tells_of_loudspeaker(evidence()); }

  PeakList recording;
  PeakList episode;
};

TEST(Loudspeaker, IsToldByHighPeaksThatGetQuieterAndGo) {
  for (const double corner : {1'500, 2'000, 3'000}) {
    for (const double slope : {18, 24}) {
      SCOPED_TRACE(corner);
      SCOPED_TRACE(slope);
      EXPECT_TRUE(Scene([&](const Peak& p) { return -slope * octaves_over(corner, p); }).tells());
    }
  }
}

TEST(Loudspeaker, IsNoMix) {
  EXPECT_FALSE(Scene([](const Peak&) { return 0; }).tells());
  for (const double slope : {-5, -3, 3}) {
    SCOPED_TRACE(slope);
    EXPECT_FALSE(
        Scene([&](const Peak& p) { return slope * std::log2(hertz_of(p) / 1'000); }).tells());
  }
}

// Faint high peaks that noise hides: those still seen are as loud as ever.
TEST(Loudspeaker, IsNotToldByMissingPeaksAlone) {
  Scene scene([](const Peak&) { return 0; });
  const Scene without([](const Peak&) { return -200; });
  test::Random random(5);
  std::erase_if(scene.episode.peaks,
                [&](const Peak& peak) { return hertz_of(peak) > 2'500 && random.share() < 0.8; });
  for (const Peak& peak : without.episode.peaks) {
    if (hertz_of(peak) > 2'500) scene.episode.peaks.push_back(peak);
  }
  test::sort_peaks(scene.episode);
  const LoudspeakerEvidence evidence = scene.evidence();
  EXPECT_LT(evidence.by_level, 5);
  EXPECT_FALSE(tells_of_loudspeaker(evidence));
}

// A telephone line between the broadcaster and us is no telephone in the scene.
TEST(Loudspeaker, IsNotToldByWhatTheBroadcastLacks) {
  const auto line = [](const Peak& p) { return -30 * octaves_over(3'400, p); };
  Scene scene(line, 1);
  EXPECT_TRUE(scene.tells());
  std::erase_if(scene.episode.peaks, [](const Peak& peak) { return hertz_of(peak) > 3'700; });
  EXPECT_FALSE(scene.tells());
}

TEST(Loudspeaker, TakesMoreThanAFewPeaksToTell) {
  Scene scene([](const Peak& p) { return -24 * octaves_over(2'000, p); });
  EXPECT_TRUE(scene.tells());
  std::erase_if(scene.recording.peaks,
                [](const Peak& peak) { return peak.tick > Tick(kLength / 80); });
  EXPECT_FALSE(scene.tells());
}

TEST(Loudspeaker, NothingHeardTellsNothing) {
  Scene scene([](const Peak&) { return -200; });
  EXPECT_FALSE(scene.tells());
  scene.episode.peaks.clear();
  EXPECT_FALSE(scene.tells());
}

}  // namespace
}  // namespace needledrop
