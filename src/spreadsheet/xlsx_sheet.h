#pragma once

#include <vector>

#include "base/result.h"
#include "spreadsheet/spreadsheet.h"
#include "spreadsheet/xlsx_workbook.h"
#include "spreadsheet/xml_reader.h"

// Private to this folder.

namespace needledrop {

/// The rows of a worksheet's part, as read_spreadsheet gives them.
Result<std::vector<SpreadsheetRow>> read_sheet(XmlReader& reader, const Workbook& workbook);

/// The column, from 1, of a cell's reference like "AB12"; 0 when it is none that a sheet can have.
std::size_t column_of_reference(std::string_view reference);

}  // namespace needledrop
