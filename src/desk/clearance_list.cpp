#include "desk/clearance_list.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "catalogue/names.h"
#include "catalogue/text.h"
#include "desk/desk.h"
#include "desk/entity_name.h"
#include "desk/production_clearance.h"

namespace needledrop {
namespace {

Result<EntityRef> production_meant(Desk& desk, std::string_view what) {
  EntityName name;
  name.kind = EntityKind::kProduction;
  name.text = what;
  return find_entity(desk, name);
}

Result<CatalogueEdit> begin_edit(Desk& desk, const std::string& author, std::string summary) {
  return CatalogueEdit::begin(desk.catalogue(),
                              {author, utc_text(desk.clock().now()), std::move(summary)});
}

/// Adds what a use lacks to what is to be bought.
void add_lacking(const ClearedUse& use,
                 std::map<std::pair<Licence::Kind, EntityRef>, RightToBuy>& all) {
  for (const NeededRight& right : use.cleared.rights) {
    if (right.clearance == Clearance::kCleared) continue;
    RightToBuy& lacking = all[{right.kind, right.of}];
    lacking.kind = right.kind;
    lacking.of = right.of;
    lacking.clearance =
        lacking.uses == 0 ? right.clearance : std::max(lacking.clearance, right.clearance);
    lacking.uses += 1;
    lacking.length += use.use.length;
    if (lacking.episodes.empty() || lacking.episodes.back() != use.episode) {
      lacking.episodes.push_back(use.episode);
    }
  }
}

}  // namespace

Result<ClearanceList> clearance_list(Desk& desk, std::string_view what) {
  ND_TRY_ASSIGN(const EntityRef production, production_meant(desk, what));
  const Database& database = desk.catalogue().database();
  const Names names(database);
  ClearanceList list;
  list.production = production.id;
  ND_TRY_ASSIGN(list.title, names.label(production));
  ND_TRY_ASSIGN(const auto licences, licences_for(database, production.id));
  list.licence_count = licences.size();
  ND_TRY_ASSIGN(const auto uses, uses_of_production(desk, production.id, licences));
  std::map<std::pair<Licence::Kind, EntityRef>, RightToBuy> all;
  for (const ClearedUse& use : uses) add_lacking(use, all);
  for (auto& [key, right] : all) {
    ND_TRY_ASSIGN(right.title, names.label(right.of));
    const bool is_unknown =
        right.kind == Licence::Kind::kSync && right.of.kind == EntityKind::kRecording;
    if (is_unknown) right.title += " (its work is not known)";
    list.needed.push_back(std::move(right));
  }
  std::ranges::stable_sort(list.needed, [](const RightToBuy& a, const RightToBuy& b) {
    return std::tuple(b.clearance, a.kind, a.of) < std::tuple(a.clearance, b.kind, b.of);
  });
  return list;
}

Result<std::vector<HeldLicence>> held_licences(Desk& desk, std::string_view what) {
  ND_TRY_ASSIGN(const EntityRef production, production_meant(desk, what));
  ND_TRY_ASSIGN(const auto licences, licences_for(desk.catalogue().database(), production.id));
  std::vector<HeldLicence> held;
  for (const Licence& licence : licences) {
    auto title = entity_text(desk, licence.of);
    if (!title.has_value() && title.error().kind == Error::Kind::kNotFound) {
      title = fmt::format("{} {} {} (removed)", to_string(licence.of.kind), licence.of.id,
                          shown(licence.was_of, 60));
    }
    ND_TRY_ASSIGN(std::string of, std::move(title));
    held.push_back({licence, std::move(of)});
  }
  return held;
}

Result<std::int64_t> take_licence_away(Desk& desk, std::string_view production, std::int64_t id,
                                       const std::string& author) {
  ND_TRY_ASSIGN(const auto held, held_licences(desk, production));
  const auto meant =
      std::ranges::find(held, id, [](const HeldLicence& each) { return each.licence.id; });
  if (meant == held.end()) {
    return fail(Error::Kind::kNotFound, fmt::format("the production has no licence {}", id));
  }
  ND_TRY_ASSIGN(auto edit, begin_edit(desk, author, "removal of the licence of " + meant->title));
  ND_TRY(remove_licence(edit, id));
  ND_TRY_ASSIGN(const auto made, edit.commit());
  return made.value_or(0);
}

Result<std::int64_t> enter_licence(Desk& desk, std::string_view production, std::string_view of,
                                   Licence licence, const std::string& author) {
  ND_TRY_ASSIGN(const EntityRef meant, production_meant(desk, production));
  licence.production = meant.id;
  EntityName name;
  name.kind = licence.kind == Licence::Kind::kSync ? EntityKind::kWork : EntityKind::kRecording;
  name.text = of;
  ND_TRY_ASSIGN(licence.of, find_entity(desk, name));
  ND_TRY_ASSIGN(
      auto edit,
      begin_edit(desk, author, fmt::format("{} licence of {}", to_string(licence.kind), of)));
  ND_TRY_ASSIGN(licence.provenance, edit.provenance_id({0, Provenance::Kind::kPerson, author, ""}));
  ND_TRY(add_licence(edit, licence));
  ND_TRY_ASSIGN(const auto id, edit.commit());
  return id.value_or(0);
}

}  // namespace needledrop
