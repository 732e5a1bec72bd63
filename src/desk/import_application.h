#pragma once

#include <string>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"
#include "desk/import_statements.h"
#include "desk/imported_catalogue.h"
#include "desk/known_recordings.h"

namespace needledrop {

/// Enters what was read into an edit: finds what is meant, makes what is new, and states the rest.
/// When there are errors among `problems` afterwards, the edit must be dropped. Returns how many
/// statements were there before; fails only as the catalogue does.
Result<std::size_t> apply_import(CatalogueEdit& edit, const ImportedCatalogue& read,
                                 KnownRecordings recordings, ImportStatements::Source source,
                                 ImportProblems& problems);

}  // namespace needledrop
