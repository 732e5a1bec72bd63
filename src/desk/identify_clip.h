#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/progress.h"
#include "desk/spot_episode.h"
#include "spotting/spotter.h"

namespace needledrop {

class Desk;

struct IdentifiedClip {
  std::string path;
  Milliseconds duration{0};
  std::vector<Match> matches;         // by falling confidence, then id
  std::vector<Recording> recordings;  // that they name, by id
  std::vector<Recording> missing;     // that could not be searched for, by id
  std::vector<std::string> warnings;
  Elapsed elapsed;
};

/// Decodes the clip at `path`, through `streams` (as MediaFile::Options), and finds catalogued
/// recordings in it. Stores nothing. The errors of
/// the clip are MediaFile's; kCorrupt comes from the desk.
Result<IdentifiedClip> identify_clip(Desk& desk, const std::string& path,
                                     const std::string& streams, std::stop_token stop,
                                     const ProgressSink& progress);

/// Fetches the recordings that matches name, by id, and drops matches whose recording the catalogue
/// does not have, or not any more. Errors: the catalogue's.
Result<std::vector<Recording>> keep_known(Desk& desk, std::vector<Match>& matches);

}  // namespace needledrop
