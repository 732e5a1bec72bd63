#include "desk/listing.h"

#include <algorithm>
#include <map>
#include <utility>

#include "desk/desk.h"

namespace needledrop {
namespace {

Result<std::map<std::int64_t, std::string>> titles_by_production(Desk& desk) {
  ND_TRY_ASSIGN(const auto productions, desk.catalogue().productions());
  std::map<std::int64_t, std::string> titles;
  for (const Production& production : productions) titles[production.id] = production.title;
  return titles;
}

}  // namespace

Result<std::vector<ListedRecording>> list_recordings(Desk& desk) {
  ND_TRY_ASSIGN(auto titles, titles_by_production(desk));
  ND_TRY_ASSIGN(auto recordings, desk.catalogue().recordings());
  ND_TRY_ASSIGN(const Relatives relatives, relatives_in(desk));
  std::vector<ListedRecording> listed;
  listed.reserve(recordings.size());
  for (Recording& recording : recordings) {
    std::string production = recording.production == 0 ? "" : titles[recording.production];
    ND_TRY_ASSIGN(auto related, related_to(desk, relatives, recording.id));
    listed.push_back({std::move(recording), std::move(production), std::move(related)});
  }
  std::ranges::sort(listed, {}, [](const ListedRecording& r) { return r.recording.id; });
  return listed;
}

Result<std::vector<ListedEpisode>> list_episodes(Desk& desk) {
  ND_TRY_ASSIGN(auto titles, titles_by_production(desk));
  ND_TRY_ASSIGN(const auto episodes, desk.catalogue().episodes());
  ND_TRY_ASSIGN(const auto stale, desk.catalogue().stale_files());
  std::vector<ListedEpisode> listed;
  listed.reserve(episodes.size());
  for (const Episode& episode : episodes) {
    ListedEpisode one;
    one.episode = episode;
    if (episode.production != 0) one.production = titles[episode.production];
    ND_TRY_ASSIGN(one.files, desk.catalogue().files_of(episode.id));
    for (const EpisodeFile& file : one.files) {
      ND_TRY_ASSIGN(const auto run, desk.catalogue().run_of(file.id));
      if (run.has_value()) one.spots += run->spots.size();
      if (std::ranges::find(stale, file.id, &EpisodeFile::id) != stale.end()) one.is_stale = true;
    }
    listed.push_back(std::move(one));
  }
  std::ranges::sort(listed, {}, [](const ListedEpisode& e) { return e.episode.id; });
  return listed;
}

Result<std::vector<ListedProduction>> list_productions(Desk& desk) {
  ND_TRY_ASSIGN(const auto productions, desk.catalogue().productions());
  ND_TRY_ASSIGN(const auto recordings, desk.catalogue().recordings());
  ND_TRY_ASSIGN(const auto episodes, desk.catalogue().episodes());
  std::map<std::int64_t, ListedProduction> listed;
  for (const Production& production : productions) listed[production.id].production = production;
  for (const Recording& recording : recordings) {
    if (recording.production != 0) ++listed[recording.production].recordings;
  }
  for (const Episode& episode : episodes) {
    if (episode.production != 0) ++listed[episode.production].episodes;
  }
  std::vector<ListedProduction> values;
  values.reserve(listed.size());
  for (auto& [id, one] : listed) values.push_back(std::move(one));
  return values;
}

}  // namespace needledrop
