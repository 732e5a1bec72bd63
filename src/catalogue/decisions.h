#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/cue.h"

namespace needledrop {

class Catalogue;
class CatalogueEdit;

/// What has happened to cues.
enum class DecisionKind {
  kRun,  // they followed a run: nobody decided this, and nobody undoes it
  kAccept,
  kReject,
  kRestore,
  kSet,
  kSplit,
  kMerge,
  kReassign,
  kAdd,
  kTake,     // a run's proposals were taken
  kDismiss,  // or dismissed
  kCarry,    // carried over from another file of the episode
  kImport,   // entered from a cue sheet that exists
};
std::string_view to_string(DecisionKind kind);
std::optional<DecisionKind> decision_kind(std::string_view text);

/// What becomes of one cue. Nothing before: it is new; nothing after: it is gone.
struct CueChange {
  std::optional<Cue> before;
  std::optional<Cue> after;
  friend bool operator==(const CueChange&, const CueChange&) = default;
};

/// One event in the life of cues, of whichever files: done, undone and redone as a whole.
struct Decision {
  enum class State {
    kStands,
    kUndone,   // may be redone
    kDropped,  // undone, and something else was decided since
  };
  std::int64_t id = 0;  // 0: not stored yet
  DecisionKind kind = DecisionKind::kSet;
  std::string author;
  std::string at;    // UTC, as Run::at
  std::string note;  // what more there is to say: "season 1"
  State state = State::kStands;
  std::vector<CueChange> changes;  // by cue
};

/// The cues of a file as they stand, rejected ones too, by start, then id.
Result<std::vector<Cue>> standing_cues(Catalogue& catalogue, SourceId file);
/// As it stands. kNotFound when it is gone or never was.
Result<Cue> standing_cue(Catalogue& catalogue, std::int64_t id);
/// Does any decision of a person about the file's cues stand, or may one be redone?
Result<bool> is_decided(Catalogue& catalogue, SourceId file);

/// The cues of the file that stand and about which decisions of people stand, by id, with who made
/// these.
Result<std::map<std::int64_t, std::set<std::string>>> decided_cues(Catalogue& catalogue,
                                                                   SourceId file);
/// The decisions of people that stand about one cue, newest first, each with what it changed about
/// that cue alone.
Result<std::vector<Decision>> decisions_about(Catalogue& catalogue, std::int64_t cue);

/// Stores a decision, durably, and returns it with its ids; what changes nothing is left out, and
/// of a decision without any change nothing is stored. What was undone in the same cuts can't be
/// redone any more. Errors: kBusy when a cue does not stand as in `before` (somebody else
/// decided in between), for kRun also when a decision stands in the file; kInvalidArgument for a
/// text that is none or spans that are empty, out of order or overlap.
Result<Decision> decide(Catalogue& catalogue, Decision decision);
/// The same as a part of an edit: kept, undone and redone with it.
Result<Decision> decide(CatalogueEdit& edit, Decision decision);

// A review is one of a cut of an episode; "" is the broadcast cut. All of its files belong to it.

/// Takes back the last decision that stands on any cue of the cut, wherever else it reaches.
/// kNotFound: there is nothing to undo; kInvalidArgument: a later decision stands on one of its
/// cues; the message names it.
Result<Decision> undo_decision(Catalogue& catalogue, std::int64_t episode, std::string_view cut);
/// Makes the one again that was undone last. kNotFound: there is none.
Result<Decision> redo_decision(Catalogue& catalogue, std::int64_t episode, std::string_view cut);

/// All that ever happened to cues of the cut, newest first.
Result<std::vector<Decision>> decisions_of(Catalogue& catalogue, std::int64_t episode,
                                           std::string_view cut);

}  // namespace needledrop
