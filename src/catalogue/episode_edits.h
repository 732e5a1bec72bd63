#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"
#include "catalogue/entities.h"

namespace needledrop {

struct Season {
  std::int64_t id = 0;
  std::int64_t production = 0;
  int number = 0;
  friend bool operator==(const Season&, const Season&) = default;
};

// Productions, seasons and episodes as an edit makes them: an episode may be known before its file
// is.

/// By id.
Result<std::vector<Production>> productions(const Database& database);
/// By id.
Result<std::vector<Episode>> episodes(const Database& database);

/// kInvalidArgument for no title. Its title may be that of another.
Result<std::int64_t> add_production(CatalogueEdit& edit, const Production& production);
/// Makes the season or finds it.
Result<std::int64_t> season_of(CatalogueEdit& edit, std::int64_t production, int number);
/// By production, then number.
Result<std::vector<Season>> seasons(const Database& database);
/// kInvalidArgument when it has neither number nor title.
Result<std::int64_t> add_episode(CatalogueEdit& edit, const Episode& episode);
/// Stores its title and date of first broadcast. kNotFound.
Result<void> update_episode(CatalogueEdit& edit, const Episode& episode);

}  // namespace needledrop
