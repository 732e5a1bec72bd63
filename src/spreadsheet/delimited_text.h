#pragma once

#include <string_view>

#include "base/result.h"
#include "spreadsheet/spreadsheet.h"

// Private to this folder.

namespace needledrop {

/// Reads a table of text: see read_spreadsheet.
Result<Spreadsheet> read_delimited_text(std::string_view bytes, const SpreadsheetOptions& options);

}  // namespace needledrop
