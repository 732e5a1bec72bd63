#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "spreadsheet/number_format.h"
#include "spreadsheet/xlsx_archive.h"

// Private to this folder.

namespace needledrop {

struct WorkbookSheet {
  std::string name;
  std::string part;  // of the archive
};

/// What of a workbook its sheets refer to.
struct Workbook {
  std::vector<WorkbookSheet> sheets;  // in order; charts are none
  bool counts_from_1904 = false;
  std::vector<std::string> strings;     // that cells name by number
  std::vector<NumberMeaning> meanings;  // of numbers, by a cell's style
};

/// kUnsupported when the archive is no workbook.
Result<Workbook> read_workbook(XlsxArchive& archive);

}  // namespace needledrop
