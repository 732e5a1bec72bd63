#include "scenes/framing.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace needledrop {
namespace {

/// Black and what compression makes of it: 16 in studio range.
constexpr int kDark = 26;
/// A bar is not more than this share of the picture at either edge.
constexpr double kWidestBar = 0.3;
/// Cells that stick out by less than this share of a cell count as shown.
constexpr double kSlack = 0.15;

/// How bright the lines of a picture, rows or columns, ever are.
using Brightness = std::vector<int>;

void brighten(std::span<const std::uint8_t> plane, int width, Brightness& rows,
              Brightness& columns) {
  for (std::size_t i = 0; i < plane.size(); ++i) {
    int& row = rows[i / width];
    int& column = columns[i % width];
    row = std::max<int>(row, plane[i]);
    column = std::max<int>(column, plane[i]);
  }
}

/// Where the lines that are not dark begin and end, in shares. A line that a bar covers in part is
/// as bright as it is uncovered.
struct Extent {
  double first = 0;
  double last = 1;
};

Extent extent_of(const Brightness& lines) {
  const auto is_lit = [](int brightness) { return brightness > kDark; };
  const auto first = std::ranges::find_if(lines, is_lit);
  const auto last = std::find_if(lines.rbegin(), lines.rend(), is_lit);
  const auto count = static_cast<double>(lines.size());
  const Extent extent{static_cast<double>(first - lines.begin()) / count,
                      1 - static_cast<double>(last - lines.rbegin()) / count};
  if (first == lines.end() || extent.first > kWidestBar || extent.last < 1 - kWidestBar) return {};
  return extent;
}

Rectangle area_within(const Brightness& rows, const Brightness& columns) {
  const Extent down = extent_of(rows);
  const Extent across = extent_of(columns);
  return {across.first, down.first, across.last - across.first, down.last - down.first};
}

template <std::size_t Sums>
void add_up(std::span<const std::uint8_t> plane, int width, std::array<float, Sums>& sums) {
  const int height = static_cast<int>(plane.size()) / width;
  const int stride = width + 1;
  std::fill_n(sums.begin(), stride, 0.0F);
  for (int y = 0; y < height; ++y) {
    float row = 0;
    sums[(y + 1) * stride] = 0;
    for (int x = 0; x < width; ++x) {
      row += plane[y * width + x];
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
    }
  }
}

/// Where a grid line falls on an axis of the sums.
struct Stop {
  int place = 0;
  float rest = 0;
};

Stop stop_at(double share, int length) {
  const double place = std::clamp(share, 0.0, 1.0) * length;
  const int whole = std::min(static_cast<int>(place), length - 1);
  return {whole, static_cast<float>(place - whole)};
}

float distance(Stop from, Stop to) {
  return std::abs(static_cast<float>(to.place - from.place) + (to.rest - from.rest));
}

/// The grid of so many cells over the episode, its lines placed on the clip's sums.
std::vector<Stop> stops_of(double shown_from, double shown_length, double area_from,
                           double area_length, bool reversed, int cells, int length) {
  std::vector<Stop> stops(cells + 1);
  for (int i = 0; i <= cells; ++i) {
    double share = (static_cast<double>(i) / cells - shown_from) / shown_length;
    if (reversed) share = 1 - share;
    stops[i] = stop_at(area_from + std::clamp(share, 0.0, 1.0) * area_length, length);
  }
  return stops;
}

float sum_at(std::span<const float> sums, int stride, Stop x, Stop y) {
  const float* corner = &sums[y.place * stride + x.place];
  const float above = corner[0] + x.rest * (corner[1] - corner[0]);
  const float below = corner[stride] + x.rest * (corner[stride + 1] - corner[stride]);
  return above + y.rest * (below - above);
}

struct Grid {
  int columns = 0;
  int rows = 0;
};

void sample_plane(std::span<const float> sums, int width, int height, const Rectangle& area,
                  const Framing& framing, Grid grid, std::span<float> cells) {
  const Rectangle& shown = framing.shown;
  const auto across = stops_of(shown.left, shown.width, area.left, area.width, framing.mirrored,
                               grid.columns, width);
  const auto down =
      stops_of(shown.top, shown.height, area.top, area.height, false, grid.rows, height);
  const CellRange range = cells_shown(shown, grid.columns, grid.rows);
  for (int row = range.first_row; row < range.last_row; ++row) {
    float above_left = sum_at(sums, width + 1, across[range.first_column], down[row]);
    float below_left = sum_at(sums, width + 1, across[range.first_column], down[row + 1]);
    for (int column = range.first_column; column < range.last_column; ++column) {
      const Stop& right = across[column + 1];
      const float above = sum_at(sums, width + 1, right, down[row]);
      const float below = sum_at(sums, width + 1, right, down[row + 1]);
      const float x = distance(across[column], right);
      const float y = distance(down[row], down[row + 1]);
      const float sum = std::abs((below - below_left) - (above - above_left));
      cells[row * grid.columns + column] = sum / std::max(x * y, 1e-3F);
      above_left = above;
      below_left = below;
    }
  }
}

}  // namespace

