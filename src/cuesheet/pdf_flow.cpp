#include "cuesheet/pdf_flow.h"

#include <utility>

#include <fmt/format.h>

namespace needledrop {
namespace {

constexpr double kFrameHeight = 20;  // of the line at the top, with its gap
constexpr TextStyle kFrameText{.size = 7.5, .grey = 0.35};

}  // namespace

PdfFlow::PdfFlow(PdfCanvas& canvas, PdfTable& table, PageSize size, PdfFrame frame)
    : canvas_(canvas), table_(table), size_(size), frame_(std::move(frame)) {}

double PdfFlow::most_row_height() const {
  return size_.height - 2 * frame_.margin - kFrameHeight - table_.heading_height();
}

std::vector<PdfFlow::Page> PdfFlow::paginate() const {
  const double top = frame_.margin + kFrameHeight;
  const double bottom = size_.height - frame_.margin;
  const double heading = table_.heading_height();
  std::vector<Page> pages(1, Page{{}, top, false});
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const PdfBlock& block = blocks_[i];
    const auto needed = [&](const Page& page) {
      return block.height + (block.is_row && !page.has_heading ? heading : 0);
    };
    const bool is_full = pages.back().end + needed(pages.back()) > bottom;
    if (is_full && !pages.back().blocks.empty()) pages.push_back({{}, top, false});
    Page& page = pages.back();
    page.end += needed(page);
    page.has_heading = page.has_heading || block.is_row;
    page.blocks.push_back(i);
  }
  return pages;
}

void PdfFlow::draw_page(const Page& page, std::size_t number, std::size_t count) {
  const double left = frame_.margin;
  const double width = size_.width - 2 * frame_.margin;
  canvas_.draw_text(left, left, width * 0.6, frame_.left, kFrameText);
  TextStyle style = kFrameText;
  style.align = TextAlign::kRight;
  canvas_.draw_text(left, left, width, fmt::format("Page {} of {}", number, count), style);
  style.align = TextAlign::kCenter;
  style.is_bold = true;
  canvas_.draw_text(left, left, width, frame_.center, style);
  double y = left + kFrameHeight;
  canvas_.draw_line(left, y - 6, left + width, y - 6, 0.4, 0.35);
  bool has_heading = false;
  for (const std::size_t i : page.blocks) {
    if (blocks_[i].is_row && !has_heading) {
      table_.draw_heading(y);
      y += table_.heading_height();
      has_heading = true;
    }
    blocks_[i].draw(y);
    y += blocks_[i].height;
  }
  canvas_.end_page();
}

void PdfFlow::draw() {
  const std::vector<Page> pages = paginate();
  for (std::size_t i = 0; i < pages.size(); ++i) draw_page(pages[i], i + 1, pages.size());
}

}  // namespace needledrop
