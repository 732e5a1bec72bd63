#include <fmt/format.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/episode_edits.h"
#include "catalogue/names.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

Production read_production(Statement& row) {
  Production production;
  production.id = row.read<std::int64_t>();
  production.title = row.read<std::string>();
  return production;
}

}  // namespace

Result<Production> Catalogue::production_named(std::string_view title) {
  const Database& database = *state_->database;
  ND_TRY(check_text(title, "the title of the production"));
  const std::string key = folded(title);
  if (key.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fail(Error::Kind::kInvalidArgument, "a production needs a title");
  }
  const auto find = [&]() -> Result<std::optional<Production>> {
    ND_TRY_ASSIGN(Statement query,
                  database.prepare("SELECT id, title FROM production "
                                   "WHERE folded(title) = ?1 ORDER BY id LIMIT 1"));
    return first_row(query.bind(key), read_production);
  };
  ND_TRY_ASSIGN(auto known, find());
  if (known) {
    return std::move(*known);
  }
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY_ASSIGN(known, find());  // another process may have made it since
  if (known) {
    return std::move(*known);
  }
  ND_TRY(database.run("INSERT INTO production (title) VALUES (?1)", title));
  const Production production{database.last_id(), std::string(title)};
  ND_TRY(refresh_name_keys(database));
  ND_TRY(transaction.commit());
  return production;
}

Result<std::vector<Production>> Catalogue::productions() {
  return needledrop::productions(*state_->database);
}

Result<std::vector<Production>> productions(const Database& database) {
  ND_TRY_ASSIGN(Statement query, database.prepare("SELECT id, title FROM production ORDER BY id"));
  return all_rows(query, read_production);
}

Result<void> Catalogue::remove_production(std::int64_t id) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY(
      database.run("DELETE FROM source WHERE id IN (SELECT episode_file.id FROM episode_file "
                   "JOIN episode ON episode.id = episode WHERE production = ?1)",
                   id));
  ND_TRY(database.run("DELETE FROM episode WHERE production = ?1", id));
  ND_TRY(database.run("DELETE FROM production WHERE id = ?1", id));
  if (database.changed_rows() == 0) {
    return fail(Error::Kind::kNotFound, fmt::format("there is no production {}", id));
  }
  ND_TRY(refresh_name_keys(database));
  return transaction.commit();
}

}  // namespace needledrop
