#include "fingerprint/column.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

using test::Samples;
using test::Spectrogram;

struct Columns {
  Spectrogram mid;
  Spectrogram side;
  friend bool operator==(const Columns&, const Columns&) = default;
};

/// Hands the sound over in parts of `size` samples; an empty side stays empty.
Columns columns_of(const Samples& mid, const Samples& side, std::size_t size) {
  test::ColumnCollector mid_columns;
  test::ColumnCollector side_columns;
  ColumnMaker maker(mid_columns, side_columns);
  for (std::size_t at = 0; at < mid.size(); at += size) {
    const std::size_t count = std::min(size, mid.size() - at);
    maker.on_samples(test::part_of(mid, at, count), test::part_of(side, at, count));
  }
  maker.finish();
  return {mid_columns.columns, side_columns.columns};
}

Spectrogram columns_of(const Samples& samples) {
  return columns_of(samples, {}, std::max<std::size_t>(samples.size(), 1)).mid;
}

Samples window_of(const Samples& samples, std::size_t tick) {
  Samples window(kWindow, 0.0F);
  for (int i = 0; i < kWindow; ++i) {
    const auto at = static_cast<std::int64_t>(tick) * kHop - kWindow / 2 + i;
    if (at >= 0 && at < static_cast<std::int64_t>(samples.size())) {
      window[i] = samples[static_cast<std::size_t>(at)];
    }
  }
  return window;
}

/// Each window cut out of the whole sound by itself.
Columns slow_columns(const Samples& mid, const Samples& side) {
  Transform transform;
  Columns columns;
  const std::size_t ticks = (mid.size() + kHop - 1) / kHop;
  std::vector<float> first(Transform::kBins);
  std::vector<float> second(Transform::kBins);
  for (std::size_t tick = 0; tick < ticks; tick += side.empty() ? 2 : 1) {
    if (side.empty()) {
      transform.power(window_of(mid, tick), window_of(mid, tick + 1), first, second);
      columns.mid.push_back(first);
      if (tick + 1 < ticks) columns.mid.push_back(second);
    } else {
      transform.power(window_of(mid, tick), window_of(side, tick), first, second);
      columns.mid.push_back(first);
      columns.side.push_back(second);
    }
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
    const Samples side = test::noise(0.3, n, static_cast<std::uint32_t>(n) + 1);
    EXPECT_TRUE(columns_of(samples, {}, n) == slow_columns(samples, {})) << n << " samples";
    EXPECT_TRUE(columns_of(samples, side, n) == slow_columns(samples, side)) << n << " samples";
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
  const Samples mid = test::noise(0.5, 30'011, 5);
  const Samples stereo_side = test::noise(0.5, 30'011, 6);
  for (const Samples& side : {Samples(), stereo_side}) {
    const Columns whole = columns_of(mid, side, mid.size());
    for (std::size_t size : {1U, 255U, 256U, 257U, 2'048U, 7'919U}) {
      EXPECT_TRUE(columns_of(mid, side, size) == whole) << "parts of " << size;
    }
  }
}

}  // namespace
}  // namespace needledrop
