#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "base/result.h"
#include "catalogue/cue.h"
#include "catalogue/decisions.h"
#include "catalogue/recording_families.h"
#include "desk/episode_cues.h"
#include "desk/review.h"

namespace needledrop {

class Desk;

/// What a decision about some cues reaches in the season's other episodes. Borrows the desk.
class SeasonReach {
 public:
  /// kInvalidArgument for a decision about times, or about cues of no recording.
  static Result<SeasonReach> of(Desk& desk, const ReviewRequest& request,
                                std::span<const Cue> chosen);

  /// Is a cue elsewhere of the same music, and such that the decision may be meant for it?
  [[nodiscard]] bool contains(const Cue& cue) const;
  /// Has a decision that was not about the chosen cues as well said otherwise than the change?
  [[nodiscard]] Result<bool> is_kept(const CueChange& change) const;

 private:
  SeasonReach(Desk& desk, DecisionKind kind) : desk_(&desk), kind_(kind) {}
  [[nodiscard]] std::set<SourceId> music_of(const Cue& cue) const;

  Desk* desk_;
  DecisionKind kind_;
  RecordingFamilies families_;
  std::set<SourceId> music_;              // families of the chosen cues
  std::set<std::int64_t> own_decisions_;  // about the chosen cues
};

/// The other episodes of the production's season, by number, each in its cut of the same name, else
/// as broadcast_parts.
Result<std::vector<EpisodeCues>> rest_of_season(Desk& desk, const EpisodeCues& own);

}  // namespace needledrop
