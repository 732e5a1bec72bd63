#include "catalogue/parties.h"

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"

namespace needledrop {
namespace {

constexpr std::string_view kPerson = "person";
constexpr std::string_view kOrganisation = "organisation";

Party read_party(Statement& row) {
  Party party;
  party.id = row.read<std::int64_t>();
  const auto kind = party_kind(row.read<std::string>());
  if (!kind.has_value()) row.mark_damaged();
  party.kind = kind.value_or(party.kind);
  party.name = row.read<std::string>();
  party.comment = row.read<std::string>();
  return party;
}

Result<void> check_party(const Party& party) {
  ND_TRY(check_name(party.name, "a party"));
  return check_text(party.comment, "what tells the party apart");
}

Error no_party(std::int64_t id) {
  return fail(Error::Kind::kNotFound, fmt::format("there is no party {}", id));
}

}  // namespace

std::string_view to_string(Party::Kind kind) {
  return kind == Party::Kind::kPerson ? kPerson : kOrganisation;
}

std::optional<Party::Kind> party_kind(std::string_view text) {
  if (text == kPerson) return Party::Kind::kPerson;
  if (text == kOrganisation) return Party::Kind::kOrganisation;
  return std::nullopt;
}

std::string label_of(const Party& party) {
  return party.comment.empty() ? party.name : fmt::format("{} ({})", party.name, party.comment);
}

Result<std::int64_t> add_party(CatalogueEdit& edit, const Party& party) {
  ND_TRY(check_party(party));
  ND_TRY(edit.database().run("INSERT INTO party (kind, name, comment) VALUES (?1, ?2, ?3)",
                             to_string(party.kind), party.name, party.comment));
  return edit.database().last_id();
}

Result<void> update_party(CatalogueEdit& edit, const Party& party) {
  ND_TRY(check_party(party));
  ND_TRY(edit.database().run("UPDATE party SET kind = ?2, name = ?3, comment = ?4 WHERE id = ?1",
                             party.id, to_string(party.kind), party.name, party.comment));
  if (edit.database().changed_rows() == 0) return no_party(party.id);
  return {};
}

Result<std::vector<Party>> parties(const Database& database) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, kind, name, comment FROM party ORDER BY id"));
  return all_rows(query, read_party);
}

Result<Party> party(const Database& database, std::int64_t id) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, kind, name, comment FROM party WHERE id = ?1"));
  ND_TRY_ASSIGN(auto found, first_row(query.bind(id), read_party));
  if (!found.has_value()) return no_party(id);
  return std::move(*found);
}

}  // namespace needledrop
