#include "desk/review.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "catalogue/recording_families.h"
#include "desk/desk.h"
#include "desk/episode_lookup.h"

namespace needledrop {
namespace {

using Changes = std::vector<CueChange>;

Error no_number(std::string_view what, int number, std::size_t count) {
  return fail(Error::Kind::kNotFound,
              count == 0 ? fmt::format("there is no {}", what)
                         : fmt::format("there is no {} {}; there are {}", what, number, count));
}

/// What `all` means to a decision: never what a person has said the contrary of.
bool is_meant_by_all(const Cue& cue, DecisionKind kind) {
  switch (kind) {
    case DecisionKind::kAccept:
    case DecisionKind::kReject:
      return cue.standing == CueStanding::kDetected;
    case DecisionKind::kRestore:
      return cue.standing == CueStanding::kRejected;
    default:
      return cue.standing != CueStanding::kRejected;
  }
}

/// Places from 0 that the numbers name, ascending.
Result<std::set<std::size_t>> places_named(const CueChoice& choice, std::string_view what,
                                           std::size_t count) {
  std::set<std::size_t> places;
  for (const auto& [first, last] : choice.numbers) {
    for (const int number : {first, last}) {
      if (number < 1 || static_cast<std::size_t>(number) > count) {
        return no_number(what, number, count);
      }
    }
    for (int number = first; number <= last; ++number) {
      places.insert(static_cast<std::size_t>(number) - 1);
    }
  }
  return places;
}

Result<std::vector<Cue>> chosen_cues(const EpisodeCues& cues, const ReviewRequest& request) {
  const auto placed = placed_cues(cues);
  ND_TRY_ASSIGN(auto places, places_named(request.cues, "cue", placed.size()));
  for (const std::int64_t id : request.cues.ids) {
    const auto found =
        std::ranges::find(placed, id, [](const PlacedCue& place) { return place.cue->id; });
    if (found == placed.end()) {
      return fail(Error::Kind::kNotFound, fmt::format("the episode has no cue #{}", id));
    }
    places.insert(static_cast<std::size_t>(found->number) - 1);
  }
  for (std::size_t i = 0; request.cues.all && i < placed.size(); ++i) {
    if (is_meant_by_all(*placed[i].cue, request.kind)) places.insert(i);
  }
  std::vector<Cue> chosen;
  for (const std::size_t place : places) chosen.push_back(*placed[place].cue);
  return chosen;
}

Milliseconds length_of(const EpisodeCues& cues, SourceId file) {
  const auto part =
      std::ranges::find(cues.parts, file, [](const PartCues& p) { return p.file.id; });
  return part->file.duration;
}

/// The recording that is meant, with what else is said of the music.
Result<MusicIdentity> music_meant(Desk& desk, const ReviewRequest& request) {
  MusicIdentity music{SourceId(), request.work, request.title, request.artist};
  if (request.recording.empty()) return music;
  const auto recording = desk.catalogue().find_recording(request.recording);
  if (recording.has_value()) {
    music.recording = recording->id;
    return music;
  }
  const bool is_title =
      request.kind == DecisionKind::kAdd && recording.error().kind == Error::Kind::kNotFound;
  if (!is_title) return recording.error();
  music.title = request.recording;
  return music;
}

Result<Changes> added(const EpisodeCues& cues, const ReviewRequest& request,
                      const MusicIdentity& music) {
  const auto part = std::ranges::find_if(cues.parts, [&](const PartCues& one) {
    return !request.part.has_value() || one.file.part.value_or(1) == *request.part;
  });
  if (part == cues.parts.end()) {
    return fail(Error::Kind::kNotFound, fmt::format("there is no part {}; there are {}",
                                                    request.part.value_or(1), cues.parts.size()));
  }
  ND_TRY_ASSIGN(const Cue cue, added_cue(part->file.id, request.span, music, part->file.duration));
  return Changes{{std::nullopt, cue}};
}

Result<Changes> taken(const EpisodeCues& cues, const ReviewRequest& request) {
  const auto placed = placed_proposals(cues);
  ND_TRY_ASSIGN(const auto places, places_named(request.cues, "proposal", placed.size()));
  Changes changes;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (request.cues.all || places.contains(i)) changes.push_back(placed[i].proposal->change);
  }
  return changes;
}

/// What the decision makes of one cue where it is not about times.
Result<Cue> decided(const Cue& cue, const ReviewRequest& request, const MusicIdentity& music) {
  switch (request.kind) {
    case DecisionKind::kAccept:
      return with_standing(cue, CueStanding::kAccepted);
    case DecisionKind::kReject:
      return with_standing(cue, CueStanding::kRejected);
    case DecisionKind::kRestore:
      return with_standing(cue, CueStanding::kDetected);
    case DecisionKind::kReassign:
      return with_music(cue, music);
    default:
      return cue;
  }
}

Error only_one(std::string_view what, std::size_t wanted) {
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("{} takes {}", what, wanted == 1 ? "one cue" : "two cues"));
}

