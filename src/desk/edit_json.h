#pragma once

#include <span>
#include <string>

#include "catalogue/catalogue_edit.h"
#include "desk/edit_entity.h"

namespace needledrop {

/// {"format": 1, "edits": [{"id", "at", "author", "summary", "undone"}]}, newest first.
std::string edits_json(std::span<const MadeEdit> edits);
/// {"format": 1, "id", "at", "author", "summary", "undone", "changes": [...]}.
std::string edit_json(const MadeEdit& edit, std::span<const DescribedChange> changes);
/// {"format": 1, "edit", "changes": [...], "warning"}; "edit" is null when it was so already.
std::string edit_json(const EditOutcome& outcome);
/// {"format": 1, "kind", "id", "name", "statements": [{"id", "of": "fact", "property", "value",
/// "standing", "provenance", "contradicted"}]}; credits have "role", "party" (of a party "in"),
/// "share", "society", codes "scheme" and "value", broadcasts "part", "date", "time", "zone",
/// "channel", "territory", performances "recording" and "work".
std::string statements_json(const EntityStatements& listed);

}  // namespace needledrop
