#pragma once

#include <string>
#include <vector>

#include "cuesheet/pdf_canvas.h"

namespace needledrop {

/// Texts that stand under one another in a cell.
struct StyledText {
  std::string text;
  TextStyle style;
};
using PdfCell = std::vector<StyledText>;

struct PdfColumn {
  std::string heading;
  double width = 0;
  TextAlign align = TextAlign::kLeft;
};

/// A row: cells of the first columns, which span it in height, and beside them lines with cells of
/// the remaining columns.
struct PdfRow {
  std::vector<PdfCell> cells;
  std::vector<std::vector<PdfCell>> lines;
};

/// A table that is set row by row. Rows are not cut; one that is higher than a page is made several
/// before (see split). Borrows the canvas.
class PdfTable {
 public:
  PdfTable(PdfCanvas& canvas, std::vector<PdfColumn> columns, double x);

  [[nodiscard]] double width() const;
  [[nodiscard]] double heading_height() const;
  void draw_heading(double y);
  [[nodiscard]] double height_of(const PdfRow& row) const;
  void draw(const PdfRow& row, double y);
  /// The row as rows of at most this height: what does not fit goes on in the next one, lines whole
  /// where they fit.
  [[nodiscard]] std::vector<PdfRow> split(PdfRow row, double most_height) const;

 private:
  [[nodiscard]] double cell_height(const PdfCell& cell, std::size_t column) const;
  [[nodiscard]] double line_height(const std::vector<PdfCell>& line, std::size_t first) const;
  /// Takes out of the cell what fits.
  [[nodiscard]] PdfCell take(PdfCell& cell, std::size_t column, double height) const;
  /// Takes out of the row a row of at most this height.
  [[nodiscard]] PdfRow take(PdfRow& row, double most_height) const;
  void draw_cell(const PdfCell& cell, std::size_t column, double y);

  PdfCanvas& canvas_;
  std::vector<PdfColumn> columns_;
  std::vector<double> lefts_;
};

}  // namespace needledrop
