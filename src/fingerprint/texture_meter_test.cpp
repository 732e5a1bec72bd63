#include "fingerprint/texture_meter.h"

#include <numeric>

#include <gtest/gtest.h>

#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

constexpr std::size_t kSecond = kAnalysisRate;

std::vector<Texture> textures_of(const test::Samples& samples) {
  return test::analyse({samples, {}, {}}, Detail::kEpisode).textures[0];
}

int sum(const Texture& texture, std::size_t first_age) {
  int total = 0;
  for (const auto& band : texture.partials) {
    total =
        std::accumulate(band.begin() + static_cast<std::ptrdiff_t>(first_age), band.end(), total);
  }
  return total;
}

/// A tone that glides by `bins` in each look.
test::Samples glide(double bin, double bins, std::size_t count) {
  test::Samples samples(count);
  double phase = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double now = bin + bins * static_cast<double>(i) / (TextureMeter::kLookTicks * kHop);
    phase += 2 * std::numbers::pi * now / kWindow;
    samples[i] = static_cast<float>(0.1 * std::sin(phase));
  }
  return samples;
}

TEST(TextureMeter, AHeldToneIsOnePartialThatGrowsOld) {
  const auto textures = textures_of(test::sinusoid(100.3, 0.1, 3 * kSecond));
  ASSERT_EQ(textures.size(), 6U);  // 3 s in entries of 0.512 s
  const Texture& texture = textures[3];
  EXPECT_EQ(texture.partials[2][3], Texture::kLooks);  // bins 64 to 154
  EXPECT_EQ(sum(texture, 0), Texture::kLooks);
  EXPECT_GT(texture.steady[2], 200);
  EXPECT_EQ(texture.tuned, Texture::kLooks);
  EXPECT_EQ(textures[0].partials[2][0], 1);  // it was new once
}

TEST(TextureMeter, AGlideHasAPartialThatStaysYoung) {
  const auto textures = textures_of(glide(80, 0.3, 2 * kSecond));
  const Texture& texture = textures[2];
  EXPECT_GE(sum(texture, 0), Texture::kLooks - 1);
  EXPECT_EQ(sum(texture, 1), 0);
  EXPECT_EQ(texture.steady[2], 0);
}

TEST(TextureMeter, NoiseHasNextToNothingThatStandsStill) {
  const auto textures = textures_of(test::noise(0.1, 20 * kSecond, 5));
  int old = 0;
  for (const Texture& texture : textures) old += sum(texture, 2);
  EXPECT_LT(old, static_cast<int>(textures.size()) / 2);
}

TEST(TextureMeter, APartialIsRememberedOverAMomentWithoutIt) {
  test::Samples samples = test::sinusoid(100, 0.1, 2 * kSecond);
  const auto textures = textures_of(samples);
  // Two looks at most are without the tone: silence a little shorter than the window and a look.
  std::fill_n(samples.begin() + kSecond, kWindow, 0.0F);
  const auto with_hole = textures_of(samples);
  EXPECT_EQ(textures[3].partials[2][3], with_hole[3].partials[2][3]);
}

TEST(TextureMeter, TuningTurnsOnceInASemitone) {
  constexpr double kBinOfReference = 440.0 * kWindow / kAnalysisRate;
  const auto tuning_at = [&](double semitones) {
    const double bin = kBinOfReference * std::exp2(semitones / 12);
    return textures_of(test::sinusoid(bin, 0.1, 2 * kSecond))[2].tuning;
  };
  EXPECT_GT(tuning_at(0)[0], 245);
  EXPECT_GT(tuning_at(7)[0], 245);
  EXPECT_LT(tuning_at(2.5)[0], 12);
  EXPECT_GT(tuning_at(4.25)[1], 240);
}

TEST(TextureMeter, LevelsFollowEachRange) {
  test::Samples samples = test::sinusoid(10, 0.1, kSecond);
  const test::Samples treble = test::sinusoid(500, 0.01, kSecond / 2);
  for (std::size_t i = 0; i < treble.size(); ++i) samples[i + kSecond / 2] += treble[i];
  const auto textures = textures_of(samples);
  const auto& levels = textures[0].levels;
  EXPECT_GT(levels[0][4], levels[2][4] + 60);
  EXPECT_NEAR(levels[0][4] - textures[1].levels[2][4], 40, 3);  // 20 dB in half decibels
}

TEST(TextureMeter, SilenceIsEmptyAndRecordingsKeepNone) {
  const test::Samples silence(kSecond);
  for (const Texture& texture : textures_of(silence)) EXPECT_EQ(sum(texture, 0), 0);
  const PeakList recording =
      test::analyse({test::sinusoid(100, 0.1, kSecond), {}, {}}, Detail::kRecording);
  EXPECT_TRUE(recording.textures[0].empty());
}

TEST(TextureMeter, BlocksChangeNothing) {
  const test::Samples samples = test::melody(4 * kSecond, 3);
  const PeakList whole = test::analyse({samples, samples, {}}, Detail::kEpisode);
  test::Random random(8);
  const PeakList cut = test::analyse({samples, samples, {}}, Detail::kEpisode,
                                     [&] { return random.within(1, 3'000); });
  EXPECT_EQ(whole.textures, cut.textures);
  EXPECT_EQ(whole.textures[0].size(), whole.levels.size());
}

}  // namespace
}  // namespace needledrop
