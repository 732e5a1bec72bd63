#include "spreadsheet/csv_line.h"

#include <algorithm>
#include <array>

#include "spreadsheet/formula_guard.h"

namespace needledrop {
namespace {

/// What ends a cell or a line for some reader; those of Unicode (NEL, LS, PS) among them.
bool needs_quotes(std::string_view cell) {
  constexpr std::array<std::string_view, 7> kEnds{"\"",     ",",      "\r",    "\n",
                                                  "\u0085", "\u2028", "\u2029"};
  return std::ranges::any_of(
      kEnds, [cell](std::string_view end) { return cell.find(end) != std::string_view::npos; });
}

std::string quoted(std::string_view cell) {
  std::string result = "\"";
  for (const char c : cell) {
    result += c;
    if (c == '"') result += c;
  }
  return result + '"';
}

}  // namespace

void CsvLine::text(std::string_view value) {
  const std::string cell = guarded_against_formulas(value);
  plain(needs_quotes(cell) ? quoted(cell) : cell);
}

void CsvLine::plain(std::string_view cell) {
  line_ += is_first_ ? "" : ",";
  line_ += cell;
  is_first_ = false;
}

std::string CsvLine::ended() const {
  return line_ + "\r\n";
}

}  // namespace needledrop
