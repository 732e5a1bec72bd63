#include "fingerprint/transform.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

using test::Samples;

/// The definition: Hann window, sum of sines and cosines, scaled so that amplitude 1 has power 1.
double slow_power(const Samples& samples, int bin) {
  double real = 0;
  double imaginary = 0;
  double window_sum = 0;
  for (int i = 0; i < kWindow; ++i) {
    const double angle = 2 * std::numbers::pi * i / kWindow;
    const double window = 0.5 - 0.5 * std::cos(angle);
    window_sum += window;
    real += samples[i] * window * std::cos(angle * bin);
    imaginary -= samples[i] * window * std::sin(angle * bin);
  }
  return 4 * (real * real + imaginary * imaginary) / (window_sum * window_sum);
}

struct Powers {
  std::vector<float> first = std::vector<float>(Transform::kBins);
  std::vector<float> second = std::vector<float>(Transform::kBins);
  friend bool operator==(const Powers&, const Powers&) = default;
};

Powers powers_of(Transform& transform, const Samples& first, const Samples& second) {
  Powers powers;
  transform.power(first, second, powers.first, powers.second);
  return powers;
}

std::vector<float> power_of(const Samples& samples) {
  Transform transform;
  return powers_of(transform, samples, Samples(kWindow, 0.0F)).first;
}

Samples noise_with_tone(std::uint32_t seed, double amplitude) {
  Samples samples = test::noise(0.6 * amplitude, kWindow, seed);
  const Samples tone = test::sinusoid(100.3 + seed, amplitude, kWindow);
  for (int i = 0; i < kWindow; ++i) samples[i] += tone[i];
  return samples;
}

TEST(Transform, BothPowersEqualTheirDefinition) {
  for (std::uint32_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    const Samples first = noise_with_tone(seed, 0.5);
    const Samples second = noise_with_tone(seed + 10, 0.2);
    Transform transform;
    const Powers powers = powers_of(transform, first, second);
    for (int bin = 0; bin < Transform::kBins; ++bin) {
      const double expected = slow_power(first, bin);
      ASSERT_NEAR(powers.first[bin], expected, 1e-4 * expected + 1e-9) << "bin " << bin;
      const double also_expected = slow_power(second, bin);
      ASSERT_NEAR(powers.second[bin], also_expected, 1e-4 * also_expected + 1e-9) << "bin " << bin;
    }
  }
}

/// What leaks must stay far under kFloorPower, 85 dB under full scale.
TEST(Transform, LoudSignalLeavesNothingInASilentOne) {
  Transform transform;
  const Samples loud = noise_with_tone(4, 1);
  const Samples silent(kWindow, 0.0F);
  for (const float power : powers_of(transform, loud, silent).second) ASSERT_LT(power, 1e-12F);
  for (const float power : powers_of(transform, silent, loud).first) ASSERT_LT(power, 1e-12F);
}

TEST(Transform, FullScaleSinusoidOnABinHasPowerOne) {
  for (int bin : {kFirstBin, 64, 333, kLastBin - 1}) {
    for (double phase : {0.0, 0.7, 2.9}) {
      const auto power = power_of(test::sinusoid(bin, 1, kWindow, phase));
      EXPECT_NEAR(power[bin], 1, 1e-4) << "bin " << bin << " phase " << phase;
      EXPECT_NEAR(power[bin + 1], 0.25, 1e-4) << "bin " << bin;  // Hann's neighbour: half as great
      EXPECT_LT(power[bin + 5], 1e-8) << "bin " << bin;
    }
  }
}

TEST(Transform, SilenceHasNoPower) {
  for (float power : power_of(Samples(kWindow, 0.0F))) {
    ASSERT_EQ(power, 0.0F);
  }
}

TEST(Transform, KeepsNothingFromOneWindowToTheNext) {
  const Samples samples = test::noise(0.5, kWindow, 7);
  Transform transform;
  powers_of(transform, test::noise(1, kWindow, 8), test::noise(1, kWindow, 9));
  EXPECT_EQ(powers_of(transform, samples, Samples(kWindow, 0.0F)).first, power_of(samples));
}

}  // namespace
}  // namespace needledrop
