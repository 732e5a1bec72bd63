#include "scenes/footage_likeness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace needledrop {
namespace {

/// What compression does to a cell, in 8-bit steps: what varies by no more shows nothing.
constexpr float kRough = 3.0F;
constexpr float kFine = 1.2F;
/// Detail is what differs from the mean of so many cells to each side.
constexpr int kAround = 2;
/// Fewer cells than this each way tell nothing.
constexpr int kLeastCells = 8;

using Plane = std::array<float, std::tuple_size_v<FootagePicture::Luma>>;

/// Sums of products of two planes' cells.
struct Products {
  float ab = 0;
  float aa = 0;
  float bb = 0;
  float cells = 0;

  void add(float a, float b, float weight = 1) {
    ab += weight * a * b;
    aa += weight * a * a;
    bb += weight * b * b;
  }
  [[nodiscard]] double correlation(float noise) const {
    const float least = noise * noise * cells;
    return ab / std::sqrt((aa + least) * (bb + least));
  }
};

/// Copies the cells of a range, closely packed.
template <typename Cell>
void gather(std::span<const Cell> plane, int width, const CellRange& range, float* cells) {
  for (int row = range.first_row; row < range.last_row; ++row) {
    for (int column = range.first_column; column < range.last_column; ++column) {
      *cells++ = static_cast<float>(plane[row * width + column]);
    }
  }
}

void centre(Plane& plane, int cells) {
  float sum = 0;
  for (int i = 0; i < cells; ++i) sum += plane[i];
  const float mean = sum / static_cast<float>(cells);
  for (int i = 0; i < cells; ++i) plane[i] -= mean;
}

/// Along lines of `length` cells that are `step` apart from one another: each cell becomes the mean
/// of those around it.
void blur(const Plane& plane, int lines, int line_step, int length, int step, Plane& blurred) {
  for (int line = 0; line < lines; ++line) {
    const float* from = &plane[line * line_step];
    float* to = &blurred[line * line_step];
    float sum = 0;
    for (int i = 0; i < std::min(kAround, length); ++i) sum += from[i * step];
    for (int i = 0; i < length; ++i) {
      if (i + kAround < length) sum += from[(i + kAround) * step];
      if (i - kAround - 1 >= 0) sum -= from[(i - kAround - 1) * step];
      const int first = std::max(0, i - kAround);
      const int last = std::min(length - 1, i + kAround);
      to[i * step] = sum / static_cast<float>(last - first + 1);
    }
  }
}

void keep_detail(Plane& plane, int columns, int rows) {
  Plane across;
  Plane both;
  blur(plane, rows, columns, columns, 1, across);
  blur(across, columns, 1, rows, columns, both);
  for (int i = 0; i < columns * rows; ++i) plane[i] -= both[i];
}

void add_chroma(std::span<const float> view, std::span<const std::uint8_t> picture,
                const CellRange& range, Products& products) {
  constexpr float kGrey = 128;
  constexpr float kCells = 4;  // of luma, under one of chroma
  constexpr float kWeight = 0.5F * kCells;
  for (int row = range.first_row; row < range.last_row; ++row) {
    for (int column = range.first_column; column < range.last_column; ++column) {
      const int i = row * FootagePicture::kChromaWidth + column;
      products.add(view[i] - kGrey, static_cast<float>(picture[i]) - kGrey, kWeight);
    }
  }
}

}  // namespace

Likeness likeness(const View& view, const FootagePicture& picture) {
  const CellRange& range = view.luma_cells;
  if (range.columns() < kLeastCells || range.rows() < kLeastCells) return {};
  const int cells = range.columns() * range.rows();
  Plane a;
  Plane b;
  gather(std::span<const float>(view.luma), FootagePicture::kWidth, range, a.data());
  gather(std::span<const std::uint8_t>(picture.luma), FootagePicture::kWidth, range, b.data());
  centre(a, cells);
  centre(b, cells);
  Products whole;
  whole.cells = static_cast<float>(cells);
  for (int i = 0; i < cells; ++i) whole.add(a[i], b[i]);
  add_chroma(view.blue, picture.blue, view.chroma_cells, whole);
  add_chroma(view.red, picture.red, view.chroma_cells, whole);
  keep_detail(a, range.columns(), range.rows());
  keep_detail(b, range.columns(), range.rows());
  Products detail;
  detail.cells = static_cast<float>(cells);
  for (int i = 0; i < cells; ++i) detail.add(a[i], b[i]);
  const float most = std::max(detail.aa, detail.bb);
  return {whole.correlation(kRough), detail.correlation(kFine),
          most / (most + kFine * kFine * detail.cells)};
}

}  // namespace needledrop
