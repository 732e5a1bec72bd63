#pragma once

#include <string>

#include "desk/find_recurrences.h"

namespace needledrop {

/// {"format", "recurrences": [{"name", "id", "kind", "duration", "places": [{"episode", "start",
/// "end", "offset", "rate", "likeness", "confidence"}]}], "warnings"}; "duration" is that of the
/// longest place, "offset" where in the recurrence's own time the place begins.
std::string recur_json(const FoundRecurrences& found);

/// {"format", "catalogued": {recording}}.
std::string catalogued_json(const Recording& recording);

/// {"format", "labelled": {"name", "id"}}.
std::string labelled_json(const NamedRecurrence& recurrence);

}  // namespace needledrop
