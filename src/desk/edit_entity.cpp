#include "desk/edit_entity.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "catalogue/catalogue_edit.h"
#include "catalogue/entity_lookup.h"
#include "catalogue/episode_edits.h"
#include "catalogue/lookup.h"
#include "catalogue/names.h"
#include "catalogue/text.h"
#include "catalogue/works.h"
#include "desk/desk.h"

namespace needledrop {
namespace {

using Kind = StatementId::Kind;

constexpr std::array<std::pair<Kind, char>, 5> kLetters{{{Kind::kFact, 'f'},
                                                         {Kind::kCredit, 'c'},
                                                         {Kind::kCode, 'i'},
                                                         {Kind::kBroadcast, 'b'},
                                                         {Kind::kPerformance, 'p'}}};

StatementId id_of(const Fact& fact) {
  return {Kind::kFact, fact.id};
}
StatementId id_of(const Credit& credit) {
  return {Kind::kCredit, credit.id};
}
StatementId id_of(const Identifier& code) {
  return {Kind::kCode, code.id};
}
StatementId id_of(const Broadcast& broadcast) {
  return {Kind::kBroadcast, broadcast.id};
}
StatementId id_of(const Performance& performance) {
  return {Kind::kPerformance, performance.recording.value, performance.work};
}

/// Collects what is said of a thing.
class Listing {
 public:
  Listing(const Database& database, EntityRef of) : database_(database), of_(of) {}

  Result<std::vector<ListedStatement>> run() {
    ND_TRY(add_facts());
    ND_TRY(add_credits());
    ND_TRY_ASSIGN(const auto codes, identifiers_of(database_, of_));
    for (const Identifier& code : codes) ND_TRY(add(code, "", false));
    if (of_.kind == EntityKind::kEpisode) {
      ND_TRY_ASSIGN(const auto broadcasts, broadcasts_of(database_, of_.id));
      for (const Broadcast& broadcast : broadcasts) ND_TRY(add(broadcast, "", false));
    }
    ND_TRY_ASSIGN(const auto performances, performances_of(database_, of_));
    for (const Performance& each : performances) {
      const bool is_of_work = of_.kind == EntityKind::kWork;
      ND_TRY_ASSIGN(std::string other,
                    label(is_of_work ? EntityRef{EntityKind::kRecording, each.recording.value}
                                     : EntityRef{EntityKind::kWork, each.work}));
      ND_TRY(add(each, std::move(other), false));
    }
    return std::move(listed_);
  }

 private:
  Result<void> add(auto what, std::string other, bool is_contradicted) {
    ND_TRY_ASSIGN(const Provenance from, read_provenance(database_, what.provenance));
    const StatementId id = id_of(what);
    listed_.push_back(
        {id, std::move(what), std::move(other), provenance_text(from), is_contradicted});
    return {};
  }

  Result<std::string> label(EntityRef entity) const {
    ND_TRY_ASSIGN(const std::string called, Names(database_).label(entity));
    return fmt::format("{} {} {}", to_string(entity.kind), entity.id, called);
  }

  Result<void> add_facts() {
    ND_TRY_ASSIGN(const auto facts, facts_of(database_, of_));
    for (const Fact& fact : facts) {
      const auto conflicts = held_fact(facts, fact.property).conflicts;
      ND_TRY(add(fact, "", std::ranges::find(conflicts, fact) != conflicts.end()));
    }
    return {};
  }

  Result<void> add_credits() {
    const bool is_party = of_.kind == EntityKind::kParty;
    ND_TRY_ASSIGN(const auto credits,
                  is_party ? credits_of_party(database_, of_.id) : credits_of(database_, of_));
    const HeldCredits held = is_party ? HeldCredits() : held_credits(credits);
    for (const Credit& credit : credits) {
      ND_TRY_ASSIGN(std::string other, is_party ? label(credit.of) : party_label(credit.party));
      const bool is_contradicted = std::ranges::any_of(held.conflicts, [&](const auto& conflict) {
        return std::ranges::find(conflict, credit) != conflict.end();
      });
      ND_TRY(add(credit, std::move(other), is_contradicted));
    }
    return {};
  }

  Result<std::string> party_label(std::int64_t id) const {
    ND_TRY_ASSIGN(const Party known, party(database_, id));
    return label_of(known);
  }

