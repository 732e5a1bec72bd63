#include "desk/episode_identity.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "desk/file_name.h"
#include "media/naming.h"

namespace needledrop {
namespace {

std::optional<int> to_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 5) return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

void take_overrides(EpisodeIdentity& identity, const EpisodeOverrides& overrides) {
  if (!overrides.production.empty()) identity.production = valid_utf8(overrides.production);
  if (overrides.season.has_value()) identity.episode.season = overrides.season;
  if (overrides.number.has_value()) identity.episode.number = overrides.number;
  if (!overrides.title.empty()) identity.episode.title = valid_utf8(overrides.title);
  if (!overrides.air_date.empty()) identity.episode.air_date = overrides.air_date;
  if (overrides.cut.has_value()) identity.cut = valid_utf8(*overrides.cut);
}

}  // namespace

Result<EpisodeOverrides> episode_named_by_mark(std::string_view mark) {
  EpisodeOverrides overrides;
  if (const auto number = to_number(mark); number.has_value()) {
    overrides.number = number;
    return overrides;
  }
  const EpisodeName name = read_episode_name(mark);
  if (!name.number.has_value() || !name.production.empty()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("\"{}\" names no episode; write it like S01E12 or E12", mark));
  }
  overrides.season = name.season;
  overrides.number = name.number;
  return overrides;
}

Result<std::string> read_air_date(std::string_view text) {
  const bool has_form = text.size() == 10 && text[4] == '-' && text[7] == '-';
  const auto year = to_number(text.substr(0, 4));
  const auto month = has_form ? to_number(text.substr(5, 2)) : std::nullopt;
  const auto day = has_form ? to_number(text.substr(8, 2)) : std::nullopt;
  if (year.has_value() && month.has_value() && day.has_value()) {
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (date.ok()) return std::string(text);
  }
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("\"{}\" is no date; write it like 2024-03-09", text));
}

EpisodeIdentity read_identity(const std::string& path, const Tags& tags,
                              const EpisodeOverrides& overrides) {
  const std::string stem = valid_utf8(file_stem(path));
  const EpisodeName name = read_episode_name(stem);
  EpisodeIdentity identity;
  identity.production = valid_utf8(name.production);
  identity.part = name.part;
  identity.episode.season = name.season;
  identity.episode.number = name.number;
  identity.episode.title = tags.title.empty() ? stem : valid_utf8(tags.title);
  if (!name.number.has_value() && !tags.title.empty()) {
    const EpisodeName tagged = read_episode_name(tags.title);
    identity.episode.season = tagged.season;
    identity.episode.number = tagged.number;
    if (identity.production.empty()) identity.production = valid_utf8(tagged.production);
  }
  // A name without an episode's number is a title, whatever stands before a part.
  if (!identity.episode.number.has_value()) identity.production.clear();
  take_overrides(identity, overrides);
  return identity;
}

Result<EpisodeIdentity> match_identity(Catalogue& catalogue, EpisodeIdentity identity) {
  if (identity.production.empty() || !identity.episode.number.has_value()) return identity;
  ND_TRY_ASSIGN(const auto productions, catalogue.productions());
  const auto production = std::ranges::find(productions, identity.production, &Production::title);
  if (production == productions.end()) return identity;
  ND_TRY_ASSIGN(const auto episodes, catalogue.episodes());
  const auto episode = std::ranges::find_if(episodes, [&](const Episode& e) {
    return e.production == production->id && e.season == identity.episode.season &&
           e.number == identity.episode.number;
  });
  if (episode == episodes.end()) return identity;
  EpisodeIdentity matched = std::move(identity);
  if (!matched.episode.air_date.has_value()) matched.episode.air_date = episode->air_date;
  matched.episode.id = episode->id;
  matched.episode.production = episode->production;
  matched.episode.title = episode->title;
  return matched;
}

Result<EpisodeIdentity> override_identity(Catalogue& catalogue, const EpisodeFile& file,
                                          const EpisodeOverrides& overrides) {
  EpisodeIdentity identity;
  ND_TRY_ASSIGN(identity.episode, catalogue.episode(file.episode));
  ND_TRY_ASSIGN(identity.production, production_title(catalogue, identity.episode.production));
  identity.part = file.part;
  identity.cut = file.cut;
  take_overrides(identity, overrides);
  return identity;
}

Result<std::string> production_title(Catalogue& catalogue, std::int64_t production) {
  if (production == 0) return std::string();
  ND_TRY_ASSIGN(const auto productions, catalogue.productions());
  const auto found = std::ranges::find(productions, production, &Production::id);
  return found == productions.end() ? std::string() : found->title;
}

}  // namespace needledrop
