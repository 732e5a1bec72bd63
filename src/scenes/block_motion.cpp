#include "scenes/block_motion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <span>

namespace needledrop {
namespace {

constexpr int kBlockWidth = 8;
constexpr int kBlockHeight = 6;
constexpr int kColumns = Thumb::kWidth / kBlockWidth;
constexpr int kRows = Thumb::kHeight / kBlockHeight;
constexpr int kBlockPixels = kBlockWidth * kBlockHeight;
/// Detail below this is grain and coding noise.
constexpr double kNoise = 2;

/// A block's pixels, row after row: the compiler makes a difference of two a few instructions.
using Block = std::array<std::uint8_t, kBlockPixels>;

Block block_of(const Thumb::Luma& luma, int left, int top) {
  Block block;
  for (int y = 0; y < kBlockHeight; ++y) {
    std::copy_n(luma.data() + (top + y) * Thumb::kWidth + left, kBlockWidth,
                block.data() + y * kBlockWidth);
  }
  return block;
}

int difference(const std::uint8_t* a, const std::uint8_t* b) {
  int sum = 0;
  // Sixteen at a time: one instruction for each, and none for a loop.
#pragma GCC unroll 3
  for (int i = 0; i < kBlockPixels; ++i) sum += std::abs(a[i] - b[i]);
  return sum;
}

/// A thumb's luma with its edge drawn out, so that every search stays inside. Laid out in strips as
/// wide as a block, one for each column that a block may begin at, rows one after the other: every
/// block that may be asked for lies there in one piece.
class SearchedLuma {
 public:
  explicit SearchedLuma(const Thumb::Luma& luma) {
    std::array<std::uint8_t, kWidth> row;
    for (int y = 0; y < kHeight; ++y) {
      const int source = std::clamp(y - kReachY, 0, Thumb::kHeight - 1) * Thumb::kWidth;
      std::fill_n(row.data(), kReachX, luma[source]);
      std::copy_n(luma.data() + source, Thumb::kWidth, row.data() + kReachX);
      std::fill_n(row.data() + kReachX + Thumb::kWidth, kReachX, luma[source + Thumb::kWidth - 1]);
      for (int x = 0; x < kStrips; ++x) {
        std::copy_n(row.data() + x, kBlockWidth, strips_[x].data() + y * kBlockWidth);
      }
    }
  }

  /// What is left over where the block, which stands at `left` and `top`, is found best nearby:
  /// summed over its pixels.
  [[nodiscard]] int least_difference(const Block& block, int left, int top) const {
    int least = std::numeric_limits<int>::max();
    for (int y = -kReachY; y <= kReachY; ++y) {
      for (int x = -kReachX; x <= kReachX; ++x) {
        least = std::min(least, difference(block.data(), at(left + x, top + y)));
      }
    }
    return least;
  }

 private:
  static constexpr int kWidth = Thumb::kWidth + 2 * kReachX;
  static constexpr int kHeight = Thumb::kHeight + 2 * kReachY;
  static constexpr int kStrips = kWidth - kBlockWidth + 1;

  [[nodiscard]] const std::uint8_t* at(int x, int y) const {
    return strips_[x + kReachX].data() + (y + kReachY) * kBlockWidth;
  }

