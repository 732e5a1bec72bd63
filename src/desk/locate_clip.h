#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/progress.h"
#include "desk/spot_episode.h"
#include "spotting/spotter.h"

namespace needledrop {

class Desk;

/// By what a place was found.
enum class FoundBy { kSound, kPicture, kBoth };

/// "sound", "picture", "both".
std::string_view to_string(FoundBy by);

/// A stretch of a clip that comes from an episode.
struct LocatedPlace {
  Span span;  // in the clip
  SourceId file;
  Milliseconds episode_start{0};  // what the episode has at span.start
  FoundBy by = FoundBy::kSound;
  bool mirrored = false;
  double rate = 1;  // 1.0417: the clip plays faster
  double confidence = 0;
};

/// An episode that a place names, with the file.
struct LocatedEpisode {
  EpisodeFile file;
  Episode episode;
  std::string production;  // title; "" when it has none
};

struct LocatedClip {
  std::string path;
  Milliseconds duration{0};
  std::vector<LocatedPlace> places;      // by start, then falling confidence
  std::vector<LocatedEpisode> episodes;  // that they name, by the file's id
  std::vector<Match> matches;            // the recordings in it, as identify_clip has them
  std::vector<Recording> recordings;     // that these name, by id
  std::vector<Recording> missing;        // that could not be searched for, by id
  std::vector<std::string> warnings;
  Elapsed elapsed;
};

struct LocateOptions {
  std::string streams;  // as MediaFile::Options
  unsigned threads = 1;
  std::stop_token stop;
  ProgressSink progress = [](const Progress&) {};
};

/// Finds from which episodes of the desk, and from where in them, the clip at `path` comes: by its
/// sound and by its picture, as far as it has either. Episodes whose picture was never looked at
/// are looked at now, if their files are still there, and that is kept; nothing else is stored. The
/// errors of the clip are MediaFile's; kCorrupt comes from the desk.
Result<LocatedClip> locate_clip(Desk& desk, const std::string& path, const LocateOptions& options);

}  // namespace needledrop