Rectangle picture_area(std::span<const Thumb> thumbs) {
  Brightness rows(Thumb::kHeight);
  Brightness columns(Thumb::kWidth);
  for (const Thumb& thumb : thumbs) brighten(thumb.luma, Thumb::kWidth, rows, columns);
  return area_within(rows, columns);
}

Rectangle picture_area(const Footage& footage) {
  Brightness rows(FootagePicture::kHeight);
  Brightness columns(FootagePicture::kWidth);
  for (const FootagePicture& picture : footage) {
    brighten(picture.luma, FootagePicture::kWidth, rows, columns);
  }
  return area_within(rows, columns);
}

CellRange cells_shown(const Rectangle& shown, int columns, int rows) {
  const auto first = [](double from, int cells) {
    return std::clamp(static_cast<int>(std::ceil(from * cells - kSlack)), 0, cells);
  };
  const auto last = [](double to, int cells) {
    return std::clamp(static_cast<int>(std::floor(to * cells + kSlack)), 0, cells);
  };
  CellRange range{first(shown.left, columns), last(shown.left + shown.width, columns),
                  first(shown.top, rows), last(shown.top + shown.height, rows)};
  range.last_column = std::max(range.first_column, range.last_column);
  range.last_row = std::max(range.first_row, range.last_row);
  return range;
}

ThumbSums::ThumbSums(const Thumb& thumb) {
  add_up(thumb.luma, Thumb::kWidth, luma_);
  add_up(thumb.blue, Thumb::kChromaWidth, blue_);
  add_up(thumb.red, Thumb::kChromaWidth, red_);
}

View ThumbSums::view(const Rectangle& area, const Framing& framing) const {
  View view;
  const Grid luma{FootagePicture::kWidth, FootagePicture::kHeight};
  const Grid chroma{FootagePicture::kChromaWidth, FootagePicture::kChromaHeight};
  view.luma_cells = cells_shown(framing.shown, luma.columns, luma.rows);
  view.chroma_cells = cells_shown(framing.shown, chroma.columns, chroma.rows);
  sample_plane(luma_, Thumb::kWidth, Thumb::kHeight, area, framing, luma, view.luma);
  sample_plane(blue_, Thumb::kChromaWidth, Thumb::kChromaHeight, area, framing, chroma, view.blue);
  sample_plane(red_, Thumb::kChromaWidth, Thumb::kChromaHeight, area, framing, chroma, view.red);
  return view;
}

void ThumbSums::sample(const Rectangle& area, const Framing& framing, int columns, int rows,
                       std::span<float> cells) const {
  sample_plane(luma_, Thumb::kWidth, Thumb::kHeight, area, framing, {columns, rows}, cells);
}

}  // namespace needledrop
