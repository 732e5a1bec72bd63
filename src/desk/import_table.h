#pragma once

#include <string>

#include "base/result.h"
#include "desk/import_columns.h"
#include "desk/imported_catalogue.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {

struct TableWish {
  TableHeader::Wish header{};
  std::string production;  // of rows that name none
};

/// What the rows of a table say, as docs/import.md tells: its first row names the columns. Rows of
/// one work are one work. What is wrong in a row goes to `problems`. The error is the header's.
/// Pure.
Result<ImportedCatalogue> read_import_table(const Spreadsheet& table, const TableWish& wish,
                                            ImportProblems& problems);

}  // namespace needledrop
