#pragma once

#include <cstdint>
#include <optional>
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

/// `in` begins the first span that is left, `out` ends the last; the file is `length` long.
Result<Cue> with_values(const Cue& cue, const CueValues& values, Milliseconds length);
Cue with_standing(const Cue& cue, CueStanding standing);
/// Accepted, too: who says what it is has looked at it. Later runs know it by what it was found as.
Cue with_music(const Cue& cue, const MusicIdentity& music);
/// A cue that a person adds.
Result<Cue> added_cue(SourceId file, const Span& span, const MusicIdentity& music, Milliseconds length);
/// Into what is heard before and what is heard from `at` on; the first keeps the id.
Result<std::vector<CueChange>> split_changes(const Cue& cue, Milliseconds at);
/// Into the earlier one, with what that says. The later one is gone; it is rejected instead when a
/// run found it as other music, so that no run brings that back.
Result<std::vector<CueChange>> merge_changes(const Cue& one, const Cue& other);

}  // namespace needledrop
