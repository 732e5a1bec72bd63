#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "desk/import_columns.h"
#include "desk/import_outcome.h"

namespace needledrop {

class Desk;

struct ImportOptions {
  std::optional<TableKind> kind;  // of a table; nothing: found from its columns
  std::string sheet;              // of a workbook; "" the first
  std::string production;         // of episodes that name none
  std::string author;             // who imports
  std::string source;             // where the file is for good, by which it is known; "" its path
  bool dry_run = false;           // tell what would change, and change nothing
  bool side_by_side = false;      // what contradicts a person's decision stands beside it
  bool ignores_unknown = false;   // leave out columns that are not known
};

/// Imports a file as one edit: a table (CSV, tab-separated, XLSX) or a JSON document, as
/// docs/import.md tells. Everything that is wrong with it is told at once, and then nothing of it
/// is entered. Errors: of reading the file (kNotFound, kIo, kCorrupt, kUnsupported), its header or
/// form (kInvalidArgument), the catalogue's.
Result<ImportOutcome> import_file(Desk& desk, const std::string& path,
                                  const ImportOptions& options);

}  // namespace needledrop
