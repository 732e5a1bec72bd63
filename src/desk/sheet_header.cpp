#include "desk/sheet_header.h"

#include <algorithm>
#include <vector>

#include "catalogue/broadcasts.h"
#include "catalogue/credits.h"
#include "catalogue/episode_edits.h"
#include "catalogue/facts.h"
#include "catalogue/names.h"
#include "catalogue/parties.h"
#include "desk/desk.h"

namespace needledrop {
namespace {

/// All that is said of an episode, its season and its production, nearest first.
struct Sayings {
  std::vector<std::vector<Fact>> facts;
  std::vector<std::vector<Credit>> credits;
  std::vector<std::vector<Identifier>> identifiers;

  [[nodiscard]] std::string value(Property property) const {
    for (const auto& of_one : facts) {
      const HeldFact held = held_fact(of_one, property);
      if (!held.value.empty()) return held.value;
    }
    return "";
  }

  /// Of the episode itself, or also of what it belongs to.
  [[nodiscard]] std::string code(CodeScheme scheme, bool is_own) const {
    for (const auto& of_one : identifiers) {
      if (std::string held = held_code(of_one, scheme); !held.empty()) return held;
      if (is_own) break;
    }
    return "";
  }
};

Result<std::vector<EntityRef>> entities_of(const Database& database, const Episode& episode) {
  std::vector<EntityRef> entities{{EntityKind::kEpisode, episode.id}};
  if (episode.production == 0) return entities;
  if (episode.season.has_value()) {
    ND_TRY_ASSIGN(const auto known, seasons(database));
    for (const Season& season : known) {
      if (season.production == episode.production && season.number == *episode.season) {
        entities.push_back({EntityKind::kSeason, season.id});
      }
    }
  }
  entities.push_back({EntityKind::kProduction, episode.production});
  return entities;
}

Result<Sayings> sayings_of(const Database& database, const Episode& episode) {
  Sayings sayings;
  ND_TRY_ASSIGN(const auto entities, entities_of(database, episode));
  for (const EntityRef entity : entities) {
    ND_TRY_ASSIGN(sayings.facts.emplace_back(), facts_of(database, entity));
    ND_TRY_ASSIGN(sayings.credits.emplace_back(), credits_of(database, entity));
    ND_TRY_ASSIGN(sayings.identifiers.emplace_back(), identifiers_of(database, entity));
  }
  return sayings;
}

/// Who is said to have the role by the nearest that says anybody.
Result<std::vector<std::string>> names_of(const Database& database, const Sayings& sayings,
                                          Role role) {
  std::vector<std::string> names;
  for (const auto& of_one : sayings.credits) {
    for (const Credit& credit : held_credits(of_one).credits) {
      if (credit.role != role) continue;
      ND_TRY_ASSIGN(const Party who, party(database, credit.party));
      names.push_back(who.name);
    }
    if (!names.empty()) break;
  }
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// The further titles of a production that may be shown.
Result<std::vector<std::string>> other_titles(const Database& database, std::int64_t production) {
  std::vector<std::string> titles;
  if (production == 0) return titles;
  ND_TRY_ASSIGN(const auto names, Names(database).of({EntityKind::kProduction, production}));
  for (const Name& name : names) {
    if (name.kind != NameKind::kSearch) titles.push_back(name.text);
  }
  return titles;
}

}  // namespace

Result<SheetHeader> sheet_header(Desk& desk, const Episode& episode,
                                 const std::string& production) {
  const Database& database = desk.catalogue().database();
  ND_TRY_ASSIGN(const Sayings sayings, sayings_of(database, episode));
  SheetHeader header;
  header.production = production;
  ND_TRY_ASSIGN(header.also_known_as, other_titles(database, episode.production));
  header.episode_title = episode.title;
  header.season = episode.season;
  header.number = episode.number;
  header.production_number = sayings.value(Property::kProductionNumber);
  header.type = sayings.value(Property::kType);
  header.country = sayings.value(Property::kCountry);
  header.year = sayings.value(Property::kYear);
  ND_TRY_ASSIGN(const auto companies, names_of(database, sayings, Role::kProductionCompany));
  header.production_company = joined(companies);
  ND_TRY_ASSIGN(const auto broadcasters, names_of(database, sayings, Role::kBroadcaster));
  header.broadcaster = joined(broadcasters);
  ND_TRY_ASSIGN(const auto directors, names_of(database, sayings, Role::kDirector));
  header.director = joined(directors);
  ND_TRY_ASSIGN(header.actors, names_of(database, sayings, Role::kActor));
  ND_TRY_ASSIGN(const FirstTransmission first, first_transmission(database, episode));
  header.first_transmission = first.text;
  if (header.broadcaster.empty()) header.broadcaster = first.channel;
  header.isan = sayings.code(CodeScheme::kIsan, true);
  header.eidr = sayings.code(CodeScheme::kEidr, true);
  header.society_number = sayings.code(CodeScheme::kAvi, false);
  return header;
}

}  // namespace needledrop
