#include "scenes/sketch.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <span>

namespace needledrop {
namespace {

template <std::size_t Cells>
void shrink(std::span<const std::uint8_t> plane, int width, int height,
            std::array<std::uint8_t, Cells>& cells) {
  const int cell_width = width / Sketch::kWidth;
  const int cell_height = height / Sketch::kHeight;
  for (int row = 0; row < Sketch::kHeight; ++row) {
    for (int column = 0; column < Sketch::kWidth; ++column) {
      int sum = 0;
      for (int y = row * cell_height; y < (row + 1) * cell_height; ++y) {
        for (int x = column * cell_width; x < (column + 1) * cell_width; ++x) {
          sum += plane[y * width + x];
        }
      }
      const int pixels = cell_width * cell_height;
      cells[row * Sketch::kWidth + column] = static_cast<std::uint8_t>((sum + pixels / 2) / pixels);
    }
  }
}

/// Over the cells where both pictures are, with `b` moved by x and y.
double difference_at(const Sketch& a, const Sketch& b, int x, int y) {
  int luma = 0;
  int chroma = 0;
  int cells = 0;
  for (int row = std::max(0, y); row < Sketch::kHeight + std::min(0, y); ++row) {
    for (int column = std::max(0, x); column < Sketch::kWidth + std::min(0, x); ++column) {
      const int i = row * Sketch::kWidth + column;
      const int j = (row - y) * Sketch::kWidth + column - x;
      luma += std::abs(a.luma[i] - b.luma[j]);
      chroma += std::abs(a.blue[i] - b.blue[j]) + std::abs(a.red[i] - b.red[j]);
      ++cells;
    }
  }
  return (luma + chroma / 2.0) / cells;
}

}  // namespace

Sketch sketch_of(const Thumb& thumb) {
  static_assert(Thumb::kWidth % Sketch::kWidth == 0 && Thumb::kHeight % Sketch::kHeight == 0);
  static_assert(Thumb::kChromaWidth % Sketch::kWidth == 0);
  static_assert(Thumb::kChromaHeight % Sketch::kHeight == 0);
  Sketch sketch;
  shrink(thumb.luma, Thumb::kWidth, Thumb::kHeight, sketch.luma);
  shrink(thumb.blue, Thumb::kChromaWidth, Thumb::kChromaHeight, sketch.blue);
  shrink(thumb.red, Thumb::kChromaWidth, Thumb::kChromaHeight, sketch.red);
  return sketch;
}

double difference(const Sketch& a, const Sketch& b) {
  return difference_at(a, b, 0, 0);
}

double moved_difference(const Sketch& a, const Sketch& b, int reach) {
  double least = std::numeric_limits<double>::max();
  for (int y = -reach / 2; y <= reach / 2; ++y) {
    for (int x = -reach; x <= reach; ++x) least = std::min(least, difference_at(a, b, x, y));
  }
  return least;
}

Mix mix_of(const Sketch& picture, const Sketch& a, const Sketch& b) {
  // Least squares: the picture's projection on the line from a to b, and its distance from it.
  double along = 0;
  double length = 0;
  double all = 0;
  const auto add = [&](const auto& p, const auto& from, const auto& to, double weight) {
    for (int i = 0; i < Sketch::kCells; ++i) {
      const double step = to[i] - from[i];
      const double way = p[i] - from[i];
      along += weight * step * way;
      length += weight * step * step;
      all += weight * way * way;
    }
  };
  add(picture.luma, a.luma, b.luma, 1);
  add(picture.blue, a.blue, b.blue, 0.5);
  add(picture.red, a.red, b.red, 0.5);
  const double share = along / length;
  const double aside = std::max(all - share * along, 0.0);
  return {share, std::sqrt(aside / length)};
}

}  // namespace needledrop
