#include "spreadsheet/row_builder.h"

#include <utility>

#include <fmt/format.h>

namespace needledrop {
namespace {

using Limits = SpreadsheetLimits;

Error over(int line, std::string_view what) {
  return fail(Error::Kind::kUnsupported, fmt::format("line {}: {}", line, what));
}

}  // namespace

void RowBuilder::begin_row(int line) {
  if (!row_.cells.empty()) rows_.push_back(std::move(row_));
  row_ = {line, {}};
  row_bytes_ = 0;
}

Result<void> RowBuilder::add_cell(std::size_t column, std::string text) {
  if (text.empty()) return {};
  if (column > Limits::kColumns) {
    return over(row_.line, fmt::format("there are more than {} columns", Limits::kColumns));
  }
  if (text.size() > Limits::kCellBytes) return too_long_cell(row_.line, column);
  row_bytes_ += text.size();
  if (row_bytes_ > Limits::kRowBytes) return over(row_.line, "the line is longer than 1 MB");
  if (row_.cells.empty() && rows_.size() == Limits::kRows) {
    return over(row_.line, fmt::format("there are more than {} rows", Limits::kRows));
  }
  text_bytes_ += text.size();
  cells_ += column - row_.cells.size();
  if (cells_ > Limits::kCells || text_bytes_ > Limits::kTextBytes) {
    return over(row_.line, fmt::format("the table is too large: over {} cells or {} MB of text",
                                       Limits::kCells, Limits::kTextBytes >> 20));
  }
  row_.cells.resize(column - 1);
  row_.cells.push_back(std::move(text));
  return {};
}

std::vector<SpreadsheetRow> RowBuilder::take() {
  if (!row_.cells.empty()) rows_.push_back(std::move(row_));
  row_ = {};
  return std::exchange(rows_, {});
}

Error too_long_cell(int line, std::size_t column) {
  return fail(Error::Kind::kUnsupported,
              fmt::format("{}: the text is longer than {} KiB", cell_place(line, column),
                          Limits::kCellBytes >> 10));
}

}  // namespace needledrop
