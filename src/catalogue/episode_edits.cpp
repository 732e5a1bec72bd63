#include "catalogue/episode_edits.h"

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"

namespace needledrop {

Result<std::int64_t> add_production(CatalogueEdit& edit, const Production& production) {
  ND_TRY(check_name(production.title, "a production"));
  ND_TRY(edit.database().run("INSERT INTO production (title) VALUES (?1)", production.title));
  return edit.database().last_id();
}

Result<std::int64_t> season_of(CatalogueEdit& edit, std::int64_t production, int number) {
  ND_TRY(check_entity(edit.database(), {EntityKind::kProduction, production}));
  ND_TRY(
      edit.database().run("INSERT INTO season (production, number) VALUES (?1, ?2) "
                          "ON CONFLICT DO NOTHING",
                          production, number));
  return needledrop::number(edit.database(),
                            "SELECT id FROM season WHERE production = ?1 AND number = ?2",
                            production, number);
}

Result<std::vector<Season>> seasons(const Database& database) {
  ND_TRY_ASSIGN(Statement query, database.prepare("SELECT id, production, number FROM season "
                                                  "ORDER BY production, number"));
  return all_rows(query, [](Statement& row) {
    Season season;
    season.id = row.read<std::int64_t>();
    season.production = row.read<std::int64_t>();
    season.number = row.read<int>();
    return season;
  });
}

Result<std::int64_t> add_episode(CatalogueEdit& edit, const Episode& episode) {
  if (!episode.number.has_value()) ND_TRY(check_name(episode.title, "an episode"));
  ND_TRY(check_text(episode.title, "the title of the episode"));
  ND_TRY(
      edit.database().run("INSERT INTO episode (production, season, number, title, air_date) "
                          "VALUES (?1, ?2, ?3, ?4, ?5)",
                          id_or_null(episode.production), episode.season, episode.number,
                          episode.title, episode.air_date));
  return edit.database().last_id();
}

Result<void> update_episode(CatalogueEdit& edit, const Episode& episode) {
  ND_TRY(check_text(episode.title, "the title of the episode"));
  ND_TRY(edit.database().run("UPDATE episode SET title = ?2, air_date = ?3 WHERE id = ?1",
                             episode.id, episode.title, episode.air_date));
  if (edit.database().changed_rows() != 0) return {};
  return fail(Error::Kind::kNotFound, fmt::format("there is no episode {}", episode.id));
}

}  // namespace needledrop