  std::array<std::array<std::uint8_t, std::size_t{kBlockWidth} * kHeight>, kStrips> strips_;
};

/// Mean absolute deviation of a block from its own mean.
double detail_of(const Block& block) {
  int sum = 0;
  for (const std::uint8_t pixel : block) sum += pixel;
  Block flat;
  flat.fill(static_cast<std::uint8_t>((sum + kBlockPixels / 2) / kBlockPixels));
  return static_cast<double>(difference(block.data(), flat.data())) / kBlockPixels;
}

/// Luma up to here is black, if a little noisy.
constexpr int kBlack = 22;

/// The part of two pictures without the bars of a letterbox that both have.
struct Area {
  int left = 0;
  int top = 0;
  int right = Thumb::kWidth;
  int bottom = Thumb::kHeight;
};

Area seen_area(const Thumb::Luma& a, const Thumb::Luma& b) {
  std::array<std::uint8_t, Thumb::kWidth> columns{};  // the brightest in each
  std::array<std::uint8_t, Thumb::kHeight> rows{};
  for (int y = 0; y < Thumb::kHeight; ++y) {
    for (int x = 0; x < Thumb::kWidth; ++x) {
      const std::uint8_t pixel = std::max(a[y * Thumb::kWidth + x], b[y * Thumb::kWidth + x]);
      columns[x] = std::max(columns[x], pixel);
      rows[y] = std::max(rows[y], pixel);
    }
  }
  // Where a bar ends inside a pixel's row or column, that one is left out too.
  const auto bounds = [](std::span<const std::uint8_t> brightest, int& first, int& end) {
    const int size = end;
    while (first < size && brightest[first] <= kBlack) ++first;
    while (end > first && brightest[end - 1] <= kBlack) --end;
    if (first > 0) ++first;
    if (end < size) --end;
  };
  Area area;
  bounds(columns, area.left, area.right);
  bounds(rows, area.top, area.bottom);
  return area;
}

struct Light {
  double mean = 0;
  double spread = 0;  // mean absolute deviation
};

Light light_of(const Thumb::Luma& luma, const Area& area) {
  std::array<int, 256> counts{};
  for (int y = area.top; y < area.bottom; ++y) {
    for (int x = area.left; x < area.right; ++x) ++counts[luma[y * Thumb::kWidth + x]];
  }
  const int pixels = (area.right - area.left) * (area.bottom - area.top);
  double sum = 0;
  for (int step = 0; step < 256; ++step) sum += counts[step] * step;
  const double mean = sum / pixels;
  double deviation = 0;
  for (int step = 0; step < 256; ++step) deviation += counts[step] * std::abs(step - mean);
  return {mean, deviation / pixels};
}

}  // namespace

Thumb lit_like(const Thumb& thumb, const Thumb& other) {
  constexpr double kMostGain = 3;
  const Area area = seen_area(thumb.luma, other.luma);
  if (area.left >= area.right || area.top >= area.bottom) return thumb;
  const Light from = light_of(thumb.luma, area);
  const Light to = light_of(other.luma, area);
  if (std::min(from.spread, to.spread) < kNoise) return thumb;
  const double gain =
      std::clamp((to.spread + kNoise) / (from.spread + kNoise), 1 / kMostGain, kMostGain);
  std::array<std::uint8_t, 256> lit_step;
  for (int step = 0; step < 256; ++step) {
    lit_step[step] = static_cast<std::uint8_t>(
        std::clamp(std::lround(to.mean + (step - from.mean) * gain), 0L, 255L));
  }
  Thumb lit = thumb;
  for (int y = area.top; y < area.bottom; ++y) {
    for (int x = area.left; x < area.right; ++x) {
      std::uint8_t& pixel = lit.luma[y * Thumb::kWidth + x];
      pixel = lit_step[pixel];
    }
  }
  return lit;
}

double novelty_in_any_light(const Thumb& before, const Thumb& after) {
  return std::min(change_between(before, after).novelty,
                  change_between(lit_like(before, after), after).novelty);
}

Change change_between(const Thumb& before, const Thumb& after) {
  const SearchedLuma luma(before.luma);
  Change change;
  double detail_in_all = 0;
  std::array<double, std::size_t{kRows} * kColumns> block_novelty{};
  int blocks = 0;
  const Area area = seen_area(before.luma, after.luma);
  for (int y = area.top; y + kBlockHeight <= area.bottom; y += kBlockHeight) {
    for (int x = area.left; x + kBlockWidth <= area.right; x += kBlockWidth) {
      const Block block = block_of(after.luma, x, y);
      const double residual =
          static_cast<double>(luma.least_difference(block, x, y)) / kBlockPixels;
      const double detail = detail_of(block) + kNoise;
      change.residual += residual;
      change.novelty += std::min(residual, detail);
      block_novelty[blocks++] = std::min(residual / detail, 1.0);
      detail_in_all += detail;
    }
  }
  if (blocks == 0) return {};
  change.residual /= blocks;
  change.novelty /= detail_in_all;
  const auto calmest = block_novelty.begin() + blocks / 5;
  std::nth_element(block_novelty.begin(), calmest, block_novelty.begin() + blocks);
  change.calmest = *calmest;
  return change;
}

}  // namespace needledrop
