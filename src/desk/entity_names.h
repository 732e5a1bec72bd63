#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/names.h"

namespace needledrop {

class Desk;

struct ListedName {
  Name name;
  Provenance from;
};

/// What something is called.
struct EntityNames {
  EntityRef entity;
  std::string label;              // as it is shown
  std::vector<ListedName> names;  // further ones, by id
};

/// The names of what a person means, as entity_name and find_entity read it.
Result<EntityNames> names_of(Desk& desk, std::string_view what);

/// A name that a person gives.
struct NewName {
  std::string text;
  std::string language;  // BCP 47; "" unknown
  NameKind kind = NameKind::kOfficial;
};

/// Adds a name, or takes one away by its id, as an edit by `author`; what is left. kNotFound when
/// the name is none of the entity's.
Result<EntityNames> add_entity_name(Desk& desk, std::string_view what, const NewName& name,
                                    const std::string& author);
Result<EntityNames> remove_entity_name(Desk& desk, std::string_view what, std::int64_t id,
                                       const std::string& author);

struct FoundEntity {
  FoundName found;
  std::string label;
};
/// What fits, best first.
Result<std::vector<FoundEntity>> search_names(Desk& desk, const NameSearch& search);

}  // namespace needledrop