  const Database& database_;
  EntityRef of_;
  std::vector<ListedStatement> listed_;
};

Result<std::vector<ListedStatement>> statements_of(const Database& database, EntityRef of) {
  return Listing(database, of).run();
}

/// Carries out one action within an edit.
class Doing {
 public:
  Doing(CatalogueEdit& edit, EntityRef of, const std::string& author)
      : edit_(edit), of_(of), author_(author) {}

  [[nodiscard]] const std::string& warning() const { return warning_; }

  Result<void> operator()(const SetFact& set) {
    ND_TRY_ASSIGN(const std::int64_t from, provenance());
    ND_TRY_ASSIGN(const std::int64_t id,
                  add_fact(edit_, {0, of_, set.property, set.value, from, FactStanding::kStated}));
    return set_fact_standing(edit_, id, FactStanding::kPreferred);
  }

  Result<void> operator()(const SetCredit& set) {
    ND_TRY_ASSIGN(const std::int64_t party, party_of(set));
    ND_TRY_ASSIGN(const std::int64_t from, provenance());
    ND_TRY_ASSIGN(const std::int64_t id,
                  add_credit(edit_, {0, of_, party, set.role, set.share, set.society, from,
                                     FactStanding::kStated}));
    return set_credit_standing(edit_, id, FactStanding::kPreferred);
  }

  Result<void> operator()(const SetCode& set) {
    ND_TRY_ASSIGN(Code code, read_code(set.scheme, set.value));
    warning_ = std::move(code.warning);
    code.warning.clear();
    ND_TRY_ASSIGN(const std::int64_t from, provenance());
    ND_TRY_ASSIGN(const std::int64_t id, add_identifier(edit_, {0, of_, code, from}));
    return set_identifier_standing(edit_, id, FactStanding::kPreferred);
  }

  Result<void> operator()(const Decide& decide) {
    ND_TRY_ASSIGN(const auto listed, statements_of(edit_.database(), of_));
    const auto found = std::ranges::find(listed, decide.statement, &ListedStatement::id);
    if (found == listed.end()) {
      return fail(Error::Kind::kNotFound,
                  fmt::format("nothing is said of it under {}; see: needledrop edit {} {} facts",
                              to_string(decide.statement), to_string(of_.kind), of_.id));
    }
    return std::visit([&](const auto& what) { return settle(what, decide.what); }, found->what);
  }

  Result<void> operator()(const Rename& rename) {
    if (of_.kind == EntityKind::kWork) {
      ND_TRY_ASSIGN(Work known, work(edit_.database(), of_.id));
      known.title = rename.name;
      known.comment = rename.comment.value_or(known.comment);
      return update_work(edit_, known);
    }
    if (of_.kind == EntityKind::kParty) {
      ND_TRY_ASSIGN(Party known, party(edit_.database(), of_.id));
      known.name = rename.name;
      known.comment = rename.comment.value_or(known.comment);
      return update_party(edit_, known);
    }
    if (of_.kind == EntityKind::kEpisode && !rename.comment.has_value()) {
      ND_TRY_ASSIGN(const auto known, episodes(edit_.database()));
      Episode episode = *std::ranges::find(known, of_.id, &Episode::id);
      episode.title = rename.name;
      return update_episode(edit_, episode);
    }
    return fail(Error::Kind::kInvalidArgument,
                "only a work, a party or an episode is called otherwise by hand");
  }

  Result<void> operator()(const LinkWork& link) {
    if (of_.kind != EntityKind::kRecording) {
      return fail(Error::Kind::kInvalidArgument, "only a recording performs a work");
    }
    ND_TRY_ASSIGN(const EntityRef work,
                  find_entity(edit_.database(), EntityKind::kWork, link.work));
    ND_TRY_ASSIGN(const std::int64_t from, provenance());
    return link_work(edit_, SourceId(static_cast<SourceId::rep>(of_.id)), work.id, from);
  }

  Result<void> operator()(const AddThing&) { return {}; }

 private:
  Result<std::int64_t> provenance() {
    return edit_.provenance_id({0, Provenance::Kind::kPerson, author_, ""});
  }

