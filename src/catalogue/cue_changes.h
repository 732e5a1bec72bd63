#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/cue.h"
#include "catalogue/decisions.h"

// What decisions make of cues: pure, nothing is stored. Errors are kInvalidArgument and say what
// can't be done, not of which cue.

namespace needledrop {

/// What a person wants changed about a cue; nothing: as it is.
struct CueValues {
  std::optional<Milliseconds> in;
  std::optional<Milliseconds> out;
  std::optional<CueFunction> function;
  std::optional<CueVocal> vocal;
  std::optional<CuePerception> perception;
  std::optional<CueOrigin> origin;
  std::optional<std::string> note;
  std::optional<std::string> title;           // "": that of the recording again
  std::optional<std::string> artist;          // likewise
  std::optional<std::vector<Span>> reported;  // empty: carved out automatically again

  /// Is there anything that is the same for this music wherever it is heard?
  [[nodiscard]] bool concerns_music() const;
  /// Is there a time among it?
  [[nodiscard]] bool concerns_times() const;
  friend bool operator==(const CueValues&, const CueValues&) = default;
};

/// What a cue is, where a person says so; what is left out goes.
struct MusicIdentity {
  SourceId recording;
  std::int64_t work = 0;
  std::string title;
  std::string artist;
};

/// `in` begins the first span that is left, `out` ends the last, both at once; where both leave
/// nothing of the spans, the cue is what lies between. The file is `length` long, and an end that a
/// run found beyond it is taken back to it where a time is set.
Result<Cue> with_values(const Cue& cue, const CueValues& values, Milliseconds length);
Cue with_standing(const Cue& cue, CueStanding standing);
/// A rejected cue with the standing that it had before, by the decisions that stand about it (see
/// decisions_about); another cue as it is.
Cue restored(const Cue& cue, std::span<const Decision> about);
/// Accepted, too: who says what it is has looked at it. Later runs know it by what it was found as.
Cue with_music(const Cue& cue, const MusicIdentity& music);
/// A cue that a person adds.
Result<Cue> added_cue(SourceId file, const Span& span, const MusicIdentity& music,
                      Milliseconds length);
/// Into what is heard before and what is heard from `at` on; the first keeps the id. What a person
/// dismissed was about the cue as it was, here and when cues are merged.
Result<std::vector<CueChange>> split_changes(const Cue& cue, Milliseconds at);
/// Into the earlier one, with what that says. The later one is gone; it is rejected instead when a
/// run found it as other music, so that no run brings that back.
Result<std::vector<CueChange>> merge_changes(const Cue& one, const Cue& other);

/// Do these decisions about a cue say anything that the change would say otherwise: of its
/// standing, its music (to accept a cue says that it is that music), one of the four axes, or the
/// note?
bool is_settled(const CueChange& change, std::span<const Decision> about);

}  // namespace needledrop