Result<Changes> changes_of(const EpisodeCues& cues, const ReviewRequest& request,
                           const std::vector<Cue>& chosen, const MusicIdentity& music) {
  if (request.kind == DecisionKind::kAdd) return added(cues, request, music);
  if (request.kind == DecisionKind::kTake) return taken(cues, request);
  if (request.kind == DecisionKind::kSplit) {
    if (chosen.size() != 1) return only_one("split", 1);
    return split_changes(chosen.front(), request.at);
  }
  if (request.kind == DecisionKind::kMerge) {
    if (chosen.size() != 2) return only_one("merge", 2);
    return merge_changes(chosen.front(), chosen.back());
  }
  if (request.values.concerns_times() && chosen.size() > 1) return only_one("a time", 1);
  Changes changes;
  for (const Cue& cue : chosen) {
    ND_TRY_ASSIGN(Cue after, decided(cue, request, music));
    ND_TRY_ASSIGN(after, with_values(after, request.values, length_of(cues, cue.file)));
    changes.push_back({cue, after});
  }
  return changes;
}

Result<std::set<SourceId>> families_of(Desk& desk, const std::vector<Cue>& chosen,
                                       RecordingFamilies& families) {
  ND_TRY_ASSIGN(const auto relations, desk.catalogue().relations());
  families = RecordingFamilies(relations);
  std::set<SourceId> music;
  for (const Cue& cue : chosen) {
    if (cue.recording != SourceId()) music.insert(families.of(cue.recording));
  }
  if (music.empty()) {
    return fail(Error::Kind::kInvalidArgument,
                "the same music can't be told in other episodes: the cue is of no recording");
  }
  return music;
}

/// The other episodes of the production's season, by number.
Result<std::vector<Episode>> season_of(Desk& desk, const Episode& own) {
  ND_TRY_ASSIGN(auto episodes, desk.catalogue().episodes());
  std::erase_if(episodes, [&](const Episode& other) {
    return other.id == own.id || own.production == 0 || other.production != own.production ||
           other.season != own.season;
  });
  std::ranges::stable_sort(episodes, {}, [](const Episode& e) { return e.number.value_or(0); });
  return episodes;
}

Result<void> check_season(const ReviewRequest& request) {
  const bool is_about_music =
      request.kind == DecisionKind::kAccept || request.kind == DecisionKind::kReject ||
      request.kind == DecisionKind::kRestore || request.kind == DecisionKind::kReassign ||
      (request.kind == DecisionKind::kSet && !request.values.concerns_times());
  if (is_about_music) return {};
  return fail(
      Error::Kind::kInvalidArgument,
      "times are those of one episode: --season goes with accept, reject, restore, reassign "
      "and with what set says of the music");
}

