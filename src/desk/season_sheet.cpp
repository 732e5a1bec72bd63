#include "desk/season_sheet.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include <fmt/format.h>

#include "cuesheet/sheet_text.h"
#include "desk/desk.h"
#include "desk/entity_name.h"

namespace needledrop {
namespace {

/// By number; those without one after the others.
Result<std::vector<Episode>> episodes_of(Desk& desk, std::int64_t production, int season) {
  ND_TRY_ASSIGN(auto episodes, desk.catalogue().episodes());
  std::erase_if(episodes, [&](const Episode& each) {
    return each.production != production || each.season != season;
  });
  std::ranges::sort(episodes, {}, [](const Episode& each) {
    return std::tuple(!each.number.has_value(), each.number, each.id);
  });
  return episodes;
}

std::string name_of(const Episode& episode) {
  SheetHeader header;
  header.season = episode.season;
  header.number = episode.number;
  return episode.number.has_value() ? episode_mark(header) : episode.title;
}

}  // namespace

std::optional<SeasonName> read_season_name(std::string_view what) {
  const std::size_t slash = what.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return std::nullopt;
  std::string_view mark = what.substr(slash + 1);
  if (!mark.starts_with('S') && !mark.starts_with('s')) return std::nullopt;
  mark.remove_prefix(1);
  SeasonName name{std::string(what.substr(0, slash)), 0};
  const char* const end = mark.data() + mark.size();
  const auto read = std::from_chars(mark.data(), end, name.number);
  const bool is_number = read.ec == std::errc() && read.ptr == end && name.number >= 0;
  return is_number ? std::optional(name) : std::nullopt;
}

Result<SeasonSheet> season_sheet(Desk& desk, const SeasonName& name, const SheetWishes& wishes) {
  EntityName production;
  production.kind = EntityKind::kProduction;
  production.text = name.production;
  ND_TRY_ASSIGN(const EntityRef meant, find_entity(desk, production));
  ND_TRY_ASSIGN(const auto episodes, episodes_of(desk, meant.id, name.number));
  if (episodes.empty()) {
    return fail(Error::Kind::kNotFound,
                fmt::format("the desk has no episode of season {} of \"{}\"", name.number,
                            name.production));
  }
  SeasonSheet season;
  std::vector<CueSheet> sheets;
  for (const Episode& episode : episodes) {
    ND_TRY_ASSIGN(const EpisodeCues cues, episode_cues(desk, episode));
    if (cues.parts.empty()) {
      season.left_out.push_back(name_of(episode));
      continue;
    }
    ND_TRY_ASSIGN(CueSheet sheet, standing_sheet(desk, cues, wishes));
    sheets.push_back(std::move(sheet));
  }
  if (sheets.empty()) {
    return fail(Error::Kind::kNotFound, "none of the season's episodes was spotted yet");
  }
  season.sheet = roll_up(sheets);
  return season;
}

}  // namespace needledrop
