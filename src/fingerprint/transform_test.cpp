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

std::vector<float> power_of(const Samples& samples) {
  Transform transform;
  std::vector<float> power(Transform::kBins);
  transform.power(samples, power);
  return power;
}

TEST(Transform, EqualsItsDefinition) {
  for (std::uint32_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    Samples samples = test::noise(0.3, kWindow, seed);
    const Samples tone = test::sinusoid(100.3 + seed, 0.5, kWindow);
    for (int i = 0; i < kWindow; ++i) {
      samples[i] += tone[i];
    }
    const auto power = power_of(samples);
    for (int bin = 0; bin < Transform::kBins; ++bin) {
      const double expected = slow_power(samples, bin);
      ASSERT_NEAR(power[bin], expected, 1e-4 * expected + 1e-9) << "bin " << bin;
    }
  }
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
  std::vector<float> power(Transform::kBins);
  transform.power(test::noise(1, kWindow, 8), power);
  transform.power(samples, power);
  EXPECT_EQ(power, power_of(samples));
}

}  // namespace
}  // namespace needledrop
