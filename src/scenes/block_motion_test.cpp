#include "scenes/block_motion.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "scenes/made_pictures.h"

namespace needledrop {
namespace {

using test::Place;

constexpr int kBlockWidth = 8;
constexpr int kBlockHeight = 6;
constexpr double kNoise = 2;

int luma_at(const Thumb& thumb, int x, int y) {
  return thumb.luma[std::clamp(y, 0, Thumb::kHeight - 1) * Thumb::kWidth +
                    std::clamp(x, 0, Thumb::kWidth - 1)];
}

/// One block's share in a change: what change_between sums up, pixel by pixel.
struct BlockChange {
  double residual = 0;
  double detail = 0;
};

BlockChange slow_block_change(const Thumb& before, const Thumb& after, int left, int top) {
  const auto difference = [&](int dx, int dy) {
    int sum = 0;
    for (int y = top; y < top + kBlockHeight; ++y) {
      for (int x = left; x < left + kBlockWidth; ++x) {
        sum += std::abs(luma_at(after, x, y) - luma_at(before, x + dx, y + dy));
      }
    }
    return sum;
  };
  int least = difference(0, 0);
  for (int dy = -kReachY; dy <= kReachY; ++dy) {
    for (int dx = -kReachX; dx <= kReachX; ++dx) least = std::min(least, difference(dx, dy));
  }
  int sum = 0;
  int deviation = 0;
  constexpr int kPixels = kBlockWidth * kBlockHeight;
  for (int i = 0; i < kPixels; ++i) sum += luma_at(after, left + i % 8, top + i / 8);
  const int mean = (sum + kPixels / 2) / kPixels;
  for (int i = 0; i < kPixels; ++i) {
    deviation += std::abs(luma_at(after, left + i % 8, top + i / 8) - mean);
  }
  return {static_cast<double>(least) / kPixels, static_cast<double>(deviation) / kPixels + kNoise};
}

/// The slow twin of change_between for pictures without bars.
Change slow_change(const Thumb& before, const Thumb& after, int left = 0, int top = 0,
                   int right = Thumb::kWidth, int bottom = Thumb::kHeight) {
  Change change;
  std::vector<double> novelty;
  double detail = 0;
  for (int y = top; y + kBlockHeight <= bottom; y += kBlockHeight) {
    for (int x = left; x + kBlockWidth <= right; x += kBlockWidth) {
      const BlockChange block = slow_block_change(before, after, x, y);
      change.residual += block.residual;
      change.novelty += std::min(block.residual, block.detail);
      detail += block.detail;
      novelty.push_back(std::min(block.residual / block.detail, 1.0));
    }
  }
  const auto blocks = static_cast<double>(novelty.size());
  std::ranges::sort(novelty);
  return {change.residual / blocks, change.novelty / detail, novelty[novelty.size() / 5]};
}

void expect_same(const Change& fast, const Change& slow) {
  EXPECT_DOUBLE_EQ(fast.residual, slow.residual);
  EXPECT_DOUBLE_EQ(fast.novelty, slow.novelty);
  EXPECT_DOUBLE_EQ(fast.calmest, slow.calmest);
}

TEST(BlockMotion, IsWhatTheSlowTwinSays) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    test::Random random(seed);
    Thumb before = test::noise(random);
    Thumb after = test::noise(random);
    before.luma[0] = before.luma.back() = 255;  // no bars
    expect_same(change_between(before, after), slow_change(before, after));
    const Place place(seed);
    before = place.seen_from(80, 80);
    after = place.seen_from(80 + 12 * random.share() - 6, 80 + 6 * random.share() - 3);
    expect_same(change_between(before, after), slow_change(before, after));
  }
}

TEST(BlockMotion, BarsThatBothPicturesHaveDoNotCount) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Thumb before = Place(seed).seen_from(80, 80);
    Thumb after = Place(seed + 100).seen_from(80, 80);
    for (Thumb* thumb : {&before, &after}) {
      for (std::uint8_t& pixel : thumb->luma) pixel = std::max<std::uint8_t>(pixel, 30);
      std::fill_n(thumb->luma.begin(), 5 * Thumb::kWidth, std::uint8_t{16});
      std::fill_n(thumb->luma.end() - 5 * Thumb::kWidth, 5 * Thumb::kWidth, std::uint8_t{20});
    }
    // The rows beside the bars may be half bar.
    expect_same(change_between(before, after), slow_change(before, after, 0, 6, 64, 30));
  }
}

TEST(BlockMotion, TheSamePictureMovedWithinReachIsNotNew) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Place place(seed);
    const Thumb before = place.seen_from(100, 100);
    EXPECT_EQ(change_between(before, before).novelty, 0);
    for (const int x : {-kReachX, -2, 0, 3, kReachX}) {
      for (const int y : {-kReachY, 0, kReachY}) {
        // At the edges something new comes in.
        EXPECT_LT(change_between(before, place.seen_from(100 + x, 100 + y)).novelty, 0.25);
      }
    }
  }
}

TEST(BlockMotion, AnotherPictureIsNew) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Change change =
        change_between(Place(seed).seen_from(80, 80), Place(seed + 500).seen_from(80, 80));
    EXPECT_GT(change.novelty, 0.45);
    EXPECT_LE(change.novelty, 1);
    EXPECT_GT(change.calmest, 0.2);
  }
}

TEST(BlockMotion, WhereHalfOfThePictureStaysTheCalmestPartDoes) {
  const Thumb before = Place(1).seen_from(80, 80);
  Thumb after = Place(2).seen_from(80, 80);
  for (int y = 0; y < Thumb::kHeight; ++y) {
    std::copy_n(before.luma.data() + y * Thumb::kWidth, 32, after.luma.data() + y * Thumb::kWidth);
  }
  EXPECT_EQ(change_between(before, after).calmest, 0);
  EXPECT_GT(change_between(before, after).novelty, 0.2);
}

TEST(BlockMotion, LightMayBeTakenOut) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Thumb before = Place(seed).seen_from(80, 80);
    const Thumb after = test::brighter(before, 0.7, 40);
    EXPECT_GT(change_between(before, after).novelty, 0.3);
    EXPECT_LT(novelty_in_any_light(before, after), 0.1);
    EXPECT_LE(novelty_in_any_light(before, after), change_between(before, after).novelty);
  }
}

TEST(BlockMotion, FlatPicturesKeepTheirLight) {
  const Thumb detailed = Place(1).seen_from(80, 80);
  for (const int luma : {16, 90, 235}) {
    EXPECT_EQ(lit_like(test::flat(luma), detailed).luma, test::flat(luma).luma);
    EXPECT_EQ(lit_like(detailed, test::flat(luma)).luma, detailed.luma);
  }
}

TEST(BlockMotion, BlackPicturesAreNotDifferent) {
  const Change change = change_between(test::flat(16), test::flat(20));
  EXPECT_EQ(change.novelty, 0);
  EXPECT_EQ(change.residual, 0);
}

}  // namespace
}  // namespace needledrop
