#pragma once

#include <string>

#include "desk/import_file.h"

namespace needledrop {

/// {"format": 1, "path", "dry_run", "edit", "counts": [{"change", "group", "count"}], "known",
/// "changes": [{"change", "group", "text"}], "warnings": [{"at", "line", "column", "text"}],
/// "errors": [...]}. "edit" is null when nothing was changed; "changes" are those of a dry run.
std::string import_json(const ImportOutcome& outcome);

}  // namespace needledrop
