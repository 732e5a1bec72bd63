#include "catalogue/facts.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/format.h>
#include <unicode/locid.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/cue.h"
#include "catalogue/partial_date.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::array<std::pair<Property, std::string_view>, kProperties.size()> kWords{{
    {Property::kCountry, "country"},
    {Property::kYear, "year"},
    {Property::kType, "type"},
    {Property::kProductionNumber, "production number"},
    {Property::kReleaseDate, "release date"},
    {Property::kFirstBroadcast, "first broadcast"},
    {Property::kBirthDate, "birth date"},
    {Property::kCatalogueNumber, "catalogue number"},
    {Property::kSociety, "society"},
    {Property::kOrigin, "origin"},
    {Property::kLanguage, "language"},
}};

constexpr std::string_view kFactQuery =
    "SELECT id, entity_kind, entity, property, value, provenance, standing FROM fact";

Fact read_fact(Statement& row) {
  Fact fact;
  fact.id = row.read<std::int64_t>();
  fact.of = read_entity(row);
  const auto known = property(row.read<std::string>());
  if (!known.has_value()) row.mark_damaged();
  fact.property = known.value_or(fact.property);
  fact.value = row.read<std::string>();
  fact.provenance = row.read<std::int64_t>();
  fact.standing = read_fact_standing(row);
  return fact;
}

Identifier read_identifier(Statement& row) {
  Identifier identifier;
  identifier.id = row.read<std::int64_t>();
  identifier.of = read_entity(row);
  const auto scheme = code_scheme(row.read<std::string>());
  if (!scheme.has_value()) row.mark_damaged();
  identifier.code.scheme = scheme.value_or(identifier.code.scheme);
  identifier.code.value = row.read<std::string>();
  identifier.provenance = row.read<std::int64_t>();
  identifier.standing = read_fact_standing(row);
  return identifier;
}

template <typename... Values>
Result<std::vector<Fact>> facts_where(const Database& database, std::string_view condition,
                                      const Values&... values) {
  ND_TRY_ASSIGN(Statement query, database.prepare(fmt::format("{} WHERE {} ORDER BY property, id",
                                                              kFactQuery, condition)));
  return all_rows(query.bind(values...), read_fact);
}

bool is_date(Property property) {
  return property == Property::kReleaseDate || property == Property::kFirstBroadcast ||
         property == Property::kBirthDate;
}

Result<std::string> read_country(std::string_view text) {
  std::string code = folded(text);
  std::ranges::transform(code, code.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  const char* const* countries = icu::Locale::getISOCountries();
  for (; *countries != nullptr; ++countries) {
    if (code == *countries) return code;
  }
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("'{}' is no country; write the two letters of ISO 3166, like KR",
                          shown(text, 40)));
}

Result<std::string> read_year(std::string_view text) {
  ND_TRY_ASSIGN(const PartialDate date, read_partial_date(text));
  if (!date.month.has_value()) return to_string(date);
  return fail(Error::Kind::kInvalidArgument, fmt::format("'{}' is no year", shown(text, 40)));
}

Result<std::string> read_origin(std::string_view text) {
  const std::string word = folded(text);
  if (cue_origin(word).has_value()) return word;
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("'{}' is no origin of music; there are commissioned, commercial, library",
                          shown(text, 40)));
}

}  // namespace

std::string_view to_string(Property value) {
  return std::ranges::find(kWords, value, [](const auto& word) { return word.first; })->second;
}

std::optional<Property> property(std::string_view text) {
  std::string word = folded(text);
  std::ranges::replace(word, '_', ' ');
  const auto* const found =
      std::ranges::find(kWords, word, [](const auto& each) { return each.second; });
  if (found == kWords.end()) return std::nullopt;
  return found->first;
}

Result<std::string> read_fact_value(Property property, std::string_view text) {
  ND_TRY(check_name(text, fmt::format("a {}", to_string(property))));
  switch (property) {
    case Property::kCountry:
      return read_country(text);
    case Property::kYear:
      return read_year(text);
    case Property::kReleaseDate:
    case Property::kFirstBroadcast:
    case Property::kBirthDate: {
      ND_TRY_ASSIGN(const PartialDate date, read_partial_date(text));
      return to_string(date);
    }
    case Property::kOrigin:
      return read_origin(text);
    default:
      return std::string(text);
  }
}

Result<std::int64_t> add_fact(CatalogueEdit& edit, const Fact& fact) {
  const Database& database = edit.database();
  ND_TRY(check_entity(database, fact.of));
  ND_TRY_ASSIGN(const std::string value, read_fact_value(fact.property, fact.value));
  ND_TRY(
      database.run("INSERT INTO fact (entity_kind, entity, property, value, provenance, standing) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                   to_string(fact.of.kind), fact.of.id, to_string(fact.property), value,
                   fact.provenance, to_string(fact.standing)));
  return number(database,
                "SELECT id FROM fact WHERE entity_kind = ?1 AND entity = ?2 AND property = ?3 "
                "AND value = ?4 AND provenance = ?5",
                to_string(fact.of.kind), fact.of.id, to_string(fact.property), value,
                fact.provenance);
}

Result<void> remove_fact(CatalogueEdit& edit, std::int64_t id) {
  ND_TRY(fact(edit.database(), id));
  return edit.database().run("DELETE FROM fact WHERE id = ?1", id);
}

Result<void> set_fact_standing(CatalogueEdit& edit, std::int64_t id, FactStanding standing) {
  const Database& database = edit.database();
  ND_TRY_ASSIGN(const Fact meant, fact(database, id));
  if (standing == FactStanding::kPreferred) {
    ND_TRY(
        database.run("UPDATE fact SET standing = 'stated' WHERE entity_kind = ?1 "
                     "AND entity = ?2 AND property = ?3 AND standing = 'preferred'",
                     to_string(meant.of.kind), meant.of.id, to_string(meant.property)));
  }
  return database.run("UPDATE fact SET standing = ?2 WHERE id = ?1", id, to_string(standing));
}

