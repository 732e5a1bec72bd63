#include <string_view>

#include "fuzz_target.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {
namespace {

using Limits = SpreadsheetLimits;

void require(bool promise) {
  if (!promise) __builtin_trap();
}

void require_row(const SpreadsheetRow& row) {
  require(!row.cells.empty() && !row.cells.back().empty());
  require(row.cells.size() <= Limits::kColumns);
  for (const std::string& cell : row.cells) require(cell.size() <= Limits::kCellBytes);
}

}  // namespace

/// Whatever is read is within the limits, in order of lines, and an error says why.
void fuzz_spreadsheet(std::span<const std::uint8_t> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (const bool takes_quotes : {true, false}) {
    SpreadsheetOptions options;
    options.takes_quotes = takes_quotes;
    const auto read = read_spreadsheet(text, options);
    if (!read.has_value()) {
      require(!read.error().message.empty());
      continue;
    }
    int before = 0;
    for (const SpreadsheetRow& row : read->rows) {
      require_row(row);
      require(row.line > before);
      before = row.line;
    }
  }
}

}  // namespace needledrop
