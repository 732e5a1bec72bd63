#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "desk/imported_catalogue.h"

namespace needledrop {

/// What a document may be at most.
struct ImportDocumentLimits {
  static constexpr std::size_t kBytes = std::size_t{64} << 20;
  static constexpr std::size_t kDepth = 16;
};

/// What a JSON document of format 1 says, as docs/import.md tells. Fields that are unknown or there
/// twice, and values that are wrong, go to `problems` with their JSON pointers. `production` is
/// that of episodes that name none. Errors: kInvalidArgument (no JSON, another format),
/// kUnsupported (over the limits). Pure; any bytes may be given.
Result<ImportedCatalogue> read_import_document(std::string_view text, const std::string& production,
                                               ImportProblems& problems);

}  // namespace needledrop