  Result<std::int64_t> party_of(const SetCredit& set) {
    const auto known = find_entity(edit_.database(), EntityKind::kParty, set.party);
    if (known.has_value()) return exactly(*known, set.party);
    if (known.error().kind != Error::Kind::kNotFound) return known.error();
    const RoleSide side = side_of(set.role);
    const bool is_organisation = side == RoleSide::kPublisher || set.role == Role::kLabel ||
                                 set.role == Role::kProductionCompany ||
                                 set.role == Role::kBroadcaster;
    warning_ = fmt::format("there was no party '{}'; it was made", shown(set.party));
    return add_party(edit_, {0, is_organisation ? Party::Kind::kOrganisation : Party::Kind::kPerson,
                             set.party, ""});
  }

  /// A part of a name is no name to credit anybody under.
  Result<std::int64_t> exactly(EntityRef party, const std::string& text) {
    ND_TRY_ASSIGN(const Party known, needledrop::party(edit_.database(), party.id));
    ND_TRY_ASSIGN(const auto names, Names(edit_.database()).of(party));
    const bool is_meant = spelled_number(text) == party.id || folded(known.name) == folded(text) ||
                          std::ranges::any_of(names, [&text](const Name& name) {
                            return folded(name.text) == folded(text);
                          });
    if (is_meant) return party.id;
    return fail(Error::Kind::kAmbiguous,
                fmt::format("nobody is called just '{}'; for {} write {}, or add the party first",
                            shown(text), label_of(known), party.id));
  }

  Result<void> settle(const auto& statement, Decide::What what) {
    if (what != Decide::What::kRemove) return set_standing(statement, standing_of(what));
    ND_TRY_ASSIGN(const Provenance from, read_provenance(edit_.database(), statement.provenance));
    if (from.kind == Provenance::Kind::kPerson) return remove(statement);
    warning_ = fmt::format("it is from {}, which would say it again: it is dismissed",
                           shown(provenance_text(from), 80));
    return set_standing(statement, FactStanding::kDismissed);
  }

  Result<void> remove(const Fact& fact) { return remove_fact(edit_, fact.id); }
  Result<void> remove(const Credit& credit) { return remove_credit(edit_, credit.id); }
  Result<void> remove(const Identifier& code) { return remove_identifier(edit_, code.id); }
  Result<void> remove(const Broadcast& shown) { return remove_broadcast(edit_, shown.id); }
  Result<void> remove(const Performance& performance) {
    return unlink_work(edit_, performance.recording, performance.work);
  }
  Result<void> set_standing(const Fact& fact, FactStanding standing) {
    return set_fact_standing(edit_, fact.id, standing);
  }
  Result<void> set_standing(const Credit& credit, FactStanding standing) {
    return set_credit_standing(edit_, credit.id, standing);
  }
  Result<void> set_standing(const Identifier& code, FactStanding standing) {
    return set_identifier_standing(edit_, code.id, standing);
  }
  Result<void> set_standing(const Broadcast& broadcast, FactStanding standing) {
    return set_broadcast_standing(edit_, broadcast.id, standing);
  }
  Result<void> set_standing(const Performance& performance, FactStanding standing) {
    return set_performance_standing(edit_, performance.recording, performance.work, standing);
  }
  static FactStanding standing_of(Decide::What what) {
    return what == Decide::What::kPrefer ? FactStanding::kPreferred : FactStanding::kDismissed;
  }

  CatalogueEdit& edit_;
  EntityRef of_;
  const std::string& author_;
  std::string warning_;
};

/// Of "PRODUCTION S02".
Result<EntityRef> made_season(CatalogueEdit& edit, const std::string& text) {
  const std::size_t mark = folded(text).rfind(" s");
  const auto number = mark == std::string::npos || mark + 2 >= text.size()
                          ? std::nullopt
                          : spelled_number(text.substr(mark + 2));
  constexpr std::int64_t kMostSeasons = 9'999;
  if (!number.has_value() || *number > kMostSeasons) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("'{}' is no season; write PRODUCTION S02", shown(text)));
  }
  ND_TRY_ASSIGN(const EntityRef production,
                find_entity(edit.database(), EntityKind::kProduction, text.substr(0, mark)));
  ND_TRY_ASSIGN(const std::int64_t id, season_of(edit, production.id, static_cast<int>(*number)));
  return EntityRef{EntityKind::kSeason, id};
}

