#pragma once

#include <string>

#include "desk/clearance_list.h"

namespace needledrop {

/// {"format": 1, "production": id, "licences": count, "needed": [{"kind", "of": {"kind", "id",
/// "title"}, "clearance", "uses", "seconds", "episodes"}]}.
std::string clearance_json(const ClearanceList& list);

/// {"format": 1, "licences": [{"number", "kind", "of", "licensor", "territory", "media", "from",
/// "to", "uses", "seconds", "reference", "fee"}]}.
std::string licences_json(const std::vector<HeldLicence>& licences);

}  // namespace needledrop
