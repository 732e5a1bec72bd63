#include "desk/review.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <fmt/format.h>

#include "catalogue/proposals.h"
#include "desk/broadcast_parts.h"
#include "desk/desk.h"
#include "desk/episode_lookup.h"
#include "desk/season_reach.h"

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

/// The id that "412" and "#412" name.
std::optional<SourceId> recording_id(std::string_view word) {
  if (word.starts_with('#')) word.remove_prefix(1);
  SourceId::rep id = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), id);
  const bool is_number = std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
  if (word.empty() || !is_number) return std::nullopt;
  return error == std::errc() && end == word.data() + word.size() ? SourceId(id) : SourceId();
}

/// The recording that is meant, with what else is said of the music.
Result<MusicIdentity> music_meant(Desk& desk, const ReviewRequest& request) {
  MusicIdentity music{SourceId(), request.work, request.title, request.artist};
  if (request.recording.empty()) return music;
  if (const auto id = recording_id(request.recording); id.has_value()) {
    if (desk.catalogue().recording(*id).has_value()) {
      music.recording = *id;
      return music;
    }
    return fail(Error::Kind::kNotFound,
                fmt::format("the desk has no recording {}; --title names music by its title",
                            request.recording));
  }
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

/// Of the proposals that are chosen.
Result<Changes> taken_or_dismissed(const EpisodeCues& cues, const ReviewRequest& request) {
  const auto placed = placed_proposals(cues);
  ND_TRY_ASSIGN(auto places, places_named(request.cues, "proposal", placed.size()));
  for (const std::int64_t id : request.cues.ids) {
    const auto about = std::ranges::find_if(placed, [&](const PlacedProposal& one) {
      const auto& cue = one.proposal->change.before;
      return cue.has_value() && cue->id == id;
    });
    if (about == placed.end()) {
      return fail(Error::Kind::kNotFound, fmt::format("there is no proposal about cue #{}", id));
    }
    places.insert(static_cast<std::size_t>(about->number) - 1);
  }
  Changes changes;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (!request.cues.all && !places.contains(i)) continue;
    const Proposal& proposal = *placed[i].proposal;
    changes.push_back(request.kind == DecisionKind::kTake ? proposal.change : dismissal(proposal));
  }
  return changes;
}

