#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"
#include "desk/change_report.h"
#include "desk/import_problem.h"

namespace needledrop {

class Desk;

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

/// By what a file is known as a source: where it is, else its path.
std::string source_name(const std::string& path, const std::string& place);

/// Ends an edit without problems: what it changes goes into the outcome, and it is kept unless this
/// is a dry run.
Result<void> finish_import(CatalogueEdit& edit, ImportOutcome& outcome);

/// Puts what was wrong into the outcome, with who decided what the file contradicts. No edit holds
/// the catalogue any more.
Result<void> tell_problems(Catalogue& catalogue, const ImportProblems& problems,
                           ImportOutcome& outcome);

}  // namespace needledrop
