#include "desk/production_clearance.h"

#include <algorithm>
#include <tuple>

#include "catalogue/broadcasts.h"
#include "catalogue/works.h"
#include "desk/desk.h"
#include "desk/episode_cues.h"
#include "desk/sheet_material.h"

namespace needledrop {
namespace {

Result<std::vector<Episode>> episodes_of(Desk& desk, std::int64_t production) {
  ND_TRY_ASSIGN(auto episodes, desk.catalogue().episodes());
  std::erase_if(episodes, [&](const Episode& each) { return each.production != production; });
  std::ranges::sort(episodes, {}, [](const Episode& each) {
    return std::tuple(each.season, each.number, each.id);
  });
  return episodes;
}

/// The day on which the episode was first shown; "" when that is not known to the day.
Result<std::string> first_day(const Database& database, const Episode& episode) {
  constexpr std::size_t kWholeDate = 10;
  ND_TRY_ASSIGN(const FirstTransmission first, first_transmission(database, episode));
  return first.date.size() == kWholeDate ? first.date : std::string();
}

/// What a cue needs licences of.
Result<std::vector<std::int64_t>> works_needed(const Database& database, const Cue& cue) {
  if (cue.work != 0) return std::vector{cue.work};
  ND_TRY_ASSIGN(const auto performed, works_of(database, cue.recording));
  std::vector<std::int64_t> ids;
  std::ranges::transform(performed, std::back_inserter(ids), &Work::id);
  return ids;
}

Result<void> add_uses(Desk& desk, const Episode& episode, std::vector<ClearedUse>& all) {
  const Database& database = desk.catalogue().database();
  ND_TRY_ASSIGN(const EpisodeCues cues, episode_cues(desk, episode));
  if (cues.parts.empty()) return {};
  ND_TRY_ASSIGN(const std::string day, first_day(database, episode));
  ND_TRY_ASSIGN(const SheetMaterial material, sheet_material(desk, cues, nullptr));
  ND_TRY_ASSIGN(const CueSheet sheet, make_sheet(material));
  for (const SheetMaterial::Part& part : material.parts) {
    for (const Cue& cue : part.cues) {
      const auto made = std::ranges::find(sheet.cues, cue.id, &SheetCue::cue);
      ClearedUse& use = all.emplace_back();
      use.episode = episode.id;
      use.cue = cue.id;
      use.use.recording = cue.recording;
      ND_TRY_ASSIGN(use.use.works, works_needed(database, cue));
      use.use.origin = made == sheet.cues.end() ? cue.origin : made->origin;
      use.use.length = made == sheet.cues.end() ? Milliseconds(0) : reported_length(*made);
      use.use.day = day;
    }
  }
  return {};
}

}  // namespace

Result<std::vector<ClearedUse>> uses_of_production(Desk& desk, std::int64_t production,
                                                   const std::vector<Licence>& licences) {
  std::vector<ClearedUse> all;
  ND_TRY_ASSIGN(const auto episodes, episodes_of(desk, production));
  for (const Episode& episode : episodes) ND_TRY(add_uses(desk, episode, all));
  std::vector<LicensedUse> uses;
  std::ranges::transform(all, std::back_inserter(uses), &ClearedUse::use);
  const auto cleared = clear_uses(uses, licences);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].cleared = cleared[i];
  return all;
}

Result<std::vector<ClearedUse>> production_clearance(Desk& desk, std::int64_t production) {
  ND_TRY_ASSIGN(const auto licences, licences_for(desk.catalogue().database(), production));
  if (licences.empty()) return std::vector<ClearedUse>();
  return uses_of_production(desk, production, licences);
}

void put_clearance(const std::vector<ClearedUse>& cleared, std::int64_t episode, CueSheet& sheet) {
  for (SheetCue& cue : sheet.cues) {
    const auto use = std::ranges::find_if(cleared, [&](const ClearedUse& each) {
      return each.episode == episode && each.cue == cue.cue;
    });
    if (use == cleared.end()) continue;
    cue.clearance = use->cleared.clearance;
    cue.licence = use->cleared.rights.empty() ? "" : use->cleared.rights.front().reference;
  }
}

}  // namespace needledrop
