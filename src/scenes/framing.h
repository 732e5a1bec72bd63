#pragma once

#include <array>
#include <span>

#include "media/thumb.h"
#include "scenes/footage.h"

namespace needledrop {

/// A part of a picture, in shares of its width and height.
struct Rectangle {
  double left = 0;
  double top = 0;
  double width = 1;
  double height = 1;

  friend bool operator==(const Rectangle&, const Rectangle&) = default;
};

/// What of an episode's picture a clip's picture shows: the clip's without its bars, the episode's
/// with them.
struct Framing {
  Rectangle shown;
  bool mirrored = false;

  friend bool operator==(const Framing&, const Framing&) = default;
};

/// The part of pictures that is not black bars: what is dark along the edges in all of them. The
/// whole when there is nothing but dark.
Rectangle picture_area(std::span<const Thumb> thumbs);
Rectangle picture_area(const Footage& footage);

/// Cells of a FootagePicture, [first, last) each way.
struct CellRange {
  int first_column = 0;
  int last_column = 0;
  int first_row = 0;
  int last_row = 0;

  [[nodiscard]] int columns() const { return last_column - first_column; }
  [[nodiscard]] int rows() const { return last_row - first_row; }
  friend bool operator==(const CellRange&, const CellRange&) = default;
};

/// Those that a framing shows whole, of a grid of so many; empty when there are none.
CellRange cells_shown(const Rectangle& shown, int columns, int rows);

/// A clip's picture as far as it covers the cells of an episode's; the other cells mean nothing.
struct View {
  CellRange luma_cells;
  CellRange chroma_cells;
  std::array<float, std::tuple_size_v<FootagePicture::Luma>> luma;
  std::array<float, std::tuple_size_v<FootagePicture::Chroma>> blue;
  std::array<float, std::tuple_size_v<FootagePicture::Chroma>> red;
};

/// Sums over a thumb, from which the mean of any part of it is read in no time.
class ThumbSums {
 public:
  explicit ThumbSums(const Thumb& thumb);

  /// The thumb's part `area` is what `framing` shows of an episode.
  [[nodiscard]] View view(const Rectangle& area, const Framing& framing) const;
  /// Luma alone on a grid of `columns` by `rows`, row by row.
  void sample(const Rectangle& area, const Framing& framing, int columns, int rows,
              std::span<float> cells) const;

 private:
  std::array<float, std::size_t{Thumb::kWidth + 1} * (Thumb::kHeight + 1)> luma_;
  std::array<float, std::size_t{Thumb::kChromaWidth + 1} * (Thumb::kChromaHeight + 1)> blue_;
  std::array<float, std::size_t{Thumb::kChromaWidth + 1} * (Thumb::kChromaHeight + 1)> red_;
};

}  // namespace needledrop
