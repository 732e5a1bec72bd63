#include "catalogue/entity_lookup.h"

#include <string>

#include <fmt/format.h>

#include "catalogue/lookup.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

/// How things of a kind are found.
struct Table {
  std::string_view noun;
  std::string_view plural;
  std::string_view column;   // what it is called by
  std::string_view comment;  // what tells it apart, in SQL
};

Result<Table> table_of(EntityKind kind) {
  switch (kind) {
    case EntityKind::kParty:
      return Table{"party", "parties", "name", "comment"};
    case EntityKind::kWork:
      return Table{"work", "works", "title", "comment"};
    case EntityKind::kRelease:
      return Table{"release", "releases", "title", "comment"};
    case EntityKind::kProduction:
      return Table{"production", "productions", "title", "''"};
    case EntityKind::kSeason:
      return Table{"season", "seasons", "title", "''"};
    default:
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("a {} is not found by its name alone", to_string(kind)));
  }
}

std::string choices_of(EntityKind kind, const Table& table) {
  if (kind == EntityKind::kSeason) {
    return "SELECT id, title, '' FROM (SELECT season.id AS id, "
           "format('%s S%02d', production.title, number) AS title FROM season "
           "JOIN production ON production.id = season.production) WHERE {} ORDER BY id";
  }
  return fmt::format("SELECT id, {}, {} FROM {} WHERE {{}} ORDER BY id", table.column,
                     table.comment, to_string(kind));
}

}  // namespace

Result<EntityRef> find_entity(const Database& database, EntityKind kind, std::string_view what) {
  ND_TRY_ASSIGN(const Table table, table_of(kind));
  const std::string choices = choices_of(kind, table);
  const Lookup lookup(database, what, choices, [](Statement& row) {
    const auto name = row.read<std::string>();
    const auto comment = row.read<std::string>();
    return comment.empty() ? shown(name, 60)
                           : fmt::format("{} ({})", shown(name, 60), shown(comment, 40));
  });
  const std::string whole = fmt::format("folded({}) = ?1", table.column);
  const std::string part = fmt::format("instr(folded({}), ?1) > 0", table.column);
  const std::string named =
      fmt::format("id IN (SELECT entity FROM name WHERE entity_kind = '{}' AND folded(text) = ?1)",
                  to_string(kind));
  ND_TRY_ASSIGN(const auto found, lookup.fitting({{Lookup::Needle::kId, "id = ?1"},
                                                  {Lookup::Needle::kFolded, whole},
                                                  {Lookup::Needle::kFolded, named},
                                                  {Lookup::Needle::kFolded, part}}));
  ND_TRY_ASSIGN(const std::int64_t id, only_choice(found, what, table.noun, table.plural,
                                                   "its number, or a part of its name"));
  return EntityRef{kind, id};
}

}  // namespace needledrop
