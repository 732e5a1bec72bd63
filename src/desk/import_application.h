#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"
#include "desk/import_statements.h"
#include "desk/imported_catalogue.h"
#include "desk/known_recordings.h"

namespace needledrop {

/// What became of a file.
struct AppliedImport {
  std::size_t known = 0;  // statements that were there before
  /// The works of the file as the catalogue has them, by their places; nothing where that is
  /// unclear.
  std::vector<std::optional<std::int64_t>> works;
};

/// Enters what was read into an edit: finds what is meant, makes what is new, and states the rest.
/// When there are errors among `problems` afterwards, the edit must be dropped. Fails only as the
/// catalogue does.
Result<AppliedImport> apply_import(CatalogueEdit& edit, const ImportedCatalogue& read,
                                   KnownRecordings recordings, ImportStatements::Source source,
                                   ImportProblems& problems);

}  // namespace needledrop