Result<std::vector<Fact>> facts_of(const Database& database, EntityRef of) {
  return facts_where(database, "entity_kind = ?1 AND entity = ?2", to_string(of.kind), of.id);
}

Result<Fact> fact(const Database& database, std::int64_t id) {
  ND_TRY_ASSIGN(auto found, facts_where(database, "id = ?1", id));
  if (!found.empty()) return std::move(found.front());
  return fail(Error::Kind::kNotFound, fmt::format("there is no fact {}", id));
}

bool contradict(const Fact& a, const Fact& b) {
  if (a.property != b.property || a.value == b.value) return false;
  if (!is_date(a.property)) return true;
  const auto first = read_partial_date(a.value);
  const auto second = read_partial_date(b.value);
  if (!first.has_value() || !second.has_value()) return true;
  return !contains(*first, *second) && !contains(*second, *first);
}

HeldFact held_fact(std::span<const Fact> facts, Property property) {
  HeldFact held;
  std::vector<Fact> counting;
  std::ranges::copy_if(facts, std::back_inserter(counting), [property](const Fact& fact) {
    return fact.property == property && fact.standing != FactStanding::kDismissed;
  });
  if (counting.empty()) return held;
  std::ranges::sort(counting, {}, &Fact::id);
  const auto preferred = std::ranges::find(counting, FactStanding::kPreferred, &Fact::standing);
  if (preferred != counting.end()) {
    held.value = preferred->value;
    return held;
  }
  Fact first = counting.front();
  bool is_contradicted = false;
  for (const Fact& other : counting) {
    if (contradict(first, other)) {
      is_contradicted = true;
    } else if (other.value.size() > first.value.size()) {
      first = other;
    }
  }
  held.value = first.value;
  if (is_contradicted) held.conflicts = std::move(counting);
  return held;
}

Result<std::int64_t> add_identifier(CatalogueEdit& edit, const Identifier& identifier) {
  const Database& database = edit.database();
  ND_TRY(check_entity(database, identifier.of));
  ND_TRY_ASSIGN(const Code code, read_code(identifier.code.scheme, identifier.code.value));
  ND_TRY(
      database.run("INSERT INTO identifier (entity_kind, entity, scheme, value, provenance) "
                   "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                   to_string(identifier.of.kind), identifier.of.id, to_string(code.scheme),
                   code.value, identifier.provenance));
  return number(database,
                "SELECT id FROM identifier WHERE entity_kind = ?1 AND entity = ?2 AND scheme = ?3 "
                "AND value = ?4",
                to_string(identifier.of.kind), identifier.of.id, to_string(code.scheme),
                code.value);
}

Result<void> remove_identifier(CatalogueEdit& edit, std::int64_t id) {
  ND_TRY(edit.database().run("DELETE FROM identifier WHERE id = ?1", id));
  if (edit.database().changed_rows() != 0) return {};
  return fail(Error::Kind::kNotFound, fmt::format("there is no identifier {}", id));
}

Result<void> set_identifier_standing(CatalogueEdit& edit, std::int64_t id, FactStanding standing) {
  const Database& database = edit.database();
  if (standing == FactStanding::kPreferred) {
    ND_TRY(
        database.run("UPDATE identifier SET standing = 'stated' WHERE standing = 'preferred' "
                     "AND (entity_kind, entity, scheme) = "
                     "(SELECT entity_kind, entity, scheme FROM identifier WHERE id = ?1)",
                     id));
  }
  ND_TRY(
      database.run("UPDATE identifier SET standing = ?2 WHERE id = ?1", id, to_string(standing)));
  if (database.changed_rows() != 0) return {};
  return fail(Error::Kind::kNotFound, fmt::format("there is no identifier {}", id));
}

std::string held_code(std::span<const Identifier> identifiers, CodeScheme scheme) {
  std::string held;
  for (const Identifier& identifier : identifiers) {
    if (identifier.code.scheme != scheme) continue;
    if (identifier.standing == FactStanding::kPreferred) return identifier.code.value;
    if (identifier.standing == FactStanding::kStated && held.empty()) held = identifier.code.value;
  }
  return held;
}

Result<std::vector<Identifier>> identifiers_of(const Database& database, EntityRef of) {
  ND_TRY_ASSIGN(
      Statement query,
      database.prepare("SELECT id, entity_kind, entity, scheme, value, provenance, standing "
                       "FROM identifier WHERE entity_kind = ?1 AND entity = ?2 "
                       "ORDER BY scheme, id"));
  return all_rows(query.bind(to_string(of.kind), of.id), read_identifier);
}

Result<std::vector<Identifier>> identifiers_in(const Database& database, CodeScheme scheme) {
  ND_TRY_ASSIGN(
      Statement query,
      database.prepare("SELECT id, entity_kind, entity, scheme, value, provenance, standing "
                       "FROM identifier WHERE scheme = ?1 AND standing <> 'dismissed' "
                       "ORDER BY id"));
  return all_rows(query.bind(to_string(scheme)), read_identifier);
}

Result<std::vector<EntityRef>> identified_by(const Database& database, const Code& code) {
  ND_TRY_ASSIGN(Statement query, database.prepare("SELECT entity_kind, entity FROM identifier "
                                                  "WHERE scheme = ?1 AND value = ?2 "
                                                  "AND standing <> 'dismissed'"));
  ND_TRY_ASSIGN(auto found, all_rows(query.bind(to_string(code.scheme), code.value), read_entity));
  std::ranges::sort(found);
  return found;
}

}  // namespace needledrop
