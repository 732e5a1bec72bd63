#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cuesheet/pdf_canvas.h"
#include "cuesheet/pdf_table.h"

namespace needledrop {

/// Something that stands on one page, over the whole width.
struct PdfBlock {
  double height = 0;
  std::function<void(double y)> draw;
  bool is_row = false;  // of the table: the column names stand above it on each page
};

/// What every page shows around its blocks.
struct PdfFrame {
  std::string left;    // at the top
  std::string center;  // at the top, bold
  double margin = 36;
};

/// Sets blocks under one another, page after page; none is cut. Borrows canvas and table. The
/// page's number and the count of all stand at the top right.
class PdfFlow {
 public:
  PdfFlow(PdfCanvas& canvas, PdfTable& table, PageSize size, PdfFrame frame);

  void add(PdfBlock block) { blocks_.push_back(std::move(block)); }
  /// The height that a row can have at most.
  [[nodiscard]] double most_row_height() const;
  /// Draws everything and ends the last page.
  void draw();

 private:
  struct Page {
    std::vector<std::size_t> blocks;
    double end = 0;
    bool has_heading = false;
  };
  [[nodiscard]] std::vector<Page> paginate() const;
  void draw_page(const Page& page, std::size_t number, std::size_t count);

  PdfCanvas& canvas_;
  PdfTable& table_;
  PageSize size_;
  PdfFrame frame_;
  std::vector<PdfBlock> blocks_;
};

}  // namespace needledrop
