#include "desk/season_reach.h"

#include <algorithm>
#include <utility>

#include "catalogue/cue_changes.h"
#include "desk/broadcast_parts.h"
#include "desk/desk.h"

namespace needledrop {
namespace {

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

}  // namespace

Result<SeasonReach> SeasonReach::of(Desk& desk, const ReviewRequest& request,
                                    std::span<const Cue> chosen) {
  ND_TRY(check_season(request));
  ND_TRY_ASSIGN(const auto relations, desk.catalogue().relations());
  SeasonReach reach(desk, request.kind);
  reach.families_ = RecordingFamilies(relations);
  for (const Cue& cue : chosen) {
    reach.music_.merge(reach.music_of(cue));
    ND_TRY_ASSIGN(const auto about, decisions_about(desk.catalogue(), cue.id));
    for (const Decision& decision : about) reach.own_decisions_.insert(decision.id);
  }
  if (!reach.music_.empty()) return reach;
  return fail(Error::Kind::kInvalidArgument,
              "the same music can't be told in other episodes: the cue is of no recording");
}

/// The families of what a cue is or, where it is no recording, was found as. Whoever says what a
/// cue is means all that was found as the same.
std::set<SourceId> SeasonReach::music_of(const Cue& cue) const {
  std::set<SourceId> families;
  if (cue.recording != SourceId()) families.insert(families_.of(cue.recording));
  const bool goes_by_found = kind_ == DecisionKind::kReassign || families.empty();
  if (goes_by_found && cue.found_recording != SourceId()) {
    families.insert(families_.of(cue.found_recording));
  }
  return families;
}

bool SeasonReach::contains(const Cue& cue) const {
  const bool is_rejected = cue.standing == CueStanding::kRejected;
  const bool may_be_rejected = kind_ == DecisionKind::kAccept || kind_ == DecisionKind::kReassign;
  if (!may_be_rejected && is_rejected != (kind_ == DecisionKind::kRestore)) return false;
  return std::ranges::any_of(music_of(cue), [&](SourceId one) { return music_.contains(one); });
}

Result<bool> SeasonReach::is_kept(const CueChange& change) const {
  ND_TRY_ASSIGN(auto about, decisions_about(desk_->catalogue(), change.before->id));
  std::erase_if(about, [&](const Decision& one) { return own_decisions_.contains(one.id); });
  return is_settled(change, about);
}

Result<std::vector<EpisodeCues>> rest_of_season(Desk& desk, const EpisodeCues& own) {
  ND_TRY_ASSIGN(auto episodes, desk.catalogue().episodes());
  std::erase_if(episodes, [&](const Episode& other) {
    return other.id == own.episode.id || own.episode.production == 0 ||
           other.production != own.episode.production || other.season != own.episode.season;
  });
  std::ranges::stable_sort(episodes, {}, [](const Episode& e) { return e.number.value_or(0); });
  std::vector<EpisodeCues> rest;
  for (const Episode& episode : episodes) {
    ND_TRY_ASSIGN(const auto cuts, spotted_cuts(desk, episode.id));
    const bool has_cut = std::ranges::find(cuts, own.cut) != cuts.end();
    ND_TRY_ASSIGN(rest.emplace_back(), has_cut
                                           ? episode_cues(desk, episode, std::string_view(own.cut))
                                           : episode_cues(desk, episode));
  }
  return rest;
}

}  // namespace needledrop
