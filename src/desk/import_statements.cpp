#include "desk/import_statements.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <type_traits>

#include <fmt/format.h>

#include "catalogue/broadcasts.h"
#include "catalogue/names.h"
#include "catalogue/partial_date.h"
#include "catalogue/text.h"
#include "catalogue/works.h"

namespace needledrop {
namespace {

/// Where in the file, as a provenance says it: a cell belongs to its line.
std::string location_of(const ImportPlace& at) {
  return at.line > 0 ? fmt::format("line {}", at.line) : at.pointer;
}

std::string credit_text(const Credit& credit) {
  std::string text(to_string(credit.role));
  if (credit.share.has_value()) text += fmt::format(" with {}", percent_text(*credit.share));
  if (!credit.society.empty()) text += fmt::format(" ({})", shown(credit.society, 40));
  return text;
}

constexpr std::string_view kWayOut = "; change that first, or keep both with --side-by-side";

std::string_view table_of(const Fact&) {
  return "fact";
}
std::string_view table_of(const Credit&) {
  return "credit";
}

/// Has a thing one code of the scheme? Names in registers and pages about a thing may be several.
bool is_single(CodeScheme scheme) {
  switch (scheme) {
    case CodeScheme::kIswc:
    case CodeScheme::kIsrc:
    case CodeScheme::kIpiBase:
    case CodeScheme::kIsni:
    case CodeScheme::kEidr:
    case CodeScheme::kIsan:
      return true;
    default:
      return false;
  }
}

std::string code_text(const Code& code) {
  return fmt::format("{} {}", to_string(code.scheme), printed_code(code.scheme, code.value));
}

}  // namespace

/// Does the file say the same of this already? `known` is what is said of one property, or of one
/// party in one role.
bool ImportStatements::is_said(const auto& known, const auto& is_same) {
  const bool is_known = std::ranges::any_of(known, [&](const auto& other) {
    if (source_.adds_only && other.standing == FactStanding::kDismissed) return false;
    return is_same(other) && (source_.adds_only || provenances_.contains(other.provenance));
  });
  if (is_known) ++known_;
  return is_known;
}

/// Tells what `what` contradicts; false when that is a person's decision. `contradicted` says in
/// words how another statement contradicts it, or nothing.
Result<bool> ImportStatements::agrees_with_others(const auto& known, const std::string& what,
                                                  const ImportPlace& at, const auto& is_same,
                                                  const auto& contradicted) {
  using Known = typename std::decay_t<decltype(known)>::value_type;
  const auto refuse = [&](const Known& other, const std::string& why) {
    problems_->error({at, fmt::format("{} {}{}", what, why, kWayOut),
                      std::pair(std::string(table_of(other)), std::to_string(other.id))});
    return false;
  };
  for (const Known& other : known) {
    if (other.standing == FactStanding::kDismissed && is_same(other)) {
      return refuse(other, "was dismissed");
    }
    if (other.standing != FactStanding::kPreferred) continue;
    const auto how = contradicted(other);
    return !how.has_value() ||
           refuse(other, fmt::format("contradicts {}, which is preferred", *how));
  }
  for (const Known& other : known) {
    const auto how = contradicted(other);
    if (!how.has_value() || other.standing == FactStanding::kDismissed) continue;
    ND_TRY_ASSIGN(const Provenance from, read_provenance(edit_->database(), other.provenance));
    problems_->warn(at, fmt::format("{} contradicts {} ({}); both stand", what, *how,
                                    shown(provenance_text(from))));
  }
  return true;
}

Result<ImportStatements> ImportStatements::begin(CatalogueEdit& edit, Source source,
                                                 ImportProblems& problems) {
  ImportStatements statements(edit, std::move(source), problems);
  ND_TRY_ASSIGN(const auto ids,
                provenances_of(edit.database(), statements.source_.kind, statements.source_.name));
  statements.provenances_.insert(ids.begin(), ids.end());
  return statements;
}

Result<std::int64_t> ImportStatements::provenance(const ImportPlace& at) {
  std::string location = location_of(at);
  if (last_.second != 0 && last_.first == location) return last_.second;
  ND_TRY_ASSIGN(const std::int64_t id,
                edit_->provenance_id({0, source_.kind, source_.name, location}));
  provenances_.insert(id);
  last_ = {std::move(location), id};
  return id;
}

/// Tells what stands against it. False when that is a person's decision.
Result<bool> ImportStatements::may_state(const ImportedCode& said, const Identifier& other) {
  const std::string what = code_text(said.code);
  if (other.standing == FactStanding::kPreferred && !source_.side_by_side) {
    problems_->error({said.at,
                      fmt::format("{} contradicts {}, which is preferred{}", what,
                                  code_text(other.code), kWayOut),
                      std::pair("identifier", std::to_string(other.id))});
    return false;
  }
  ND_TRY_ASSIGN(const Provenance from, read_provenance(edit_->database(), other.provenance));
  problems_->warn(said.at, fmt::format("{} is another than {} ({}); both stand", what,
                                       code_text(other.code), shown(provenance_text(from))));
  return true;
}

Result<void> ImportStatements::state_code(EntityRef of, const ImportedCode& said) {
  if (!codes_.emplace(of, said.code.scheme, said.code.value).second) return {};
  ND_TRY_ASSIGN(auto known, identifiers_of(edit_->database(), of));
  std::erase_if(known, [&said](const Identifier& identifier) {
    return identifier.code.scheme != said.code.scheme;
  });
  const auto same = std::ranges::find_if(known, [&said](const Identifier& identifier) {
    return identifier.code.value == said.code.value;
  });
  if (same != known.end()) {
    ++known_;
    const bool is_refused = same->standing == FactStanding::kDismissed && !source_.side_by_side &&
                            !provenances_.contains(same->provenance);
    if (is_refused) {
      problems_->error({said.at, fmt::format("{} was dismissed{}", code_text(said.code), kWayOut),
                        std::pair("identifier", std::to_string(same->id))});
    }
    return {};
  }
  for (const Identifier& other : known) {
    if (!is_single(said.code.scheme) || other.standing == FactStanding::kDismissed) continue;
    ND_TRY_ASSIGN(const bool may, may_state(said, other));
    if (!may) return {};
  }
  ND_TRY_ASSIGN(const std::int64_t from, provenance(said.at));
  ND_TRY(add_identifier(*edit_, {0, of, said.code, from}));
  return {};
}

Result<bool> ImportStatements::may_state(const Fact& fact, const ImportPlace& at) {
  ND_TRY_ASSIGN(auto known, facts_of(edit_->database(), fact.of));
  std::erase_if(known, [&fact](const Fact& other) { return other.property != fact.property; });
  const auto is_same = [&fact](const Fact& other) { return other.value == fact.value; };
  if (is_said(known, is_same)) return false;
  if (source_.side_by_side) return true;
  const std::string what = fmt::format("{} '{}'", to_string(fact.property), shown(fact.value, 40));
  return agrees_with_others(known, what, at, is_same,
                            [&fact](const Fact& other) -> std::optional<std::string> {
                              if (!contradict(fact, other)) return std::nullopt;
                              return fmt::format("'{}'", shown(other.value, 40));
                            });
}

Result<void> ImportStatements::state_fact(EntityRef of, const ImportedFact& said) {
  Fact fact{0, of, said.property, said.value, 0, FactStanding::kStated};
  ND_TRY_ASSIGN(const bool may, may_state(fact, said.at));
  if (!may) return {};
  ND_TRY_ASSIGN(fact.provenance, provenance(said.at));
  ND_TRY(add_fact(*edit_, fact));
  return {};
}

Result<void> ImportStatements::state_name(EntityRef of, const ImportedName& said) {
  const Names names(edit_->database());
  ND_TRY_ASSIGN(const auto known, names.of(of));
  const NameKind kind = name_kind(said.kind).value_or(NameKind::kLocalised);
  const bool is_known = std::ranges::any_of(known, [&](const Name& name) {
    return name.text == said.text && name.language == said.language &&
           (name.kind == kind || said.kind.empty());
  });
  if (is_known) {
    ++known_;
    return {};
  }
  Name name;
  name.entity = of;
  name.text = said.text;
  name.language = said.language;
  name.kind = kind;
  ND_TRY_ASSIGN(name.provenance, provenance(said.at));
  auto added = add_name(*edit_, name);
  if (!added.has_value() && added.error().kind == Error::Kind::kInvalidArgument) {
    problems_->error(said.at, std::move(added.error().message));
    return {};
  }
  ND_TRY(added);
  return {};
}

/// Does the credit say anything that those of its party and role don't, all together?
Result<bool> ImportStatements::adds_to(const std::vector<Credit>& known, const Credit& credit) {
  std::vector<Credit> counting = known;
  std::erase_if(counting, [](const Credit& c) { return c.standing == FactStanding::kDismissed; });
  if (counting.empty()) return true;
  const bool adds_share =
      credit.share.has_value() &&
      std::ranges::find(counting, credit.share, &Credit::share) == counting.end();
  if (adds_share || credit.society.empty()) return adds_share;
  if (std::ranges::find(counting, credit.society, &Credit::society) != counting.end()) return false;
  ND_TRY_ASSIGN(const auto facts, facts_of(edit_->database(), {EntityKind::kParty, credit.party}));
  return held_fact(facts, Property::kSociety).value != credit.society;
}

Result<bool> ImportStatements::may_state(const Credit& credit, const ImportedCredit& said) {
  ND_TRY_ASSIGN(auto known, credits_of(edit_->database(), credit.of));
  std::erase_if(known, [&credit](const Credit& other) {
    return other.party != credit.party || other.role != credit.role;
  });
  const auto is_same = [&credit](const Credit& other) {
    return other.share == credit.share && other.society == credit.society;
  };
  if (is_said(known, is_same)) return false;
  if (source_.adds_only) {
    ND_TRY_ASSIGN(const bool adds, adds_to(known, credit));
    if (!adds) {
      ++known_;
      return false;
    }
  }
  if (source_.side_by_side) return true;
  const bool is_about_share = std::ranges::any_of(known, [&credit](const Credit& other) {
    return other.share.has_value() && credit.share.has_value() && *other.share != *credit.share;
  });
  const std::string what =
      fmt::format("'{}' as {}", shown(said.party.name, 60), credit_text(credit));
  return agrees_with_others(known, what, is_about_share ? said.share_at : said.at, is_same,
                            [&credit](const Credit& other) -> std::optional<std::string> {
                              if (!contradict(credit, other)) return std::nullopt;
                              return credit_text(other);
                            });
}

Result<void> ImportStatements::state_credit(EntityRef of, std::int64_t party,
                                            const ImportedCredit& said) {
  Credit credit{0, of, party, said.role, said.share, said.society, 0, FactStanding::kStated};
  ND_TRY_ASSIGN(const bool may, may_state(credit, said));
  if (!may) return {};
  ND_TRY_ASSIGN(credit.provenance, provenance(said.at));
  ND_TRY(add_credit(*edit_, credit));
  return {};
}

Result<void> ImportStatements::state_broadcast(std::int64_t episode,
                                               const ImportedBroadcast& said) {
  const auto what = [](const Broadcast& b) {
    return std::tie(b.part, b.date, b.time, b.zone, b.channel, b.territory);
  };
  ND_TRY_ASSIGN(const auto known, broadcasts_of(edit_->database(), episode));
  for (const Broadcast& other : known) {
    if (what(other) != what(said.broadcast) || !provenances_.contains(other.provenance)) continue;
    ++known_;
    return {};
  }
  Broadcast broadcast = said.broadcast;
  broadcast.episode = episode;
  ND_TRY_ASSIGN(broadcast.provenance, provenance(said.at));
  ND_TRY(add_broadcast(*edit_, broadcast));
  return {};
}

Result<void> ImportStatements::state_performance(SourceId recording, std::int64_t work,
                                                 const ImportPlace& at) {
  ND_TRY_ASSIGN(const auto known,
                performances_of(edit_->database(), {EntityKind::kRecording, recording.value}));
  const auto same = std::ranges::find(known, work, &Performance::work);
  if (same != known.end()) {
    ++known_;
    const bool is_refused = same->standing == FactStanding::kDismissed && !source_.side_by_side &&
                            !provenances_.contains(same->provenance);
    if (is_refused) {
      problems_->error({at,
                        fmt::format("that recording {} performs work {} was dismissed{}",
                                    recording.value, work, kWayOut),
                        std::pair("recording_work", fmt::format("{}/{}", recording.value, work))});
    }
    return {};
  }
  ND_TRY_ASSIGN(const std::int64_t from, provenance(at));
  return link_work(*edit_, recording, work, from);
}

}  // namespace needledrop
