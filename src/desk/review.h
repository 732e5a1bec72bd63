#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "catalogue/cue_changes.h"
#include "catalogue/decisions.h"
#include "desk/episode_cues.h"

namespace needledrop {

class Desk;

/// Which cues, or proposals, a person means.
struct CueChoice {
  bool all = false;
  std::vector<std::pair<int, int>> numbers;  // of places in the list, both ends included
  std::vector<std::int64_t> ids;
  friend bool operator==(const CueChoice&, const CueChoice&) = default;
};

/// What a person may ask to be done with the cues of an episode.
struct ReviewRequest {
  DecisionKind kind = DecisionKind::kAccept;  // neither kRun nor kCarry
  std::optional<std::string> cut;             // as meant_cut
  CueChoice cues;      // kTake, kDismiss: of proposals, and ids those of the cues they are about
  CueValues values;    // kSet
  Milliseconds at{0};  // kSplit
  Span span;           // kAdd
  std::optional<int> part;  // kAdd: which file; nothing: the first
  // kReassign, kAdd: a number or #12 is the id of a recording, else as find_recording; what kAdd
  // does not find is a title.
  std::string recording;
  std::string title;        // kReassign, kAdd: free
  std::string artist;       // likewise
  std::int64_t work = 0;    // likewise
  bool season = false;      // decide the same about the same music in the season's other episodes
  bool is_preview = false;  // only say what would change
  std::string author;
};

/// An episode with what a decision changes in it.
struct EpisodeChanges {
  EpisodeCues before;
  std::vector<CueChange> changes;
  std::vector<Cue>
      kept;  // of the season: would change, had nobody decided otherwise about it there
};

/// What has been, or would be, decided.
struct Reviewed {
  Decision decision;                     // id 0: a preview, or there is nothing to change
  std::vector<EpisodeChanges> episodes;  // that it touches; the one asked about first
};

/// Carries out what a person asks, as one decision, durably. The season's other episodes take from
/// it what is not about times, for cues of the same family of recordings, in their cut of the same
/// name, else as broadcast_parts; a cue is kept as it is where a decision that was not about this
/// one as well says otherwise (is_settled). Errors: kNotFound (no such episode, cut, cue, proposal,
/// recording or work), kAmbiguous, kInvalidArgument (says why not), kBusy.
Result<Reviewed> review(Desk& desk, std::string_view episode, const ReviewRequest& request);

enum class Turn { kUndo, kRedo };
/// Takes back the last decision about a cut of the episode (see meant_cut), or makes it again.
/// Errors: as undo_decision.
Result<Reviewed> turn_back(Desk& desk, std::string_view episode,
                           const std::optional<std::string>& cut, Turn turn);

}  // namespace needledrop
