#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "catalogue/entity_ref.h"

namespace needledrop {

class Desk;

/// What a person calls a thing of the catalogue.
struct EntityName {
  std::optional<EntityKind> kind;  // nothing: whichever has the name
  std::string text;                // its number (only with a kind), or a name
};

/// "party 3": a kind and a number; else a name of whichever kind.
EntityName entity_name(std::string_view what);

/// The one thing that is meant. kNotFound, kAmbiguous (the message lists the choices), and without
/// a kind kInvalidArgument for a number.
Result<EntityRef> find_entity(Desk& desk, const EntityName& name);
/// "work 3 Promise".
Result<std::string> entity_text(Desk& desk, EntityRef entity);

}  // namespace needledrop
