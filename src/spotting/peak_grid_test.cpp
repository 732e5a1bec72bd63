#include "spotting/peak_grid.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using test::Random;

TEST(PeakGrid, FindsThePeaksOfEveryTickAndChannel) {
  for (std::uint32_t seed : {1U, 2U}) {
    SCOPED_TRACE(seed);
    const PeakList list = test::random_episode(700, seed);
    const PeakGrid grid(list);
    EXPECT_EQ(grid.ticks(), 700);
    for (int tick = -3; tick < 705; ++tick) {
      for (Channel channel : {Channel::kMid, Channel::kSide}) {
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < list.peaks.size(); ++i) {
          if (list.peaks[i].tick == Tick(tick) && list.peaks[i].channel == channel) {
            expected.push_back(i);
          }
        }
        std::vector<std::uint32_t> found;
        const auto range = grid.at(channel, tick);
        for (auto i = range.first; i < range.last; ++i) found.push_back(i);
        ASSERT_EQ(found, expected) << tick;
      }
    }
  }
}

TEST(PeakGrid, OnlyWhereNoPeakIsNearItSaysSo) {
  const PeakList list = test::random_episode(300, 6);
  const PeakGrid grid(list);
  Random random(7);
  int spared = 0;
  constexpr int kPlaces = 20'000;
  for (int i = 0; i < kPlaces; ++i) {
    const int tick = random.within(-3, 303);
    const int frequency = random.within(0, kLastBin * kBinFractions + 100);
    const Channel channel = random.below(2) == 0 ? Channel::kMid : Channel::kSide;
    const bool has_near = std::ranges::any_of(list.peaks, [&](const Peak& peak) {
      return peak.channel == channel && std::abs(peak.tick.value - tick) <= PeakGrid::kNearTicks &&
             std::abs(peak.frequency - frequency) <= PeakGrid::kNearFrequency;
    });
    const bool may_have_near = grid.may_have_near(channel, tick, frequency);
    ASSERT_TRUE(may_have_near || !has_near) << tick << ' ' << frequency;
    spared += may_have_near ? 0 : 1;
  }
  EXPECT_GT(spared, kPlaces / 2);
}

/// Peaks of a kind within some seconds and bins of a place, per tick and eighth of a bin.
double counted_density(const PeakList& list, const Peak& like, int ticks, int width) {
  const auto count = std::ranges::count_if(list.peaks, [&](const Peak& p) {
    return p.channel == like.channel && p.reach == like.reach &&
           std::abs((p.tick - like.tick).value) <= ticks &&
           std::abs(p.frequency - like.frequency) <= width;
  });
  return static_cast<double>(count) / ((2 * ticks + 1) * (2 * width + 1));
}

/// Where peaks lie evenly, any neighbourhood counts the same.
TEST(PeakGrid, DensityOfEvenNoiseIsWhatCountingGives) {
  const PeakList list = test::random_episode(6'000, 3, 8);
  const PeakGrid grid(list);
  for (Reach reach : {Reach::kNear, Reach::kMiddle, Reach::kFar}) {
    double estimated = 0;
    double counted = 0;
    Random random(4);
    for (int i = 0; i < 200; ++i) {
      Peak place = test::random_peak(4'000, Channel::kSide, random);
      place.tick = place.tick + Tick(1'000);
      place.frequency = static_cast<std::uint16_t>(400 + random.below(4'800));
      place.reach = reach;
      estimated += static_cast<double>(
          grid.density(place.channel, reach, place.tick.value, place.frequency));
      counted += counted_density(list, place, 500, 40);
    }
    EXPECT_NEAR(estimated / counted, 1, 0.1) << "reach " << static_cast<int>(reach);
  }
}

/// A held tone: peaks at one frequency, time after time.
TEST(PeakGrid, DensityIsHighAlongATone) {
  PeakList list = test::random_episode(3'000, 5);
  for (int tick = 0; tick < 3'000; tick += 10) {
    list.peaks.push_back(test::peak_at(tick, 2'000, Channel::kMid));
  }
  test::sort_peaks(list);
  const PeakGrid grid(list);
  const float on = grid.density(Channel::kMid, Reach::kFar, 1'500, 2'000);
  EXPECT_GT(on, 10 * grid.density(Channel::kMid, Reach::kFar, 1'500, 2'400));
  EXPECT_GT(on, 10 * grid.density(Channel::kSide, Reach::kFar, 1'500, 2'000));
  EXPECT_GT(on, 10 * grid.density(Channel::kMid, Reach::kMiddle, 1'500, 2'000));
}

TEST(PeakGrid, DensityIsNeverZeroNorAboveOne) {
  const PeakList nothing = {Tick(1'000), {}, {}};
  const PeakList none = {};
  PeakList crowd = {Tick(300), {}, {}};
  for (int tick = 0; tick < 300; ++tick) {
    for (int frequency = 2'000; frequency < 2'100; ++frequency) {
      crowd.peaks.push_back(test::peak_at(tick, frequency, Channel::kMid));
    }
  }
  for (const auto& list : {std::cref(nothing), std::cref(none), std::cref(std::as_const(crowd))}) {
    const PeakGrid grid(list.get());
    for (int tick : {-10'000, -1, 0, 150, 299, 999, 1'000, 1'000'000}) {
      for (int frequency : {0, 160, 2'050, kLastBin * kBinFractions, 65'535}) {
        const float density = grid.density(Channel::kMid, Reach::kFar, tick, frequency);
        EXPECT_GT(density, 0) << tick << ' ' << frequency;
        EXPECT_LE(density, 1) << tick << ' ' << frequency;
      }
    }
  }
}

}  // namespace
}  // namespace needledrop
