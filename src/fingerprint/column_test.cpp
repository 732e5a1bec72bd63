#include "fingerprint/column.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

using test::Samples;
using test::Spectrogram;

Spectrogram columns_of(const Samples& samples) {
  test::ColumnCollector collector;
  ColumnMaker maker(collector);
  maker.on_samples(samples);
  maker.finish();
  return collector.columns;
}

/// Each window cut out of the whole sound by itself.
Spectrogram slow_columns(const Samples& samples) {
  Transform transform;
  Spectrogram columns;
  for (std::size_t tick = 0; tick * kHop < samples.size(); ++tick) {
    Samples window(kWindow, 0.0F);
    for (int i = 0; i < kWindow; ++i) {
      const auto at = static_cast<std::int64_t>(tick) * kHop - kWindow / 2 + i;
      if (at >= 0 && at < static_cast<std::int64_t>(samples.size())) {
        window[i] = samples[static_cast<std::size_t>(at)];
      }
    }
    std::vector<float> power(Transform::kBins);
    transform.power(window, power);
    columns.push_back(power);
  }
  return columns;
}

TEST(ColumnMaker, SoundOfNSamplesHasOneColumnPerHopBegun) {
  for (std::size_t n : {0, 1, 48, 255, 256, 257, 512, 1'023, 1'024, 1'025, 2'047, 2'048, 2'049,
                        16'000, 16'128, 64 * 256 - 1, 64 * 256, 64 * 256 + 1}) {
    EXPECT_EQ(columns_of(Samples(n, 0.1F)).size(), (n + kHop - 1) / kHop) << n << " samples";
  }
}

TEST(ColumnMaker, CutsTheWindowsOutOfTheSoundWithZerosAround) {
  for (std::size_t n : {1U, 300U, 2'048U, 5'000U, 40'001U}) {
    const Samples samples = test::noise(0.5, n, static_cast<std::uint32_t>(n));
    EXPECT_EQ(columns_of(samples), slow_columns(samples)) << n << " samples";
  }
}

TEST(ColumnMaker, WindowOfATickIsCentredOnItsSample) {
  for (std::size_t tick : {0U, 1U, 3U, 4U, 30U, 59U}) {
    Samples samples(60UL * kHop, 0.0F);
    samples[tick * kHop] = 1;
    const auto columns = columns_of(samples);
    const auto loudest = std::ranges::max_element(
        columns, [](const auto& a, const auto& b) { return a[100] < b[100]; });
    EXPECT_EQ(static_cast<std::size_t>(loudest - columns.begin()), tick);
    for (std::size_t t = 0; t < columns.size(); ++t) {
      const bool reaches = (t > tick ? t - tick : tick - t) * kHop < kWindow / 2;
      EXPECT_EQ(columns[t][100] > 1e-12F, reaches) << "impulse at " << tick << ", tick " << t;
    }
  }
}

TEST(ColumnMaker, HowTheSamplesAreCutChangesNothing) {
  const Samples samples = test::noise(0.5, 30'011, 5);
  const auto whole = columns_of(samples);
  for (std::size_t size : {1U, 255U, 256U, 257U, 2'048U, 7'919U}) {
    test::ColumnCollector collector;
    ColumnMaker maker(collector);
    for (std::size_t at = 0; at < samples.size(); at += size) {
      maker.on_samples(test::part_of(samples, at, std::min(size, samples.size() - at)));
    }
    maker.finish();
    EXPECT_TRUE(collector.columns == whole) << "parts of " << size;
  }
}

}  // namespace
}  // namespace needledrop
