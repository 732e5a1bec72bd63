#include "desk/import_matching.h"

#include <algorithm>

#include <fmt/format.h>

#include "catalogue/episode_edits.h"
#include "catalogue/facts.h"
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
    matcher.add({EntityKind::kRelease, release.id}, release.title, release.comment);
  }
  ND_TRY_ASSIGN(const auto all_productions, productions(database));
  for (const Production& production : all_productions) {
    matcher.add({EntityKind::kProduction, production.id}, production.title, "");
  }
  ND_TRY_ASSIGN(const auto all_episodes, episodes(database));
  for (const Episode& episode : all_episodes) matcher.add(episode);
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
    return std::ranges::any_of(codes, [&identifier](const ImportedCode& code) {
      return code.code.scheme == identifier.code.scheme && code.code.value != identifier.code.value;
    });
  });
}

std::string ImportMatcher::list_of(const ImportedMeaning& meant,
                                   const std::vector<std::int64_t>& ids) const {
  constexpr std::size_t kMostShown = 6;
  std::string list;
  const auto named = by_name_.find(meant.kind);
  for (const std::int64_t id : std::span(ids).first(std::min(ids.size(), kMostShown))) {
    list += fmt::format("{}{}", list.empty() ? "" : ", ", id);
    if (named == by_name_.end()) continue;
    const auto same = named->second.find(folded(meant.name));
    if (same == named->second.end()) continue;
    const auto entity = std::ranges::find(same->second, id, &Named::id);
    if (entity == same->second.end()) continue;
    list += " " + shown(entity->name, 40);
    if (!entity->comment.empty()) list += fmt::format(" ({})", shown(entity->comment, 40));
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

Result<ImportMatch> ImportMatcher::match(const ImportedMeaning& meant) {
  ND_TRY_ASSIGN(const auto by_code, coded(meant));
  if (by_code.size() == 1) return ImportMatch{Outcome::kKnown, by_code.front()};
  if (by_code.size() > 1) {
    problems_->error(meant.at,
                     fmt::format("the codes of '{}' are those of {} {}: {}", shown(meant.name),
                                 by_code.size(), plural_of(meant.kind), list_of(meant, by_code)));
    return ImportMatch{Outcome::kUnclear, 0};
  }
  std::vector<std::int64_t> fitting;
  bool is_another = false;
  const std::string comment = folded(meant.comment);
  const auto& names = by_name_[meant.kind];
  const auto same = names.find(folded(meant.name));
  if (same == names.end()) return ImportMatch{Outcome::kNew, 0};
  for (const Named& named : same->second) {
    if (!comment.empty() && folded(named.comment) != comment) continue;
    ND_TRY_ASSIGN(const bool differs, has_other_code({meant.kind, named.id}, meant.codes));
    is_another = is_another || differs;
    if (!differs) fitting.push_back(named.id);
  }
  if (fitting.empty() && is_another) {
    problems_->warn(meant.at, fmt::format("'{}' has another code than what the catalogue has under "
                                          "this name; both are kept",
                                          shown(meant.name)));
  }
  return only(fitting, meant);
}

Result<ImportMatch> ImportMatcher::match_episode(const ImportedEpisode& meant,
                                                 std::int64_t production) {
  const std::string name =
      meant.number.has_value() ? fmt::format("episode {}", *meant.number) : meant.title;
  const ImportedMeaning meaning{EntityKind::kEpisode, name, "", meant.said.codes, meant.at};
  ND_TRY_ASSIGN(const auto by_code, coded(meaning));
  if (!by_code.empty()) return only(by_code, meaning);
  if (meant.number.has_value()) {
    const auto found = by_number_.find({production, meant.season, *meant.number});
    return only(found == by_number_.end() ? std::vector<std::int64_t>() : found->second, meaning);
  }
  const auto found = by_title_.find({production, folded(meant.title)});
  return only(found == by_title_.end() ? std::vector<std::int64_t>() : found->second, meaning);
}

bool ImportMatcher::is_only(std::string_view party) const {
  const auto names = by_name_.find(EntityKind::kParty);
  if (names == by_name_.end()) return true;
  const auto same = names->second.find(folded(party));
  return same == names->second.end() || same->second.size() < 2;
}

void ImportMatcher::add(EntityRef made, std::string_view name, std::string_view comment) {
  by_name_[made.kind][folded(name)].push_back({made.id, std::string(name), std::string(comment)});
}

void ImportMatcher::add(const Episode& made) {
  if (made.number.has_value()) {
    by_number_[{made.production, made.season, *made.number}].push_back(made.id);
  }
  if (!made.title.empty()) by_title_[{made.production, folded(made.title)}].push_back(made.id);
}

}  // namespace needledrop
