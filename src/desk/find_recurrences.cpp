#include "desk/find_recurrences.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "desk/desk.h"
#include "desk/episode_identity.h"
#include "desk/episode_lookup.h"
#include "spotting/recurrence_search.h"

namespace needledrop {
namespace {

/// By id, each once.
Result<std::vector<EpisodeFile>> files_named(Desk& desk, std::span<const std::string> episodes) {
  if (episodes.empty()) return desk.catalogue().episode_files();
  std::vector<EpisodeFile> files;
  for (const std::string& what : episodes) {
    ND_TRY_ASSIGN(const Episode episode, find_episode(desk, what));
    ND_TRY_ASSIGN(const auto parts, desk.catalogue().files_of(episode.id));
    files.insert(files.end(), parts.begin(), parts.end());
  }
  std::ranges::sort(files, {}, &EpisodeFile::id);
  const auto is_same = [](const EpisodeFile& x, const EpisodeFile& y) { return x.id == y.id; };
  files.erase(std::unique(files.begin(), files.end(), is_same), files.end());
  return files;
}

/// Keeps what the index has; the rest is told of.
std::vector<SourceId> searchable(const std::vector<EpisodeFile>& files, const Snapshot& snapshot,
                                 std::vector<std::string>& warnings) {
  std::vector<SourceId> ids;
  for (const EpisodeFile& file : files) {
    if (snapshot.find(file.id) != nullptr) {
      ids.push_back(file.id);
    } else {
      warnings.push_back(fmt::format(
          "{}: the desk has lost its peaks, so it is not searched; run: needledrop check --repair",
          file.path));
    }
  }
  return ids;
}

/// The episodes to search, with the places of known recurrences in other episodes beside them.
Result<std::vector<HeardEpisode>> heard_episodes(Desk& desk, const Snapshot& snapshot,
                                                 std::span<const SourceId> searched) {
  std::map<SourceId, HeardEpisode> heard;
  for (const SourceId id : searched) heard[id] = {id, true, {}, {}};
  ND_TRY_ASSIGN(const auto known, desk.catalogue().recurrences());
  for (const NamedRecurrence& recurrence : known) {
    if (recurrence.recording != SourceId()) continue;
    for (const RecurrencePlace& place : recurrence.music.places) {
      if (std::ranges::binary_search(searched, place.episode)) continue;
      if (snapshot.find(place.episode) == nullptr) continue;
      HeardEpisode& episode = heard[place.episode];
      episode.id = place.episode;
      episode.asks = false;
      episode.answers.push_back(place.span);
    }
  }
  // What was catalogued counts as spotted before a run has seen it.
  for (const NamedRecurrence& recurrence : known) {
    if (recurrence.recording == SourceId()) continue;
    for (const RecurrencePlace& place : recurrence.music.places) {
      const auto episode = heard.find(place.episode);
      if (episode != heard.end()) episode->second.spotted.push_back(place.span);
    }
  }
  std::vector<HeardEpisode> episodes;
  for (auto& [id, episode] : heard) {
    ND_TRY_ASSIGN(const auto run, desk.catalogue().run_of(id));
    if (run.has_value()) {
      for (const Spot& spot : run->spots) episode.spotted.push_back(spot.span);
    }
    episodes.push_back(std::move(episode));
  }
  return episodes;
}

Result<std::vector<Recurrence>> search(const Snapshot& snapshot,
                                       std::span<const HeardEpisode> episodes,
                                       const RecurOptions& options) {
  Progress progress{"listening for what returns", 0, 0, 0, Milliseconds(0)};
  progress.files =
      static_cast<std::size_t>(std::ranges::count(episodes, true, &HeardEpisode::asks));
  Spotter::Control control;
  control.threads = options.threads;
  control.stop = options.stop;
  control.progress = [&](double share) {
    progress.share = share;
    progress.files_done = static_cast<std::size_t>(share * static_cast<double>(progress.files));
    options.progress(progress);
  };
  return find_recurrences(snapshot, episodes, control);
}

Result<PlacedFile> placed_file(Desk& desk, const EpisodeFile& file) {
  PlacedFile placed;
  placed.file = file;
  ND_TRY_ASSIGN(placed.episode, desk.catalogue().episode(file.episode));
  ND_TRY_ASSIGN(placed.production, production_title(desk.catalogue(), placed.episode.production));
  return placed;
}

/// Lists the uncatalogued recurrences with a place in what was searched.
Result<void> list(Desk& desk, std::span<const SourceId> searched, FoundRecurrences& found) {
  ND_TRY_ASSIGN(found.recurrences, desk.catalogue().recurrences());
  std::erase_if(found.recurrences, [&](const NamedRecurrence& one) {
    return one.recording != SourceId() ||
           std::ranges::none_of(one.music.places, [&](const RecurrencePlace& place) {
             return std::ranges::binary_search(searched, place.episode);
           });
  });
  ND_TRY_ASSIGN(const auto files, desk.catalogue().episode_files());
  for (const EpisodeFile& file : files) {
    const auto is_here = [&](const RecurrencePlace& place) { return place.episode == file.id; };
    const bool is_named = std::ranges::any_of(found.recurrences, [&](const NamedRecurrence& one) {
      return std::ranges::any_of(one.music.places, is_here);
    });
    if (!is_named) continue;
    ND_TRY_ASSIGN(PlacedFile placed, placed_file(desk, file));
    found.files.push_back(std::move(placed));
  }
  return {};
}

}  // namespace

Result<FoundRecurrences> find_recurrences(Desk& desk, std::span<const std::string> episodes,
                                          const RecurOptions& options) {
  FoundRecurrences found;
  ND_TRY_ASSIGN(const auto files, files_named(desk, episodes));
  ND_TRY_ASSIGN(Index* const index, desk.index());
  const auto snapshot = index->snapshot();
  const std::vector<SourceId> searched = searchable(files, *snapshot, found.warnings);
  ND_TRY_ASSIGN(const auto heard, heard_episodes(desk, *snapshot, searched));
  ND_TRY_ASSIGN(const auto recurrences, search(*snapshot, heard, options));
  ND_TRY(desk.catalogue().store_recurrences(searched, recurrences));
  ND_TRY(list(desk, searched, found));
  return found;
}

const NamedRecurrence* recurrence_at(std::span<const NamedRecurrence> recurrences, SourceId file,
                                     const Span& span) {
  const NamedRecurrence* best = nullptr;
  Milliseconds most{0};
  for (const NamedRecurrence& recurrence : recurrences) {
    for (const RecurrencePlace& place : recurrence.music.places) {
      const Milliseconds shared =
          std::min(place.span.end, span.end) - std::max(place.span.start, span.start);
      if (place.episode != file || shared <= most) continue;
      if (2 * shared < std::min(place.span.length(), span.length())) continue;
      most = shared;
      best = &recurrence;
    }
  }
  return best;
}

}  // namespace needledrop
