#pragma once

#include <string>

#include "base/error.h"
#include "desk/check.h"
#include "desk/merge_index.h"
#include "desk/removal.h"
#include "desk/repair.h"
#include "desk/stats.h"

namespace needledrop {

/// The document of `stats`.
std::string stats_json(const DeskStats& stats);
/// The document of `check`: {"sources", "damage": [{"file", "error", "advice", "sources"}]}.
std::string check_json(const CheckReport& report);
/// The document of `check --repair`: that of `check` for the desk as it is now, and {"set_aside":
/// [{"file", "error", "kept_as", "salvaged"}], "rebuilt": [ids], "not_rebuilt": [{"id", "path",
/// "error"}]}; "error" when it was stopped.
std::string repair_json(const RepairReport& report);
/// The document of `merge`: {"merges", "before": {"segments", "bytes"}, "after", "seconds"}.
std::string merge_json(const MergeReport& report);
/// The document of `remove`: {"removed": {"kind", "id", "title"}}.
std::string removal_json(const Removable& removed);
/// The document of a command that failed as a whole: {"error"}, and "path" where a file is to
/// blame.
std::string error_json(const std::string& path, const Error& error);

}  // namespace needledrop
