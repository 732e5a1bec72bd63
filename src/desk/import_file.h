#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "desk/change_report.h"
#include "desk/import_columns.h"
#include "desk/import_problem.h"

namespace needledrop {

class Desk;

struct ImportOptions {
  std::optional<TableKind> kind;  // of a table; nothing: found from its columns
  std::string sheet;              // of a workbook; "" the first
  std::string production;         // of episodes that name none
  std::string author;             // who imports
  bool dry_run = false;           // tell what would change, and change nothing
  bool side_by_side = false;      // what contradicts a person's decision stands beside it
  bool ignores_unknown = false;   // leave out columns that are not known
};

/// What came of an import.
struct ImportOutcome {
  std::string path;
  bool is_dry_run = false;
  std::vector<ImportProblem> errors;  // if there are any, nothing was changed
  std::vector<ImportProblem> warnings;
  std::size_t error_count = 0;  // with those beyond the most that are kept
  std::size_t warning_count = 0;
  std::vector<ChangeCount> counts;
  std::vector<DescribedChange> changes;  // of a dry run
  std::size_t known = 0;                 // statements that were there before
  std::optional<std::int64_t> edit;      // by which it can be undone; nothing: nothing has changed
};

/// Imports a file as one edit: a table (CSV, tab-separated, XLSX) or a JSON document, as
/// docs/import.md tells. Everything that is wrong with it is told at once, and then nothing of it
/// is entered. Errors: of reading the file (kNotFound, kIo, kCorrupt, kUnsupported), its header or
/// form (kInvalidArgument), the catalogue's.
Result<ImportOutcome> import_file(Desk& desk, const std::string& path,
                                  const ImportOptions& options);

}  // namespace needledrop
