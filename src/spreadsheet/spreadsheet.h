#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace needledrop {

/// A row that has text. Cells that are missing at its end are empty.
struct SpreadsheetRow {
  int line = 0;  // from 1: the line of the text where it begins, the row's number in XLSX
  std::vector<std::string> cells;  // UTF-8; the last one is not empty
  friend bool operator==(const SpreadsheetRow&, const SpreadsheetRow&) = default;
};

/// A table as text. A value.
struct Spreadsheet {
  std::vector<SpreadsheetRow> rows;  // by line; rows without text are left out
  std::string encoding;              // "XLSX", or of the text: "UTF-8", "CP949", ...
  char delimiter = '\0';             // of the text; 0 in XLSX
  std::string sheet;                 // of XLSX, the one that was read
};

/// How a file is to be read where its content does not say.
struct SpreadsheetOptions {
  std::string sheet{};       // of XLSX, by name; "" is the first
  char delimiter = '\0';     // of text; 0: found from the first line
  bool takes_quotes = true;  // false: quotation marks are text, as in some tab-separated exports
};

/// What is read at most. More ends at once with one message and bounded memory.
struct SpreadsheetLimits {
  static constexpr std::size_t kFileBytes = std::size_t{128} << 20;
  static constexpr std::size_t kRowBytes = std::size_t{1} << 20;
  static constexpr std::size_t kCellBytes = std::size_t{64} << 10;
  static constexpr std::size_t kColumns = 1'000;
  static constexpr std::size_t kRows = 2'000'000;
  static constexpr std::size_t kCells = 16'000'000;                  // with the empty ones between
  static constexpr std::size_t kTextBytes = std::size_t{256} << 20;  // of all cells
};

/// Reads a table, whatever it is by its content: an XLSX workbook, or text with commas, semicolons
/// or tabs between cells.
///
/// Text may be UTF-8 with or without a mark, UTF-16, CP949 and others (decode_text), its lines end
/// in LF, CRLF or CR, also mixed. Quoting follows RFC 4180; a quotation mark inside an unquoted
/// cell is text. Of a first line "sep=;" the delimiter is taken. A guard against formulas (see
/// formula_guard.h) is taken off.
///
/// Of XLSX (ECMA-376) the shown values are read: formulas as last computed, dates as YYYY-MM-DD,
/// times as HH:MM:SS[.mmm], shares as "50%", truths as TRUE and FALSE. Document types, and with
/// them entities, are refused.
///
/// Errors name line and column, "line 12, column 3: ..." (columns are cells, from 1), not the file:
/// kCorrupt (quotation marks that never close, damaged archives), kUnsupported (over a limit, an
/// old or encrypted workbook, no table at all), kNotFound (no such sheet; the message names those
/// that there are). Pure; any bytes may be given.
Result<Spreadsheet> read_spreadsheet(std::string_view bytes,
                                     const SpreadsheetOptions& options = {});

/// "line 12, column 3".
std::string cell_place(int line, std::size_t column);

}  // namespace needledrop
