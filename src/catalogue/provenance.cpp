#include "catalogue/provenance.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "catalogue/catalogue_edit.h"
#include "catalogue/catalogue_state.h"

namespace needledrop {
namespace {

constexpr std::array<std::pair<Provenance::Kind, std::string_view>, 4> kKinds{{
    {Provenance::Kind::kPerson, "person"},
    {Provenance::Kind::kImport, "import"},
    {Provenance::Kind::kTags, "tags"},
    {Provenance::Kind::kArticle, "article"},
}};

constexpr std::array<std::pair<FactStanding, std::string_view>, 3> kStandings{{
    {FactStanding::kStated, "stated"},
    {FactStanding::kPreferred, "preferred"},
    {FactStanding::kDismissed, "dismissed"},
}};

Provenance read_row(Statement& row) {
  Provenance provenance;
  provenance.id = row.read<std::int64_t>();
  const auto kind = provenance_kind(row.read<std::string>());
  if (!kind.has_value()) row.mark_damaged();
  provenance.kind = kind.value_or(provenance.kind);
  provenance.name = row.read<std::string>();
  provenance.location = row.read<std::string>();
  return provenance;
}

}  // namespace

std::string_view to_string(Provenance::Kind kind) {
  return std::ranges::find(kKinds, kind, [](const auto& k) { return k.first; })->second;
}

std::optional<Provenance::Kind> provenance_kind(std::string_view text) {
  const auto* const found = std::ranges::find(kKinds, text, [](const auto& k) { return k.second; });
  if (found == kKinds.end()) return std::nullopt;
  return found->first;
}

std::string provenance_text(const Provenance& provenance) {
  if (provenance.kind == Provenance::Kind::kPerson) {
    return fmt::format("entered by {}", provenance.name.empty() ? "somebody" : provenance.name);
  }
  std::string_view name = provenance.name;
  if (provenance.kind == Provenance::Kind::kImport) name.remove_prefix(name.rfind('/') + 1);
  return provenance.location.empty() ? std::string(name)
                                     : fmt::format("{}, {}", name, provenance.location);
}

std::string_view to_string(FactStanding standing) {
  return std::ranges::find(kStandings, standing, [](const auto& s) { return s.first; })->second;
}

std::optional<FactStanding> fact_standing(std::string_view text) {
  const auto* const found =
      std::ranges::find(kStandings, text, [](const auto& s) { return s.second; });
  if (found == kStandings.end()) return std::nullopt;
  return found->first;
}

FactStanding read_fact_standing(Statement& row) {
  const auto standing = fact_standing(row.read<std::string>());
  if (!standing.has_value()) row.mark_damaged();
  return standing.value_or(FactStanding::kStated);
}

Result<std::int64_t> store_provenance(const Database& database, const Provenance& provenance) {
  ND_TRY(check_text(provenance.name, "the provenance"));
  ND_TRY(check_text(provenance.location, "the place in the provenance"));
  ND_TRY(
      database.run("INSERT INTO provenance (kind, name, location) VALUES (?1, ?2, ?3) "
                   "ON CONFLICT DO NOTHING",
                   to_string(provenance.kind), provenance.name, provenance.location));
  return number(database,
                "SELECT id FROM provenance WHERE kind = ?1 AND name = ?2 AND location = ?3",
                to_string(provenance.kind), provenance.name, provenance.location);
}

Result<std::vector<std::int64_t>> provenances_of(const Database& database, Provenance::Kind kind,
                                                 std::string_view name) {
  ND_TRY_ASSIGN(Statement query, database.prepare("SELECT id FROM provenance WHERE kind = ?1 "
                                                  "AND name = ?2 ORDER BY id"));
  return all_rows(query.bind(to_string(kind), name),
                  [](Statement& row) { return row.read<std::int64_t>(); });
}

Result<Provenance> read_provenance(const Database& database, std::int64_t id) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, kind, name, location FROM provenance WHERE id = ?1"));
  ND_TRY_ASSIGN(auto provenance, first_row(query.bind(id), read_row));
  if (!provenance.has_value()) {
    return fail(Error::Kind::kNotFound, fmt::format("there is no provenance {}", id));
  }
  return std::move(*provenance);
}

}  // namespace needledrop
