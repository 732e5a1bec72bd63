#include "cuesheet/pdf_table.h"

#include <algorithm>
#include <utility>

namespace needledrop {
namespace {

constexpr double kGap = 10;     // between columns
constexpr double kPadding = 3;  // above and below a row's text
constexpr TextStyle kHeading{.size = 7, .is_bold = true};

}  // namespace

PdfTable::PdfTable(PdfCanvas& canvas, std::vector<PdfColumn> columns, double x)
    : canvas_(canvas), columns_(std::move(columns)) {
  for (const PdfColumn& column : columns_) {
    lefts_.push_back(x);
    x += column.width;
  }
}

double PdfTable::width() const {
  return lefts_.back() + columns_.back().width - lefts_.front();
}

double PdfTable::heading_height() const {
  double height = 0;
  for (const PdfColumn& column : columns_) {
    height = std::max(height, canvas_.text_height(column.heading, column.width - kGap, kHeading));
  }
  return height + 2 * kPadding;
}

void PdfTable::draw_heading(double y) {
  const double height = heading_height();
  canvas_.fill_box(lefts_.front(), y, width(), height, 0.92);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    TextStyle style = kHeading;
    style.align = columns_[i].align;
    canvas_.draw_text(lefts_[i] + kGap / 2, y + kPadding, columns_[i].width - kGap,
                      columns_[i].heading, style);
  }
  canvas_.draw_line(lefts_.front(), y + height, lefts_.front() + width(), y + height, 0.8, 0);
}

double PdfTable::cell_height(const PdfCell& cell, std::size_t column) const {
  double height = 0;
  for (const StyledText& part : cell) {
    height += canvas_.text_height(part.text, columns_[column].width - kGap, part.style);
  }
  return height;
}

double PdfTable::line_height(const std::vector<PdfCell>& line, std::size_t first) const {
  double height = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    height = std::max(height, cell_height(line[i], first + i));
  }
  return height;
}

double PdfTable::height_of(const PdfRow& row) const {
  double of_cells = 0;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    of_cells = std::max(of_cells, cell_height(row.cells[i], i));
  }
  double of_lines = 0;
  for (const auto& line : row.lines) of_lines += line_height(line, row.cells.size());
  return std::max(of_cells, of_lines) + 2 * kPadding;
}

void PdfTable::draw_cell(const PdfCell& cell, std::size_t column, double y) {
  for (const StyledText& part : cell) {
    TextStyle style = part.style;
    style.align = columns_[column].align;
    const double width = columns_[column].width - kGap;
    canvas_.draw_text(lefts_[column] + kGap / 2, y, width, part.text, style);
    y += canvas_.text_height(part.text, width, style);
  }
}

void PdfTable::draw(const PdfRow& row, double y) {
  const double bottom = y + height_of(row);
  for (std::size_t i = 0; i < row.cells.size(); ++i) draw_cell(row.cells[i], i, y + kPadding);
  double line_top = y + kPadding;
  for (const auto& line : row.lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      draw_cell(line[i], row.cells.size() + i, line_top);
    }
    line_top += line_height(line, row.cells.size());
  }
  canvas_.draw_line(lefts_.front(), bottom, lefts_.front() + width(), bottom, 0.4, 0.7);
}

PdfCell PdfTable::take(PdfCell& cell, std::size_t column, double height) const {
  PdfCell taken;
  const double width = columns_[column].width - kGap;
  std::size_t whole = 0;
  for (; whole < cell.size(); ++whole) {
    StyledText& part = cell[whole];
    const double needed = canvas_.text_height(part.text, width, part.style);
    if (needed <= height) {
      height -= needed;
      taken.push_back(std::move(part));
      continue;
    }
    const std::size_t fits = canvas_.bytes_within(part.text, width, part.style, height);
    if (fits > 0) taken.push_back({part.text.substr(0, fits), part.style});
    part.text.erase(0, fits);
    break;
  }
  cell.erase(cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(whole));
  return taken;
}

PdfRow PdfTable::take(PdfRow& row, double most_height) const {
  const double room = most_height - 2 * kPadding;
  PdfRow taken;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    taken.cells.push_back(take(row.cells[i], i, room));
  }
  double left = room;
  while (!row.lines.empty()) {
    auto& line = row.lines.front();
    const double height = line_height(line, row.cells.size());
    if (height > left) {
      if (!taken.lines.empty()) break;
      auto& part = taken.lines.emplace_back();  // of one that is higher than a page by itself
      for (std::size_t i = 0; i < line.size(); ++i) {
        part.push_back(take(line[i], row.cells.size() + i, left));
      }
      break;
    }
    left -= height;
    taken.lines.push_back(std::move(line));
    row.lines.erase(row.lines.begin());
  }
  return taken;
}

std::vector<PdfRow> PdfTable::split(PdfRow row, double most_height) const {
  const auto is_empty = [](const PdfRow& each) {
    const auto has_nothing = [](const std::vector<PdfCell>& cells) {
      return std::ranges::all_of(cells, &PdfCell::empty);
    };
    return has_nothing(each.cells) && std::ranges::all_of(each.lines, has_nothing);
  };
  std::vector<PdfRow> rows;
  while (height_of(row) > most_height) {
    PdfRow part = take(row, most_height);
    if (is_empty(part)) break;  // a line of text is higher than a page
    rows.push_back(std::move(part));
  }
  if (rows.empty() || !is_empty(row)) rows.push_back(std::move(row));
  return rows;
}

}  // namespace needledrop
