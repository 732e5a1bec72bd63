#include "desk/known_recordings.h"

#include <algorithm>

#include <fmt/format.h>

#include "catalogue/facts.h"
#include "catalogue/lookup.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

void add(std::vector<SourceId>& ids, SourceId id) {
  if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

}  // namespace

Result<KnownRecordings> KnownRecordings::load(Catalogue& catalogue) {
  KnownRecordings known;
  ND_TRY_ASSIGN(const auto recordings, catalogue.recordings());
  for (const Recording& recording : recordings) {
    known.titles_[recording.id.value] = recording.title;
    known.by_title_[folded(recording.title)].push_back(recording.id);
    for (const std::string& path : recording.paths) add(known.by_path_[path], recording.id);
    if (const auto isrc = read_code(CodeScheme::kIsrc, recording.isrc); isrc.has_value()) {
      add(known.by_isrc_[isrc->value], recording.id);
    }
  }
  ND_TRY_ASSIGN(const auto coded, identifiers_in(catalogue.database(), CodeScheme::kIsrc));
  for (const Identifier& identifier : coded) {
    if (identifier.of.kind != EntityKind::kRecording) continue;
    add(known.by_isrc_[identifier.code.value],
        SourceId(static_cast<SourceId::rep>(identifier.of.id)));
  }
  ND_TRY_ASSIGN(const auto relations, catalogue.relations());
  for (const Relation& relation : relations) {
    if (relation.kind == RelationKind::kSame) known.same_sound_.insert({relation.a, relation.b});
  }
  return known;
}

std::string KnownRecordings::label(SourceId id) const {
  const auto title = titles_.find(id.value);
  return fmt::format("{} {}", id.value, title == titles_.end() ? "" : shown(title->second, 40));
}

std::string KnownRecordings::list_of(const std::vector<SourceId>& ids) const {
  constexpr std::size_t kMostShown = 6;
  std::string list;
  for (std::size_t i = 0; i < std::min(ids.size(), kMostShown); ++i) {
    list += (list.empty() ? "" : ", ") + label(ids[i]);
  }
  return list;
}

std::optional<SourceId> KnownRecordings::only(const std::optional<Code>& isrc,
                                              const std::string& title) const {
  const auto one_of = [](const auto& map, const std::string& key) -> std::optional<SourceId> {
    const auto found = map.find(key);
    if (found == map.end() || found->second.size() != 1) return std::nullopt;
    return found->second.front();
  };
  if (isrc.has_value() && by_isrc_.contains(isrc->value)) return one_of(by_isrc_, isrc->value);
  return title.empty() ? std::nullopt : one_of(by_title_, folded(title));
}

std::vector<SourceId> KnownRecordings::named(const std::string& what) const {
  if (const auto number = spelled_number(what); number.has_value()) {
    const auto id = static_cast<SourceId::rep>(*number);
    if (id == *number && titles_.contains(id)) return {SourceId(id)};
  }
  if (const auto path = by_path_.find(what); path != by_path_.end()) return path->second;
  if (const auto title = by_title_.find(folded(what)); title != by_title_.end()) {
    return title->second;
  }
  return {};
}

bool KnownRecordings::are_same_sound(SourceId a, SourceId b) const {
  return a == b || same_sound_.contains({std::min(a, b), std::max(a, b)});
}

bool KnownRecordings::are_all_same_sound(const std::vector<SourceId>& ids) const {
  return std::ranges::all_of(ids, [&](SourceId id) { return are_same_sound(ids.front(), id); });
}

void KnownRecordings::check_code(const ImportedRecording& meant, SourceId found,
                                 ImportProblems& problems) {
  std::vector<SourceId>& holders = by_isrc_[meant.isrc->value];
  for (const SourceId holder : holders) {
    if (are_same_sound(found, holder)) continue;
    problems.error(meant.isrc_at,
                   fmt::format("the ISRC {} is that of recording {} already; recording {} is "
                               "another sound",
                               printed_code(CodeScheme::kIsrc, meant.isrc->value), label(holder),
                               label(found)));
    return;
  }
  add(holders, found);
}

std::vector<SourceId> KnownRecordings::find(const ImportedRecording& meant,
                                            ImportProblems& problems) {
  const bool is_named = !meant.what.empty();
  std::vector<SourceId> found;
  if (is_named) {
    found = named(meant.what);
  } else if (const auto coded = by_isrc_.find(meant.isrc->value); coded != by_isrc_.end()) {
    found = coded->second;
  }
  if (is_named && found.size() > 1 && meant.isrc.has_value()) {
    // Of one title, the one that has the code is meant.
    const auto coded = by_isrc_.find(meant.isrc->value);
    std::vector<SourceId> both;
    if (coded != by_isrc_.end()) {
      std::ranges::copy_if(found, std::back_inserter(both), [&coded](SourceId id) {
        return std::ranges::find(coded->second, id) != coded->second.end();
      });
    }
    if (!both.empty()) found = std::move(both);
  }
  const std::string name =
      is_named ? fmt::format("'{}'", shown(meant.what))
               : fmt::format("ISRC {}", printed_code(CodeScheme::kIsrc, meant.isrc->value));
  const ImportPlace& at = is_named ? meant.at : meant.isrc_at;
  if (found.empty()) {
    problems.warn(at, fmt::format("the desk has no recording {}; nothing is said of it", name));
    return {};
  }
  if (found.size() > 1 && !(are_all_same_sound(found) && !is_named)) {
    problems.error(at, fmt::format("{} recordings fit {}: {}; name it by its number", found.size(),
                                   name, list_of(found)));
    return {};
  }
  if (is_named && meant.isrc.has_value()) check_code(meant, found.front(), problems);
  return found;
}

}  // namespace needledrop
