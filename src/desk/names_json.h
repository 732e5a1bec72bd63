#pragma once

#include <span>
#include <string>

#include "desk/entity_names.h"

namespace needledrop {

/// {"format", "entity": {"kind", "id", "label"}, "names": [{"id", "text", "language", "script",
/// "kind", "provenance": {"kind", "name", "location"}}]}.
std::string names_json(const EntityNames& names);

/// {"format", "found": [{"kind", "id", "label", "name", "fit"}]}, best first; "name" is the one
/// that fits, "fit" exact, prefix, part, romanised, romanised-prefix or typo.
std::string names_json(std::span<const FoundEntity> found);

}  // namespace needledrop
