#include "spotting/gain.h"

#include <cmath>

#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

constexpr int kOffset = 300;
constexpr int kLength = 900;
constexpr Hypothesis kTrue = {SourceId(1), Tick(kOffset)};

/// A recording that plays from its start at kOffset, so many half decibels louder, among noise.
struct Scene {
  explicit Scene(std::uint32_t seed, double survival = 0.8, int louder = -20)
      : recording(test::random_recording(kLength, seed)),
        episode(test::random_episode(1'500, seed + 1, 0.3)) {
    test::plant(episode, recording, {kOffset, 0, kLength, survival, louder}, seed + 2);
  }

  [[nodiscard]] std::vector<Expectation> expectations() const {
    const PeakGrid grid(episode);
    return expectations_of(grid, recording, kTrue, kOffset, kOffset + kLength, {});
  }

  PeakList recording;
  PeakList episode;
};

double sum_at(const std::vector<TickEvidence>& evidence, std::size_t entry) {
  double sum = 0;
  for (const TickEvidence& tick : evidence) sum += static_cast<double>(tick[entry]);
  return sum;
}

TEST(Gain, FitFindsTheGainOfEveryBand) {
  for (int louder : {-40, -20, 0, 16}) {
    SCOPED_TRACE(louder);
    const Gains gains = gains_of(Scene(1, 0.8, louder).expectations(), {});
    for (const auto& channel : gains.bands) {
      for (const Gains::Band& band : channel) {
        EXPECT_NEAR(band.gain, louder, 2);
        EXPECT_GT(band.clarity, 0.5F);
      }
    }
  }
}

TEST(Gain, FitFollowsTheCurve) {
  const Scene scene(2);
  GainCurve curve = {kOffset, std::vector<std::uint8_t>(kLength, 4)};
  const Gains gains = gains_of(scene.expectations(), curve);
  EXPECT_NEAR(gains.bands[0][3].gain, -20 - kGainOffsets[4], 2);
}

TEST(Gain, SilentChannelIsNotExpected) {
  Scene scene(3);
  std::erase_if(scene.episode.peaks, [](const Peak& p) { return p.channel == Channel::kSide; });
  const Gains gains = gains_of(scene.expectations(), {});
  for (const Gains::Band& band : gains.bands[1]) EXPECT_LT(band.clarity, 0.05F);
  for (const Gains::Band& band : gains.bands[0]) EXPECT_GT(band.clarity, 0.5F);
}

TEST(Gain, BandsThatAFilterTookAreNotExpected) {
  Scene scene(4);
  constexpr int kCutBin = 4 * kBandBins;
  std::erase_if(scene.episode.peaks,
                [](const Peak& p) { return p.frequency > kCutBin * kBinFractions; });
  const Gains gains = gains_of(scene.expectations(), {});
  EXPECT_GT(gains.bands[0][2].clarity, 0.5F);
  EXPECT_LT(gains.bands[0][7].clarity, 0.3F);
}

TEST(Gain, NothingToFitIsNoHarm) {
  const Gains gains = gains_of({}, {});
  EXPECT_LT(gains.bands[0][0].clarity, 0.05F);
  EXPECT_TRUE(evidence_under(gains, {}, 5, 5).empty());
  EXPECT_EQ(evidence_under(gains, {}, 5, 8), std::vector<TickEvidence>(3));
}

TEST(Gain, PlayingSpeaksForItselfAtItsLevel) {
  const Scene scene(5);
  const auto expectations = scene.expectations();
  const auto evidence =
      evidence_under(gains_of(expectations, {}), expectations, kOffset, kOffset + kLength);
  const double right = sum_at(evidence, kPlateau);
  EXPECT_GT(right, 500);
  for (std::size_t entry = 0; entry < kGainOffsets.size(); ++entry) {
    EXPECT_LE(sum_at(evidence, entry), right) << entry;
  }
}

/// One peak that is expected at `expected` half decibels.
double nats_of(int seen, int masker, int expected) {
  Expectation e;
  e.tick = 7;
  e.level = static_cast<std::uint8_t>(expected);
  e.masker = static_cast<std::uint8_t>(masker);
  if (seen > 0) {
    e.episode_peak = 0;
    e.seen = static_cast<std::uint8_t>(seen);
    e.likelihood_ratio = 30;
  }
  Gains gains;
  for (auto& channel : gains.bands) channel.fill({0, 0.8F});
  return static_cast<double>(evidence_under(gains, {&e, 1}, 7, 8)[0][kPlateau]);
}

TEST(Gain, MissingPeakSpeaksAgainstOnlyWhereNothingHidesIt) {
  EXPECT_LT(nats_of(0, 0, 160), -1);
  EXPECT_LT(nats_of(0, 130, 160), -1);
  EXPECT_GT(nats_of(0, 180, 160), -0.05);
  EXPECT_GT(nats_of(0, 160, 160), nats_of(0, 140, 160));
  EXPECT_GT(nats_of(0, 0, 60), -0.05) << "quieter than anything the picker takes";
}

TEST(Gain, SightingSpeaksByHowWellItsLevelFits) {
  EXPECT_GT(nats_of(160, 0, 160), 2);
  EXPECT_GT(nats_of(160, 0, 160), nats_of(168, 0, 160));
  EXPECT_GT(nats_of(168, 0, 160), nats_of(190, 0, 160));
  EXPECT_GT(nats_of(160, 0, 160), nats_of(152, 0, 160));
  EXPECT_LT(nats_of(120, 0, 160), 0) << "far too quiet to be it, and nothing hides it";
  EXPECT_GT(nats_of(200, 0, 160), -0.1) << "far too loud to be it, but it hides it";
}

TEST(Gain, OneTickProvesOnlySoMuch) {
  std::vector<Expectation> chord(40);
  for (Expectation& e : chord) {
    e.level = 160;
    e.seen = 160;
    e.episode_peak = 0;
    e.likelihood_ratio = 1e4F;
  }
  Gains gains;
  for (auto& channel : gains.bands) channel.fill({0, 0.8F});
  EXPECT_LE(evidence_under(gains, chord, 0, 1)[0][kPlateau], 3);
  for (Expectation& e : chord) e.likelihood_ratio = 0;
  EXPECT_GE(evidence_under(gains, chord, 0, 1)[0][kPlateau], -3);
}

}  // namespace
}  // namespace needledrop
