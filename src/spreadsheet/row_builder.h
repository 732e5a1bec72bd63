#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "spreadsheet/spreadsheet.h"

// Private to this folder.

namespace needledrop {

/// Collects rows within the limits; the errors of all of them are worded here.
class RowBuilder {
 public:
  /// Ends the row before. Requires: lines grow.
  void begin_row(int line);
  /// Puts a cell at a column, from 1; the ones between are empty. Requires: a row is begun, columns
  /// grow within it. Empty text leaves no trace.
  Result<void> add_cell(std::size_t column, std::string text);
  std::vector<SpreadsheetRow> take();

 private:
  std::vector<SpreadsheetRow> rows_;
  SpreadsheetRow row_;
  std::size_t row_bytes_ = 0;
  std::size_t text_bytes_ = 0;
  std::size_t cells_ = 0;
};

/// "line 12, column 3: the text is longer than 64 KiB".
Error too_long_cell(int line, std::size_t column);

}  // namespace needledrop
