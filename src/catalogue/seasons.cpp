#include "catalogue/seasons.h"

#include "catalogue/catalogue_state.h"

namespace needledrop {

Result<std::optional<std::int64_t>> find_season(const Database& database, std::int64_t production,
                                                int number) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id FROM season WHERE production = ?1 AND number = ?2"));
  return first_row(query.bind(production, number),
                   [](Statement& row) { return row.read<std::int64_t>(); });
}

Result<std::int64_t> season_numbered(CatalogueEdit& edit, std::int64_t production, int number) {
  const Database& database = edit.database();
  ND_TRY(check_entity(database, {EntityKind::kProduction, production}));
  ND_TRY_ASSIGN(const auto known, find_season(database, production, number));
  if (known.has_value()) return *known;
  ND_TRY(
      database.run("INSERT INTO season (production, number) VALUES (?1, ?2)", production, number));
  return database.last_id();
}

Result<std::vector<Season>> seasons(const Database& database) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, production, number FROM season ORDER BY id"));
  return all_rows(query, [](Statement& row) {
    Season season;
    season.id = row.read<std::int64_t>();
    season.production = row.read<std::int64_t>();
    season.number = row.read<int>();
    return season;
  });
}

}  // namespace needledrop
