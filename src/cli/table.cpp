#include "cli/table.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "cli/text_width.h"

namespace needledrop {
namespace {

constexpr std::size_t kGap = 2;
/// A column that gives way keeps this much, so that one still knows what it says.
constexpr std::size_t kNarrowest = 8;

}  // namespace

void Table::add_row(std::vector<std::string> cells) {
  ND_ASSERT(cells.size() == columns_.size());
  for (std::string& cell : cells) cell = printable(cell);
  rows_.push_back({std::move(cells), std::nullopt});
}

void Table::add_note(std::size_t column, const std::string& text) {
  ND_ASSERT(column < columns_.size());
  rows_.push_back({{printable(text)}, column});
}

std::string Table::note(const Row& row, const std::vector<std::size_t>& widths, std::size_t width) {
  std::size_t indent = 0;
  for (std::size_t i = 0; i < *row.note_column; ++i) indent += widths[i] + kGap;
  const std::size_t room = std::max(kNarrowest, width - std::min(width, indent));
  return std::string(indent, ' ') + shortened(row.cells.front(), room) + "\n";
}

std::vector<std::size_t> Table::fit(std::size_t width) const {
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) widths.push_back(text_width(column.heading));
  for (const Row& row : rows_) {
    if (row.note_column.has_value()) continue;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      widths[i] = std::max(widths[i], text_width(row.cells[i]));
    }
  }
  std::size_t total = kGap * (columns_.size() - 1);
  for (const std::size_t columns : widths) total += columns;
  while (total > width) {
    std::size_t widest = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!columns_[i].gives_way || widths[i] <= kNarrowest) continue;
      if (widest == columns_.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == columns_.size()) break;
    --widths[widest];
    --total;
  }
  return widths;
}

std::string Table::text(std::size_t width) const {
  const std::vector<std::size_t> widths = fit(width);
  std::string text;
  const auto add_line = [&](const auto& cell_at) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string cell = shortened(cell_at(i), widths[i]);
      const std::string blank(widths[i] - std::min(widths[i], text_width(cell)), ' ');
      if (i > 0) line.append(kGap, ' ');
      line += columns_[i].align == Align::kRight ? blank + cell : cell + blank;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  add_line([&](std::size_t i) -> const std::string& { return columns_[i].heading; });
  for (const Row& row : rows_) {
    if (row.note_column.has_value()) {
      text += note(row, widths, width);
    } else {
      add_line([&](std::size_t i) -> const std::string& { return row.cells[i]; });
    }
  }
  return text;
}

}  // namespace needledrop