/// What the decision makes of one cue where it is not about times.
Result<Cue> decided(Desk& desk, const Cue& cue, const ReviewRequest& request,
                    const MusicIdentity& music) {
  switch (request.kind) {
    case DecisionKind::kAccept:
      return with_standing(cue, CueStanding::kAccepted);
    case DecisionKind::kReject:
      return with_standing(cue, CueStanding::kRejected);
    case DecisionKind::kRestore: {
      ND_TRY_ASSIGN(const auto about, decisions_about(desk.catalogue(), cue.id));
      return restored(cue, about);
    }
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

bool is_about_proposals(const ReviewRequest& request) {
  return request.kind == DecisionKind::kTake || request.kind == DecisionKind::kDismiss;
}

Result<Changes> changes_of(Desk& desk, const EpisodeCues& cues, const ReviewRequest& request,
                           const std::vector<Cue>& chosen, const MusicIdentity& music) {
  if (request.kind == DecisionKind::kAdd) return added(cues, request, music);
  if (is_about_proposals(request)) return taken_or_dismissed(cues, request);
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
    ND_TRY_ASSIGN(Cue after, decided(desk, cue, request, music));
    ND_TRY_ASSIGN(after, with_values(after, request.values, length_of(cues, cue.file)));
    changes.push_back({cue, after});
  }
  return changes;
}

/// Adds what the decision changes in the season's other episodes.
Result<void> add_season(Desk& desk, const ReviewRequest& request, const std::vector<Cue>& chosen,
                        const MusicIdentity& music, Reviewed& reviewed) {
  ND_TRY_ASSIGN(const SeasonReach reach, SeasonReach::of(desk, request, chosen));
  ND_TRY_ASSIGN(auto rest, rest_of_season(desk, reviewed.episodes.front().before));
  for (EpisodeCues& cues : rest) {
    EpisodeChanges there;
    there.before = std::move(cues);
    std::vector<Cue> same;
    for (const PlacedCue& placed : placed_cues(there.before)) {
      if (reach.contains(*placed.cue)) same.push_back(*placed.cue);
    }
    ND_TRY_ASSIGN(const Changes changes, changes_of(desk, there.before, request, same, music));
    for (const CueChange& change : changes) {
      if (change.before == change.after) continue;
      ND_TRY_ASSIGN(const bool is_kept, reach.is_kept(change));
      if (is_kept) {
        there.kept.push_back(*change.before);
      } else {
        there.changes.push_back(change);
      }
    }
    if (there.changes.empty() && there.kept.empty()) continue;
    reviewed.episodes.push_back(std::move(there));
  }
  return {};
}

std::string note_of(const Reviewed& reviewed) {
  const auto changed = std::ranges::count_if(
      reviewed.episodes, [](const EpisodeChanges& one) { return !one.changes.empty(); });
  return changed < 2 ? "" : fmt::format("in {} episodes of the season", changed);
}

/// Shares a stored decision's changes out to the cuts of its episodes, the own one first.
Result<std::vector<EpisodeChanges>> by_episode(Desk& desk, const Episode& own,
                                               const std::string& own_cut,
                                               const Decision& decision) {
  using Cut = std::pair<std::int64_t, std::string>;
  std::map<Cut, Changes> changes;
  std::map<SourceId, Cut> cut_of;
  ND_TRY_ASSIGN(const auto files, desk.catalogue().episode_files());
  for (const EpisodeFile& file : files) cut_of[file.id] = {file.episode, file.cut};
  for (const CueChange& change : decision.changes) {
    const Cue& cue = change.before.has_value() ? *change.before : *change.after;
    changes[cut_of[cue.file]].push_back(change);
  }
  std::vector<EpisodeChanges> result;
  for (auto& [cut, of_cut] : changes) {
    ND_TRY_ASSIGN(const Episode episode, desk.catalogue().episode(cut.first));
    ND_TRY_ASSIGN(EpisodeCues cues, episode_cues(desk, episode, std::string_view(cut.second)));
    const auto place = cut == Cut(own.id, own_cut) ? result.begin() : result.end();
    result.insert(place, {std::move(cues), std::move(of_cut), {}});
  }
  return result;
}

}  // namespace

Result<Reviewed> review(Desk& desk, std::string_view episode, const ReviewRequest& request) {
  Reviewed reviewed;
  ND_TRY_ASSIGN(EpisodeCues cues, episode_cues(desk, episode, request.cut));
  if (cues.parts.empty()) return fail(Error::Kind::kNotFound, "the episode has no file any more");
  std::vector<Cue> chosen;
  if (request.kind != DecisionKind::kAdd && !is_about_proposals(request)) {
    ND_TRY_ASSIGN(chosen, chosen_cues(cues, request));
  }
  ND_TRY_ASSIGN(const MusicIdentity music, music_meant(desk, request));
  ND_TRY_ASSIGN(Changes changes, changes_of(desk, cues, request, chosen, music));
  std::erase_if(changes, [](const CueChange& change) { return change.before == change.after; });
  reviewed.episodes.push_back({std::move(cues), std::move(changes), {}});
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

Result<Reviewed> turn_back(Desk& desk, std::string_view episode,
                           const std::optional<std::string>& cut, Turn turn) {
  ND_TRY_ASSIGN(const Episode own, find_episode(desk, episode));
  ND_TRY_ASSIGN(const std::string meant, meant_cut(desk, own.id, cut));
  Reviewed reviewed;
  ND_TRY_ASSIGN(reviewed.decision, turn == Turn::kUndo
                                       ? undo_decision(desk.catalogue(), own.id, meant)
                                       : redo_decision(desk.catalogue(), own.id, meant));
  ND_TRY_ASSIGN(reviewed.episodes, by_episode(desk, own, meant, reviewed.decision));
  return reviewed;
}

}  // namespace needledrop
