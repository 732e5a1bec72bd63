#pragma once

#include <string_view>

#include "base/result.h"
#include "catalogue/entity_ref.h"
#include "catalogue/statement.h"

namespace needledrop {

/// The one party, work, release, production or season that a person names: by its number, its exact
/// name or title, another of its names, or a part of either; a season as "PRODUCTION S02". Whatever
/// the case or Unicode form. kNotFound, kAmbiguous (the message lists the choices),
/// kInvalidArgument for kinds that Catalogue finds (recordings and episodes).
Result<EntityRef> find_entity(const Database& database, EntityKind kind, std::string_view what);

}  // namespace needledrop
