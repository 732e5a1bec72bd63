#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "catalogue/catalogue_edit.h"

namespace needledrop {

/// The ids under which the seasons of a production have names, codes and facts. An episode belongs
/// to a season by its number, whether the season has an id or not.
struct Season {
  std::int64_t id = 0;
  std::int64_t production = 0;
  int number = 0;
  friend bool operator==(const Season&, const Season&) = default;
};

/// Nothing where nothing was ever said of that season.
Result<std::optional<std::int64_t>> find_season(const Database& database, std::int64_t production,
                                                int number);
/// The season's id, made if there is none. kNotFound when there is no such production.
Result<std::int64_t> season_numbered(CatalogueEdit& edit, std::int64_t production, int number);
/// By id.
Result<std::vector<Season>> seasons(const Database& database);

}  // namespace needledrop
