#include "fingerprint/peak_picker.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fingerprint/level_meter.h"
#include "fingerprint/test_signals.h"

namespace needledrop {
namespace {

using test::Random;
using test::Spectrogram;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<Peak> peaks_of(const Spectrogram& spectrogram, Reach least) {
  std::vector<Peak> peaks;
  PeakPicker picker(Channel::kSide, least, peaks);
  for (const auto& column : spectrogram) {
    picker.on_column(column);
  }
  picker.finish();
  return peaks;
}

std::vector<Peak> peaks_of_sound(const test::Samples& samples, Reach least) {
  std::vector<Peak> peaks;
  PeakPicker picker(Channel::kMid, least, peaks);
  test::ColumnCollector nowhere;
  ColumnMaker maker(picker, nowhere);
  maker.on_samples(samples, {});
  maker.finish();
  picker.finish();
  return peaks;
}

/// Nothing greater in the box, and of equal cells the first.
bool is_greatest(const Spectrogram& s, int tick, int bin, const PeakBox& box) {
  const float power = s[tick][bin];
  for (int t = std::max(0, tick - box.ticks);
       t <= std::min(static_cast<int>(s.size()) - 1, tick + box.ticks); ++t) {
    for (int b = std::max(0, bin - box.bins); b <= std::min(Transform::kBins - 1, bin + box.bins);
         ++b) {
      const bool is_before = t < tick || (t == tick && b < bin);
      if (s[t][b] > power || (is_before && s[t][b] == power)) return false;
    }
  }
  return true;
}

struct Place {
  int tick = 0;
  int bin = 0;
  Reach reach = Reach::kNear;
  friend auto operator<=>(const Place&, const Place&) = default;
};

std::ostream& operator<<(std::ostream& out, const Place& place) {
  return out << place.tick << '/' << place.bin << '/' << static_cast<int>(place.reach);
}

/// The slow twin: looks at every cell of every box.
std::vector<Place> slow_places(const Spectrogram& s, Reach least) {
  std::vector<Place> places;
  for (int tick = 0; tick < static_cast<int>(s.size()); ++tick) {
    for (int bin = kFirstBin; bin < kLastBin; ++bin) {
      if (s[tick][bin] < kFloorPower) continue;
      std::optional<Reach> reach;
      for (Reach candidate : {Reach::kNear, Reach::kMiddle, Reach::kFar}) {
        if (is_greatest(s, tick, bin, kPeakBoxes[static_cast<std::size_t>(candidate)])) {
          reach = candidate;
        }
      }
      if (reach && *reach >= least) places.push_back({tick, bin, *reach});
    }
  }
  return places;
}

/// A peak's frequency may lie half a bin off its cell: the greater of the two cells is meant.
std::vector<Place> places_of(const std::vector<Peak>& peaks, const Spectrogram& s) {
  std::vector<Place> places;
  for (const Peak& peak : peaks) {
    const auto row = static_cast<std::size_t>(peak.tick.value);
    int bin = peak.frequency / kBinFractions;
    if (s[row][bin + 1] > s[row][bin]) ++bin;
    places.push_back({peak.tick.value, bin, peak.reach});
  }
  return places;
}

void expect_twins_agree(const Spectrogram& spectrogram) {
  for (Reach least : {Reach::kNear, Reach::kMiddle, Reach::kFar}) {
    EXPECT_EQ(places_of(peaks_of(spectrogram, least), spectrogram), slow_places(spectrogram, least))
        << "least reach " << static_cast<int>(least);
  }
}

TEST(PeakPicker, EqualsItsSlowTwinOnRandomSpectra) {
  for (std::uint32_t seed : {1U, 2U, 3U, 4U}) {
    SCOPED_TRACE(seed);
    Random random(seed);
    Spectrogram spectrogram(40 + 7 * seed, std::vector<float>(Transform::kBins));
    for (auto& column : spectrogram) {
      for (float& power : column) power = static_cast<float>(std::pow(10, -10 * random.share()));
    }
    expect_twins_agree(spectrogram);
  }
}

/// Rows are permutations of one set of numbers: no ties within a row, ties between any two rows.
TEST(PeakPicker, OfEqualColumnsTheFirstIsThePeak) {
  for (std::uint32_t seed : {11U, 12U, 13U}) {
    SCOPED_TRACE(seed);
    Random random(seed);
    std::vector<float> row(Transform::kBins);
    std::iota(row.begin(), row.end(), 1.0F);
    Spectrogram spectrogram;
    for (int tick = 0; tick < 50; ++tick) {
      if (random.below(3) > 0) {
        for (std::size_t i = row.size() - 1; i > 0; --i) {
          std::swap(row[i], row[static_cast<std::size_t>(random.below(static_cast<int>(i) + 1))]);
        }
      }
      spectrogram.push_back(row);
    }
    expect_twins_agree(spectrogram);
  }
}

/// Three equal cells of one column: within reach of each other there is one peak, the lowest.
TEST(PeakPicker, OfEqualCellsInAColumnTheLowestIsThePeak) {
  Spectrogram spectrogram(21, std::vector<float>(Transform::kBins, 1e-6F));
  for (std::size_t bin : {300, 301, 305, 500}) spectrogram[10][bin] = 1;
  std::vector<int> bins;
  for (const Peak& peak : peaks_of(spectrogram, Reach::kFar)) {
    if (peak.tick == Tick(10)) bins.push_back((peak.frequency + 4) / kBinFractions);
  }
  ASSERT_EQ(bins.size(), 2U);
  EXPECT_LE(bins[0], 301);
  EXPECT_EQ(bins[1], 500);
}

TEST(PeakPicker, EqualsItsSlowTwinOnSoundsOfAnyLength) {
  for (std::size_t ticks : {1U, 2U, 3U, 8U, 9U, 16U, 17U, 18U, 60U}) {
    SCOPED_TRACE(ticks);
    test::ColumnCollector collector;
    test::ColumnCollector nowhere;
    ColumnMaker maker(collector, nowhere);
    maker.on_samples(test::melody(ticks * kHop, static_cast<std::uint32_t>(ticks)), {});
    maker.finish();
    expect_twins_agree(collector.columns);
  }
}

TEST(PeakPicker, ReachIsTheLargestBoxWithNothingGreater) {
  const int bin = 300;
  const int tick = 30;
  for (std::size_t box = 0; box < kPeakBoxes.size(); ++box) {
    for (const auto& [bins, ticks] : {PeakBox{kPeakBoxes[box].bins, 0},
                                      {0, kPeakBoxes[box].ticks},
                                      {kPeakBoxes[box].bins, kPeakBoxes[box].ticks},
                                      {-kPeakBoxes[box].bins, -kPeakBoxes[box].ticks}}) {
      Spectrogram spectrogram(61, std::vector<float>(Transform::kBins, 0.0F));
      spectrogram[tick][bin] = 0.5F;
      spectrogram[tick + ticks][bin + bins] = 0.6F;
      const auto peaks = peaks_of(spectrogram, Reach::kNear);
      const auto quiet = std::ranges::count_if(peaks, [](const Peak& p) {
        return p.tick == Tick(30) && p.frequency / kBinFractions == 300;
      });
      // A greater cell on the rim of a box takes that box's reach, and leaves the one before.
      EXPECT_EQ(quiet, box == 0 ? 0 : 1) << bins << " bins, " << ticks << " ticks";
      for (const Peak& peak : peaks) {
        const bool is_quiet = peak.level == level_of_power(0.5);
        EXPECT_EQ(peak.reach, is_quiet ? static_cast<Reach>(box - 1) : Reach::kFar);
      }
    }
  }
}

TEST(PeakPicker, OnlyBinsOfTheAnalysisHavePeaks) {
  for (int bin = 0; bin < Transform::kBins; ++bin) {
    Spectrogram spectrogram(3, std::vector<float>(Transform::kBins, 0.0F));
    spectrogram[1][bin] = 0.25F;
    EXPECT_THAT(peaks_of(spectrogram, Reach::kFar),
                SizeIs(bin >= kFirstBin && bin < kLastBin ? 1 : 0))
        << bin;
  }
}

/// A tone that swells and dies away, so that it has one maximum in time.
test::Samples swelling_tone(double bin, double amplitude, std::size_t count) {
  test::Samples samples = test::sinusoid(bin, amplitude, count);
  for (std::size_t i = 0; i < count; ++i) {
    samples[i] *= static_cast<float>(
        std::sin(std::numbers::pi * static_cast<double>(i) / static_cast<double>(count)));
  }
  return samples;
}

TEST(PeakPicker, MeasuresASinusoidBetweenBinsToAnEighth) {
  for (int step = 0; step <= 40; ++step) {
    const double bin = 200 + step / 40.0;
    const auto peaks = peaks_of_sound(swelling_tone(bin, 0.5, 32'768), Reach::kFar);
    ASSERT_THAT(peaks, testing::Not(IsEmpty())) << "bin " << bin;
    for (const Peak& peak : peaks) {
      EXPECT_NEAR(peak.frequency, bin * kBinFractions, 1) << "bin " << bin;
      EXPECT_NEAR(peak.tick.value, 64, 1) << "bin " << bin;
      EXPECT_LE(peak.level, level_of_power(0.25) + 1) << "bin " << bin;
      EXPECT_GE(peak.level, level_of_power(0.25) - 4) << "bin " << bin;  // halfway: -1.4 dB
    }
  }
}

TEST(PeakPicker, SilenceAndDitherHaveNoPeaks) {
  EXPECT_THAT(peaks_of_sound(test::Samples(32'000, 0.0F), Reach::kNear), IsEmpty());
  EXPECT_THAT(peaks_of_sound(test::noise(1.0 / 32'768, 32'000, 3), Reach::kNear), IsEmpty());
  EXPECT_THAT(peaks_of_sound(test::noise(0.1, 32'000, 3), Reach::kNear), testing::Not(IsEmpty()));
}

TEST(PeakPicker, FloorIsWhereItIsSaidToBe) {
  Spectrogram spectrogram(5, std::vector<float>(Transform::kBins, 0.0F));
  spectrogram[2][100] = kFloorPower;
  EXPECT_THAT(peaks_of(spectrogram, Reach::kFar), SizeIs(1));
  spectrogram[2][100] = std::nextafter(kFloorPower, 0.0F);
  EXPECT_THAT(peaks_of(spectrogram, Reach::kFar), IsEmpty());
}

TEST(PeakPicker, PeaksAreInOrderAndNameTheirChannel) {
  const auto peaks = peaks_of_sound(test::melody(48'000, 9), Reach::kNear);
  EXPECT_TRUE(std::ranges::is_sorted(peaks));
  EXPECT_TRUE(std::ranges::all_of(peaks, [](const Peak& p) { return p.channel == Channel::kMid; }));
  EXPECT_THAT(peaks, testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace needledrop
