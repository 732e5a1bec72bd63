#include "desk/edit_entity.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "catalogue/catalogue_edit.h"
#include "catalogue/entity_lookup.h"
#include "catalogue/lookup.h"
#include "catalogue/names.h"
#include "catalogue/text.h"
#include "catalogue/works.h"
#include "desk/desk.h"

namespace needledrop {
namespace {

Result<std::vector<ListedStatement>> statements_of(const Database& database, EntityRef of) {
  std::vector<ListedStatement> listed;
  const auto add = [&](auto what, std::string party, bool is_contradicted) -> Result<void> {
    ND_TRY_ASSIGN(const Provenance from, read_provenance(database, what.provenance));
    listed.push_back({listed.size() + 1, std::move(what), std::move(party), provenance_text(from),
                      is_contradicted});
    return {};
  };
  ND_TRY_ASSIGN(const auto facts, facts_of(database, of));
  for (const Fact& fact : facts) {
    const auto conflicts = held_fact(facts, fact.property).conflicts;
    ND_TRY(add(fact, "", std::ranges::find(conflicts, fact) != conflicts.end()));
  }
  ND_TRY_ASSIGN(const auto credits, credits_of(database, of));
  const HeldCredits held = held_credits(credits);
  for (const Credit& credit : credits) {
    ND_TRY_ASSIGN(const Party party, needledrop::party(database, credit.party));
    const bool is_contradicted = std::ranges::any_of(held.conflicts, [&](const auto& conflict) {
      return std::ranges::find(conflict, credit) != conflict.end();
    });
    ND_TRY(add(credit, label_of(party), is_contradicted));
  }
  ND_TRY_ASSIGN(const auto codes, identifiers_of(database, of));
  for (const Identifier& code : codes) ND_TRY(add(code, "", false));
  return listed;
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
    ND_TRY(add_identifier(edit_, {0, of_, code, from}));
    return {};
  }

  Result<void> operator()(const Decide& decide) {
    ND_TRY_ASSIGN(const auto listed, statements_of(edit_.database(), of_));
    const auto found = std::ranges::find(listed, decide.number, &ListedStatement::number);
    if (found == listed.end()) {
      return fail(Error::Kind::kNotFound,
                  fmt::format("there is no number {}; see: needledrop edit {} {} facts",
                              decide.number, to_string(of_.kind), of_.id));
    }
    return std::visit([&](const auto& what) { return settle(what, decide.what); }, found->what);
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

  Result<void> settle(const Fact& fact, Decide::What what) {
    if (what == Decide::What::kRemove) return remove_fact(edit_, fact.id);
    return set_fact_standing(edit_, fact.id, standing_of(what));
  }
  Result<void> settle(const Credit& credit, Decide::What what) {
    if (what == Decide::What::kRemove) return remove_credit(edit_, credit.id);
    return set_credit_standing(edit_, credit.id, standing_of(what));
  }
  Result<void> settle(const Identifier& code, Decide::What what) {
    if (what == Decide::What::kRemove) return remove_identifier(edit_, code.id);
    return fail(Error::Kind::kInvalidArgument, "a code is kept or removed; several may hold");
  }
  static FactStanding standing_of(Decide::What what) {
    return what == Decide::What::kPrefer ? FactStanding::kPreferred : FactStanding::kDismissed;
  }

  CatalogueEdit& edit_;
  EntityRef of_;
  const std::string& author_;
  std::string warning_;
};

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
  return fail(Error::Kind::kInvalidArgument, "only a work or a party is added by hand");
}

std::string summary_of(const EntityEdit& request, const std::string& name) {
  constexpr std::array<std::string_view, 6> kVerbs{"fact of",     "credit of", "code of",
                                                   "decision on", "new",       "work of"};
  return fmt::format("{} {}", kVerbs.at(request.action.index()), name);
}

}  // namespace

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
