#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace needledrop {

/// What a cell holds; its kind decides how it is shown and that it can be summed.
struct XlsxNumber {
  double value = 0;
  int decimals = 0;  // 0 to 6
};
using XlsxCell = std::variant<std::monostate,  // empty
                              std::string,     // UTF-8; text whatever it begins with
                              XlsxNumber,
                              Milliseconds>;  // H:MM:SS, hours growing beyond a day

struct XlsxRow {
  std::vector<XlsxCell> cells;
  bool is_bold = false;
};

struct XlsxSheet {
  std::string name;            // at most 31 characters, none of []:*?/\, no two alike
  std::vector<double> widths;  // of the columns, in characters
  std::vector<XlsxRow> rows;
  std::optional<int> header;  // place of the row of column names: bold, shaded, stays in sight with
                              // all above it, and is printed on every page; text above
                              // it runs on over empty cells, all other text is wrapped
  bool is_landscape = false;
};

struct XlsxDocument {
  std::string title;
  std::string author;
  std::chrono::sys_seconds created;  // as it says of itself
  std::vector<XlsxSheet> sheets;     // at least one
};

/// The document as an XLSX workbook. The same document makes the same bytes. kInvalidArgument: a
/// sheet that may not be called so, or text over Excel's 32,767 characters; the message names the
/// sheet, line and column. kIo: no memory file could be made.
Result<std::string> write_xlsx(const XlsxDocument& document);

}  // namespace needledrop
