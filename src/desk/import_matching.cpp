#include "desk/import_matching.h"

#include <algorithm>

#include <fmt/format.h>

#include "catalogue/episode_edits.h"
#include "catalogue/facts.h"
#include "catalogue/names.h"
#include "catalogue/parties.h"
#include "catalogue/statement.h"
#include "catalogue/text.h"
#include "catalogue/works.h"

namespace needledrop {
namespace {

using Outcome = ImportMatch::Outcome;

std::string_view plural_of(EntityKind kind) {
  switch (kind) {
    case EntityKind::kParty:
      return "parties";
    case EntityKind::kWork:
      return "works";
    case EntityKind::kProduction:
      return "productions";
    case EntityKind::kRelease:
      return "releases";
    case EntityKind::kEpisode:
      return "episodes";
    default:
      return "things";
  }
}

void sort_unique(std::vector<std::int64_t>& ids) {
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

Result<ImportMatcher> ImportMatcher::make(CatalogueEdit& edit, ImportProblems& problems) {
  const Database& database = edit.database();
  ImportMatcher matcher(edit, problems);
  ND_TRY_ASSIGN(const auto all_parties, parties(database));
  for (const Party& party : all_parties) {
    matcher.add({EntityKind::kParty, party.id}, party.name, party.comment);
  }
  ND_TRY_ASSIGN(const auto all_works, works(database));
  for (const Work& work : all_works) {
    matcher.add({EntityKind::kWork, work.id}, work.title, work.comment);
  }
  ND_TRY_ASSIGN(const auto all_releases, releases(database));
  for (const Release& release : all_releases) {
    matcher.add({EntityKind::kRelease, release.id}, release.title, release.comment,
                release.production);
  }
  ND_TRY_ASSIGN(const auto all_productions, productions(database));
  for (const Production& production : all_productions) {
    matcher.add({EntityKind::kProduction, production.id}, production.title, "");
  }
  ND_TRY_ASSIGN(const auto all_episodes, episodes(database));
  for (const Episode& episode : all_episodes) matcher.add(episode);
  ND_TRY_ASSIGN(const auto names, all_names(database));
  for (const Name& name : names) matcher.add_name(name.entity, name.text);
  return matcher;
}

Result<std::vector<std::int64_t>> ImportMatcher::coded(const ImportedMeaning& meant) const {
  std::vector<std::int64_t> ids;
  for (const ImportedCode& code : meant.codes) {
    ND_TRY_ASSIGN(const auto found, identified_by(edit_->database(), code.code));
    for (const EntityRef entity : found) {
      if (entity.kind == meant.kind) ids.push_back(entity.id);
    }
  }
  sort_unique(ids);
  return ids;
}

Result<bool> ImportMatcher::has_other_code(EntityRef candidate,
                                           std::span<const ImportedCode> codes) const {
  if (codes.empty()) return false;
  ND_TRY_ASSIGN(const auto known, identifiers_of(edit_->database(), candidate));
  return std::ranges::any_of(known, [codes](const Identifier& identifier) {
    if (identifier.standing == FactStanding::kDismissed) return false;
    return std::ranges::any_of(codes, [&identifier](const ImportedCode& code) {
      return code.code.scheme == identifier.code.scheme && code.code.value != identifier.code.value;
    });
  });
}

std::string ImportMatcher::list_of(const ImportedMeaning& meant,
                                   const std::vector<std::int64_t>& ids) const {
  constexpr std::size_t kMostShown = 6;
  std::string list;
  for (const std::int64_t id : std::span(ids).first(std::min(ids.size(), kMostShown))) {
    list += fmt::format("{}{}", list.empty() ? "" : ", ", id);
    const auto entity = named_.find({meant.kind, id});
    if (entity == named_.end()) continue;
    list += " " + shown(entity->second.name, 40);
    if (entity->second.comment.empty()) continue;
    list += fmt::format(" ({})", shown(entity->second.comment, 40));
  }
  return list;
}

ImportMatch ImportMatcher::only(const std::vector<std::int64_t>& fitting,
                                const ImportedMeaning& meant) const {
  if (fitting.empty()) return {Outcome::kNew, 0};
  if (fitting.size() == 1) return {Outcome::kKnown, fitting.front()};
  problems_->error(meant.at, fmt::format("{} {} fit '{}': {}; give a code, or the comment that "
                                         "tells them apart",
                                         fitting.size(), plural_of(meant.kind), shown(meant.name),
                                         list_of(meant, fitting)));
  return {Outcome::kUnclear, 0};
}

/// One that was found by its code.
ImportMatch ImportMatcher::told(std::int64_t id, const ImportedMeaning& meant) const {
  const auto known = named_.find({meant.kind, id});
  if (known != named_.end() && !is_called({meant.kind, id}, meant.name)) {
    problems_->warn(meant.at,
                    fmt::format("the catalogue calls the {} of this code '{}' ({}), not '{}'; its "
                                "name stays",
                                to_string(meant.kind), shown(known->second.name, 60), id,
                                shown(meant.name, 60)));
  }
  return {Outcome::kKnown, id};
}

/// Of those of a name, the ones that may be meant.
Result<std::vector<std::int64_t>> ImportMatcher::fitting(const std::vector<Named>& named,
                                                         const ImportedMeaning& meant,
                                                         bool& is_another) const {
  std::vector<std::int64_t> ids;
  const std::string comment = folded(meant.comment);
  const bool has_own =
      std::ranges::find(named, meant.production, &Named::production) != named.end();
  for (const Named& one : named) {
    if (!comment.empty() && folded(one.comment) != comment) continue;
    const bool is_of_another = meant.production != 0 && one.production != meant.production &&
                               (has_own || one.production != 0);
    if (is_of_another) continue;
    ND_TRY_ASSIGN(const bool differs, has_other_code({meant.kind, one.id}, meant.codes));
    is_another = is_another || differs;
    if (!differs) ids.push_back(one.id);
  }
  sort_unique(ids);
  return ids;
}

Result<ImportMatch> ImportMatcher::match(const ImportedMeaning& meant) {
  ND_TRY_ASSIGN(const auto by_code, coded(meant));
  if (by_code.size() == 1) return told(by_code.front(), meant);
  if (by_code.size() > 1) {
    problems_->error(meant.at,
                     fmt::format("the codes of '{}' are those of {} {}: {}", shown(meant.name),
                                 by_code.size(), plural_of(meant.kind), list_of(meant, by_code)));
    return ImportMatch{Outcome::kUnclear, 0};
  }
  bool is_another = false;
  for (auto* const names : {&by_name_, &by_further_name_}) {
    const auto same = (*names)[meant.kind].find(folded(meant.name));
    if (same == (*names)[meant.kind].end()) continue;
    ND_TRY_ASSIGN(const auto ids, fitting(same->second, meant, is_another));
    if (!ids.empty()) return only(ids, meant);
  }
  if (is_another) {
    problems_->warn(meant.at, fmt::format("'{}' has another code than what the catalogue has under "
                                          "this name; both are kept",
                                          shown(meant.name)));
  }
  return ImportMatch{Outcome::kNew, 0};
}

Result<ImportMatch> ImportMatcher::match_episode(const ImportedEpisode& meant,
                                                 std::int64_t production) {
  const std::string name =
      meant.number.has_value() ? fmt::format("episode {}", *meant.number) : meant.title;
  const ImportedMeaning meaning{EntityKind::kEpisode, name, "", meant.said.codes, meant.at};
  ND_TRY_ASSIGN(const auto by_code, coded(meaning));
  if (!by_code.empty()) return only(by_code, meaning);
  if (meant.number.has_value()) return match_number(meant, production, meaning);
  const auto found = by_title_.find({production, folded(meant.title)});
  return only(found == by_title_.end() ? std::vector<std::int64_t>() : found->second, meaning);
}

/// A season that is not said, there or here, may be any: it must leave no choice.
ImportMatch ImportMatcher::match_number(const ImportedEpisode& meant, std::int64_t production,
                                        const ImportedMeaning& meaning) const {
  const auto found = by_number_.find({production, *meant.number});
  if (found == by_number_.end()) return {Outcome::kNew, 0};
  std::vector<std::int64_t> exact;
  std::vector<std::int64_t> possible;
  for (const NumberedEpisode& episode : found->second) {
    if (episode.season == meant.season) exact.push_back(episode.id);
    if (!meant.season.has_value() || !episode.season.has_value()) possible.push_back(episode.id);
  }
  if (!exact.empty()) return only(exact, meaning);
  if (meant.season.has_value() && !possible.empty()) {
    problems_->warn(meant.at,
                    fmt::format("the catalogue does not say the season of '{}' ({}), which "
                                "is taken for that of season {}",
                                meaning.name, possible.front(), *meant.season));
  }
  return only(possible, meaning);
}

bool ImportMatcher::is_only(std::string_view party) const {
  const auto names = by_name_.find(EntityKind::kParty);
  if (names == by_name_.end()) return true;
  const auto same = names->second.find(folded(party));
  return same == names->second.end() || same->second.size() < 2;
}

bool ImportMatcher::is_called(EntityRef entity, std::string_view name) const {
  for (const auto* const names : {&by_name_, &by_further_name_}) {
    const auto of_kind = names->find(entity.kind);
    if (of_kind == names->end()) continue;
    const auto same = of_kind->second.find(folded(name));
    if (same == of_kind->second.end()) continue;
    if (std::ranges::find(same->second, entity.id, &Named::id) != same->second.end()) return true;
  }
  return false;
}

void ImportMatcher::add(EntityRef made, std::string_view name, std::string_view comment,
                        std::int64_t production) {
  const Named named{made.id, std::string(name), std::string(comment), production};
  named_[made] = named;
  by_name_[made.kind][folded(name)].push_back(named);
}

void ImportMatcher::add(const Episode& made) {
  if (made.number.has_value()) {
    by_number_[{made.production, *made.number}].push_back({made.id, made.season});
  }
  if (!made.title.empty()) by_title_[{made.production, folded(made.title)}].push_back(made.id);
}

void ImportMatcher::add_name(EntityRef entity, std::string_view name) {
  const auto named = named_.find(entity);
  if (named != named_.end()) {
    by_further_name_[entity.kind][folded(name)].push_back(named->second);
  }
}

}  // namespace needledrop
