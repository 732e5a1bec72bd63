#pragma once

#include <string>

#include "desk/add_recordings.h"

namespace needledrop {

/// The document of `add`: {"added", "updated", "unchanged", "failed", "warnings"}, and "error" when
/// it did not come to its end. The path of a recording here is the one that was given.
std::string add_json(const AddOutcome& outcome);

}  // namespace needledrop
