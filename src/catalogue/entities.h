#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/fraction.h"
#include "base/units.h"
#include "media/subtitles.h"
#include "scenes/shared_footage.h"
#include "scenes/transition.h"
#include "spotting/recurrence.h"
#include "spotting/spot.h"

namespace needledrop {

/// Rows of the catalogue as values. Text is UTF-8; paths are bytes. An id of 0 means: not stored
/// yet.

struct Production {
  std::int64_t id = 0;
  std::string title;
};

struct Episode {
  std::int64_t id = 0;
  std::int64_t production = 0;  // 0: none
  std::optional<int> season;
  std::optional<int> number;
  std::string title;
  std::optional<std::string> air_date;  // YYYY-MM-DD
};

/// One file of an episode (a part, a cut). Its id is its source in the index.
struct EpisodeFile {
  SourceId id;
  std::int64_t episode = 0;
  std::string path;
  Digest digest;
  std::uint64_t size = 0;  // of the file in bytes
  Milliseconds duration{0};
  std::optional<int> part;
  std::string cut;  // "" is the broadcast cut
  Fraction frame_rate;
  std::optional<std::string> start_timecode;  // HH:MM:SS:FF, ';' before FF when drop-frame
  std::string layout;                         // how its channels were read, in words
};

/// A fixed performance. Its id is its source in the index.
struct Recording {
  SourceId id;
  std::string title;
  std::string artist;
  std::string album;
  std::optional<int> track_number;
  std::string isrc;
  std::string musicbrainz_recording;
  std::string musicbrainz_release;
  std::string version;  // original | vocal | instrumental | edit | live | remix | other
  std::int64_t production = 0;
  Digest digest;
  Milliseconds duration{0};
  std::vector<std::string> paths;  // as given to add, in the order first seen; at least one
};

/// One spotting of an episode's file. The newest run of a file is the one that counts.
struct Run {
  std::int64_t id = 0;
  SourceId file;
  std::string at;                     // UTC, YYYY-MM-DDTHH:MM:SSZ
  std::uint64_t catalogue_state = 0;  // Catalogue::recordings_state() that it saw
  std::vector<Spot> spots;
  std::vector<MusicSpan> unidentified;  // music that is no spot, by start
};

/// How closely a picture was looked at.
enum class PictureDepth {
  kFast,   // keyframes, and what lies between them where it seemed needed
  kExact,  // every picture
};

/// "fast", "exact".
std::string_view to_string(PictureDepth depth);

/// What was seen in an episode's file: the newest look at it is the one that counts.
struct SeenPicture {
  SourceId file;
  PictureDepth depth = PictureDepth::kFast;
  Milliseconds duration{0};
  std::vector<Transition> transitions;  // by time
  std::vector<Shot> shots;              // by time, without gaps
  std::vector<Span> scenes;             // as suggested: by time, without gaps
};

/// Footage of an episode's file that another file has too.
struct FootageInOther {
  SourceId other;
  SharedFootage shared;
  friend bool operator==(const FootageInOther&, const FootageInOther&) = default;
};

/// What is said in an episode's file, in one language, as its subtitles say it.
struct Dialogue {
  std::string path;       // of the subtitles' file; "" when they are a stream of the episode's
  Milliseconds shift{0};  // that was added to their times, which are the episode's now
  Subtitles subtitles;    // is_forced is not kept
};

/// Music that returns, as the desk has named it. Its id is never given to another.
struct NamedRecurrence {
  std::int64_t id = 0;
  std::string label;   // what a person calls it; "" nothing yet
  SourceId recording;  // what it was catalogued as; 0: not
  Recurrence music;    // may have lost places, and even all, with the episodes that they were in
  friend bool operator==(const NamedRecurrence&, const NamedRecurrence&) = default;
};

/// Its label, else "unknown cue 7".
std::string name_of(const NamedRecurrence& recurrence);

}  // namespace needledrop
