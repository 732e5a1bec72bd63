#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace needledrop {

// The four axes of a use of music. Societies have codes of their own, which cuesheet/ makes of
// them.

/// What the music is for in the production.
enum class CueFunction {
  kUnknown,
  kBackground,
  kFeatured,
  kOpeningTheme,
  kClosingTheme,
  kSegmentTheme,
  kLogo,
  kBumper,
  kTrailer,  // a recap or a preview
  kOther,
};

enum class CueVocal { kUnknown, kVocal, kInstrumental, kMixed };

/// Whether the characters hear it.
enum class CuePerception { kUnknown, kUnheard, kHeard, kPerformed };

/// Where the music is from.
enum class CueOrigin { kUnknown, kCommissioned, kCommercial, kLibrary };

/// What a person has said of a cue.
enum class CueStanding {
  kDetected,  // nothing yet: the machine's suggestion
  kAccepted,
  kRejected,  // not a use of this music; remembered, so that no run brings it back
};

std::string_view to_string(CueFunction value);
std::string_view to_string(CueVocal value);
std::string_view to_string(CuePerception value);
std::string_view to_string(CueOrigin value);
std::string_view to_string(CueStanding value);
std::optional<CueFunction> cue_function(std::string_view text);
std::optional<CueVocal> cue_vocal(std::string_view text);
std::optional<CuePerception> cue_perception(std::string_view text);
std::optional<CueOrigin> cue_origin(std::string_view text);
std::optional<CueStanding> cue_standing(std::string_view text);

/// A proposal of a run about a cue that a person has dismissed: what the cue would be found as.
struct DismissedProposal {
  SourceId recording;       // 0: it is not heard any more
  std::vector<Span> found;  // empty: likewise
  friend bool operator==(const DismissedProposal&, const DismissedProposal&) = default;
};

/// One continuous use of music as the desk holds it. Its id is never given to another.
struct Cue {
  std::int64_t id = 0;  // 0: not stored yet
  SourceId file;        // of the episode in whose time the spans are
  CueStanding standing = CueStanding::kDetected;
  SourceId recording;       // 0: none in the catalogue, or removed since
  std::int64_t work = 0;    // 0: that of the recording; else the work meant
  std::string title;        // as it was called when it was last decided; "" goes by the recording
  std::string artist;       // likewise
  std::vector<Span> spans;  // in which it is heard: in order, apart from each other, none empty
  std::vector<Span> reported;  // as a person wants them reported; empty: carved out automatically
  CueFunction function = CueFunction::kUnknown;
  CueVocal vocal = CueVocal::kUnknown;
  CuePerception perception = CuePerception::kUnknown;
  CueOrigin origin = CueOrigin::kUnknown;
  std::string note;
  // What the machine said of it when it was made or last moved by a run; later runs are compared
  // with this, so that what a person changed is not proposed to be changed back.
  SourceId found_recording;  // 0: none (a person entered the cue), or removed since
  std::vector<Span> found;   // in which it was found; empty: a person entered the cue
  double confidence = 0;     // 0: a person entered it
  double level_db = 0;       // as in Spot
  bool version_decided = true;
  // Since it was made, or last moved by a run: not to be proposed again.
  std::vector<DismissedProposal> dismissed;
  friend bool operator==(const Cue&, const Cue&) = default;
};

}  // namespace needledrop
