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

/// A thumb's luma with its edge drawn out, so that every search stays inside.
constexpr int kPaddedWidth = Thumb::kWidth + 2 * kReachX + 4;
constexpr int kPaddedHeight = Thumb::kHeight + 2 * kReachY;
using Padded = std::array<std::uint8_t, std::size_t{kPaddedWidth} * kPaddedHeight>;

void pad(const Thumb::Luma& luma, Padded& padded) {
  for (int y = 0; y < kPaddedHeight; ++y) {
    const int source = std::clamp(y - kReachY, 0, Thumb::kHeight - 1) * Thumb::kWidth;
    std::uint8_t* row = padded.data() + y * kPaddedWidth;
    std::fill_n(row, kReachX, luma[source]);
    std::copy_n(luma.data() + source, Thumb::kWidth, row + kReachX);
    std::fill_n(row + kReachX + Thumb::kWidth, kPaddedWidth - kReachX - Thumb::kWidth,
                luma[source + Thumb::kWidth - 1]);
  }
}

struct Vector {
  int x = 0;
  int y = 0;
  int difference = std::numeric_limits<int>::max();  // summed over the block
};

int difference_at(const std::uint8_t* block, const std::uint8_t* other) {
  int sum = 0;
  for (int y = 0; y < kBlockHeight; ++y) {
    for (int x = 0; x < kBlockWidth; ++x) {
      sum += std::abs(block[y * Thumb::kWidth + x] - other[y * kPaddedWidth + x]);
    }
  }
  return sum;
}

/// The first of the best in order of rows; standing still wins a tie.
Vector best_vector(const std::uint8_t* block, const std::uint8_t* centre) {
  Vector best{0, 0, difference_at(block, centre)};
  for (int y = -kReachY; y <= kReachY; ++y) {
    for (int x = -kReachX; x <= kReachX; ++x) {
      const int difference = difference_at(block, centre + y * kPaddedWidth + x);
      if (difference < best.difference) best = {x, y, difference};
    }
  }
  return best;
}

/// Mean absolute deviation of a block from its own mean.
double detail_of(const std::uint8_t* block) {
  int sum = 0;
  for (int y = 0; y < kBlockHeight; ++y) {
    for (int x = 0; x < kBlockWidth; ++x) sum += block[y * Thumb::kWidth + x];
  }
  const int mean = (sum + kBlockPixels / 2) / kBlockPixels;
  int deviation = 0;
  for (int y = 0; y < kBlockHeight; ++y) {
    for (int x = 0; x < kBlockWidth; ++x) {
      deviation += std::abs(block[y * Thumb::kWidth + x] - mean);
    }
  }
  return static_cast<double>(deviation) / kBlockPixels;
}

int chroma_difference(const Thumb::Chroma& before, const Thumb::Chroma& after, int left, int top,
                      Vector vector) {
  int sum = 0;
  for (int y = 0; y < kBlockHeight / 2; ++y) {
    const int ay = top / 2 + y;
    const int by = std::clamp(ay + vector.y / 2, 0, Thumb::kChromaHeight - 1);
    for (int x = 0; x < kBlockWidth / 2; ++x) {
      const int ax = left / 2 + x;
      const int bx = std::clamp(ax + vector.x / 2, 0, Thumb::kChromaWidth - 1);
      sum += std::abs(after[ay * Thumb::kChromaWidth + ax] - before[by * Thumb::kChromaWidth + bx]);
    }
  }
  return sum;
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
  std::array<bool, Thumb::kWidth> columns{};
  std::array<bool, Thumb::kHeight> rows{};
  for (int y = 0; y < Thumb::kHeight; ++y) {
    for (int x = 0; x < Thumb::kWidth; ++x) {
      const int i = y * Thumb::kWidth + x;
      if (a[i] <= kBlack && b[i] <= kBlack) continue;
      columns[x] = true;
      rows[y] = true;
    }
  }
  // Where a bar ends inside a pixel's row or column, that one is left out too.
  const auto bounds = [](std::span<const bool> seen, int& first, int& end) {
    const int size = end;
    while (first < size && !seen[first]) ++first;
    while (end > first && !seen[end - 1]) --end;
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
  const int pixels = (area.right - area.left) * (area.bottom - area.top);
  const auto add_up = [&](auto value) {
    double sum = 0;
    for (int y = area.top; y < area.bottom; ++y) {
      for (int x = area.left; x < area.right; ++x) sum += value(luma[y * Thumb::kWidth + x]);
    }
    return sum / pixels;
  };
  const double mean = add_up([](int pixel) { return pixel; });
  return {mean, add_up([&](int pixel) { return std::abs(pixel - mean); })};
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
  Thumb lit = thumb;
  for (int y = area.top; y < area.bottom; ++y) {
    for (int x = area.left; x < area.right; ++x) {
      std::uint8_t& pixel = lit.luma[y * Thumb::kWidth + x];
      pixel = static_cast<std::uint8_t>(
          std::clamp(std::lround(to.mean + (pixel - from.mean) * gain), 0L, 255L));
    }
  }
  return lit;
}

Change change_between(const Thumb& before, const Thumb& after) {
  Padded padded;
  pad(before.luma, padded);
  Change change;
  double detail_in_all = 0;
  std::array<double, std::size_t{kRows} * kColumns> block_novelty{};
  int blocks = 0;
  const Area area = seen_area(before.luma, after.luma);
  for (int y = area.top; y + kBlockHeight <= area.bottom; y += kBlockHeight) {
    for (int x = area.left; x + kBlockWidth <= area.right; x += kBlockWidth) {
      const std::uint8_t* block = after.luma.data() + y * Thumb::kWidth + x;
      const Vector vector =
          best_vector(block, padded.data() + (y + kReachY) * kPaddedWidth + x + kReachX);
      const double residual = static_cast<double>(vector.difference) / kBlockPixels;
      const double detail = detail_of(block) + kNoise;
      change.residual += residual;
      change.novelty += std::min(residual, detail);
      block_novelty[blocks++] = std::min(residual / detail, 1.0);
      detail_in_all += detail;
      change.colour += chroma_difference(before.blue, after.blue, x, y, vector) +
                       chroma_difference(before.red, after.red, x, y, vector);
    }
  }
  if (blocks == 0) return {};
  change.residual /= blocks;
  change.novelty /= detail_in_all;
  const auto calmest = block_novelty.begin() + blocks / 5;
  std::nth_element(block_novelty.begin(), calmest, block_novelty.begin() + blocks);
  change.calmest = *calmest;
  change.colour /= static_cast<double>(blocks) * kBlockPixels / 2;
  return change;
}

}  // namespace needledrop