Result<EntityRef> made_thing(CatalogueEdit& edit, const EntityName& what, const AddThing& add) {
  if (what.kind == EntityKind::kWork) {
    ND_TRY_ASSIGN(const std::int64_t id, add_work(edit, {0, what.text, add.comment}));
    return EntityRef{EntityKind::kWork, id};
  }
  if (what.kind == EntityKind::kParty) {
    const auto kind = add.is_organisation ? Party::Kind::kOrganisation : Party::Kind::kPerson;
    ND_TRY_ASSIGN(const std::int64_t id, add_party(edit, {0, kind, what.text, add.comment}));
    return EntityRef{EntityKind::kParty, id};
  }
  if (what.kind == EntityKind::kRelease) {
    ND_TRY_ASSIGN(const std::int64_t id, add_release(edit, {0, 0, what.text, add.comment}));
    return EntityRef{EntityKind::kRelease, id};
  }
  if (what.kind == EntityKind::kProduction) {
    ND_TRY_ASSIGN(const std::int64_t id, add_production(edit, {0, what.text}));
    return EntityRef{EntityKind::kProduction, id};
  }
  if (what.kind == EntityKind::kSeason) return made_season(edit, what.text);
  return fail(Error::Kind::kInvalidArgument,
              "by hand a production, a season, a work, a release or a party is added");
}

std::string summary_of(const EntityEdit& request, const std::string& name) {
  constexpr std::array<std::string_view, 7> kVerbs{
      "fact of", "credit of", "code of", "decision on", "new", "work of", "new name of"};
  return fmt::format("{} {}", kVerbs.at(request.action.index()), name);
}

}  // namespace

std::string to_string(const StatementId& id) {
  const char letter =
      std::ranges::find(kLetters, id.kind, [](const auto& l) { return l.first; })->second;
  if (id.kind != Kind::kPerformance) return fmt::format("{}{}", letter, id.id);
  return fmt::format("{}{}-{}", letter, id.id, id.work);
}

std::optional<StatementId> statement_id(std::string_view text) {
  const auto* const known = std::ranges::find(kLetters, text.empty() ? ' ' : text.front(),
                                              [](const auto& l) { return l.second; });
  if (known == kLetters.end()) return std::nullopt;
  StatementId id{known->first};
  text.remove_prefix(1);
  const bool is_pair = id.kind == Kind::kPerformance;
  const std::size_t middle = is_pair ? text.find('-') : text.size();
  if (middle == std::string_view::npos) return std::nullopt;
  const auto first = spelled_number(text.substr(0, middle));
  const auto second =
      is_pair ? spelled_number(text.substr(middle + 1)) : std::optional<std::int64_t>(0);
  if (!first.has_value() || !second.has_value()) return std::nullopt;
  id.id = *first;
  id.work = *second;
  return id;
}

Result<EditOutcome> edit_entity(Desk& desk, const EntityEdit& request) {
  const auto* const adding = std::get_if<AddThing>(&request.action);
  EntityRef of;
  std::string name = request.what.text;
  if (adding == nullptr) {
    ND_TRY_ASSIGN(of, find_entity(desk, request.what));
    ND_TRY_ASSIGN(name, entity_text(desk, of));
  }
  ND_TRY_ASSIGN(
      CatalogueEdit edit,
      CatalogueEdit::begin(desk.catalogue(), {request.author, utc_text(desk.clock().now()),
                                              summary_of(request, name)}));
  if (adding != nullptr) {
    ND_TRY_ASSIGN(of, made_thing(edit, request.what, *adding));
  }
  Doing doing(edit, of, request.author);
  ND_TRY(std::visit([&doing](const auto& action) { return doing(action); }, request.action));
  EditOutcome outcome;
  ND_TRY_ASSIGN(const auto changes, edit.changes());
  ND_TRY_ASSIGN(outcome.changes, describe_changes(edit.database(), changes));
  ND_TRY_ASSIGN(outcome.edit, edit.commit());
  outcome.warning = doing.warning();
  return outcome;
}

Result<EntityStatements> list_statements(Desk& desk, const EntityName& what) {
  EntityStatements listed;
  ND_TRY_ASSIGN(listed.entity, find_entity(desk, what));
  ND_TRY_ASSIGN(listed.name, entity_text(desk, listed.entity));
  ND_TRY_ASSIGN(listed.statements, statements_of(desk.catalogue().database(), listed.entity));
  return listed;
}

}  // namespace needledrop