/// Adds what the decision changes in the season's other episodes.
Result<void> add_season(Desk& desk, const ReviewRequest& request, const std::vector<Cue>& chosen,
                        const MusicIdentity& music, Reviewed& reviewed) {
  ND_TRY(check_season(request));
  RecordingFamilies families;
  ND_TRY_ASSIGN(const auto meant, families_of(desk, chosen, families));
  ND_TRY_ASSIGN(const auto episodes, season_of(desk, reviewed.episodes.front().before.episode));
  for (const Episode& episode : episodes) {
    ND_TRY_ASSIGN(EpisodeCues cues, episode_cues(desk, episode));
    std::vector<Cue> same;
    for (const PlacedCue& placed : placed_cues(cues)) {
      const bool is_same =
          placed.cue->recording != SourceId() && meant.contains(families.of(placed.cue->recording));
      if (is_same && is_meant_by_all(*placed.cue, request.kind)) same.push_back(*placed.cue);
    }
    ND_TRY_ASSIGN(Changes changes, changes_of(cues, request, same, music));
    std::erase_if(changes, [](const CueChange& change) { return change.before == change.after; });
    if (!changes.empty()) reviewed.episodes.push_back({std::move(cues), std::move(changes)});
  }
  return {};
}

std::string note_of(const Reviewed& reviewed) {
  if (reviewed.episodes.size() < 2) return "";
  return fmt::format("in {} episodes of the season", reviewed.episodes.size());
}

/// Shares a stored decision's changes out to its episodes.
Result<std::vector<EpisodeChanges>> by_episode(Desk& desk, const Episode& own,
                                               const Decision& decision) {
  std::map<std::int64_t, Changes> changes;
  std::map<SourceId, std::int64_t> episode_of;
  ND_TRY_ASSIGN(const auto files, desk.catalogue().episode_files());
  for (const EpisodeFile& file : files) episode_of[file.id] = file.episode;
  for (const CueChange& change : decision.changes) {
    const Cue& cue = change.before.has_value() ? *change.before : *change.after;
    changes[episode_of[cue.file]].push_back(change);
  }
  std::vector<EpisodeChanges> result;
  for (auto& [id, of_episode] : changes) {
    ND_TRY_ASSIGN(const Episode episode, desk.catalogue().episode(id));
    ND_TRY_ASSIGN(EpisodeCues cues, episode_cues(desk, episode));
    const auto place = id == own.id ? result.begin() : result.end();
    result.insert(place, {std::move(cues), std::move(of_episode)});
  }
  return result;
}

}  // namespace

Result<Reviewed> review(Desk& desk, std::string_view episode, const ReviewRequest& request) {
  Reviewed reviewed;
  ND_TRY_ASSIGN(EpisodeCues cues, episode_cues(desk, episode));
  if (cues.parts.empty()) return fail(Error::Kind::kNotFound, "the episode has no file any more");
  std::vector<Cue> chosen;
  if (request.kind != DecisionKind::kAdd && request.kind != DecisionKind::kTake) {
    ND_TRY_ASSIGN(chosen, chosen_cues(cues, request));
  }
  ND_TRY_ASSIGN(const MusicIdentity music, music_meant(desk, request));
  ND_TRY_ASSIGN(Changes changes, changes_of(cues, request, chosen, music));
  std::erase_if(changes, [](const CueChange& change) { return change.before == change.after; });
  reviewed.episodes.push_back({std::move(cues), std::move(changes)});
  if (request.season) ND_TRY(add_season(desk, request, chosen, music, reviewed));
  Decision& decision = reviewed.decision;
  decision.kind = request.kind;
  decision.author = request.author;
  decision.at = utc_text(desk.clock().now());
  decision.note = note_of(reviewed);
  for (const EpisodeChanges& one : reviewed.episodes) {
    decision.changes.insert(decision.changes.end(), one.changes.begin(), one.changes.end());
  }
  if (request.is_preview) return reviewed;
  ND_TRY_ASSIGN(decision, decide(desk.catalogue(), std::move(decision)));
  return reviewed;
}

Result<Reviewed> turn_back(Desk& desk, std::string_view episode, Turn turn) {
  ND_TRY_ASSIGN(const Episode own, find_episode(desk, episode));
  Reviewed reviewed;
  ND_TRY_ASSIGN(reviewed.decision, turn == Turn::kUndo
                                       ? undo_decision(desk.catalogue(), own.id, "")
                                       : redo_decision(desk.catalogue(), own.id, ""));
  ND_TRY_ASSIGN(reviewed.episodes, by_episode(desk, own, reviewed.decision));
  return reviewed;
}

}  // namespace needledrop
