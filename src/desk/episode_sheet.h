#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "catalogue/entities.h"
#include "cuesheet/sheet.h"

namespace needledrop {

class Desk;

/// A file of the episode with the run that counts.
struct SpottedFile {
  EpisodeFile file;
  Run run;
};

/// An episode's cues as they stand, and what they were made from. Unidentified music stands in the
/// parts' runs: a finding, not a cue.
struct EpisodeSheet {
  Episode episode;
  std::string production;          // title; "" none
  std::vector<SpottedFile> parts;  // of the broadcast cut, in order; the newest file of each part
  std::vector<std::optional<Dialogue>> dialogues;  // of each part, where it has subtitles
  std::vector<Spot> spots;                         // spots[i] is what sheet.cues[i] was made from
  std::vector<Recording> recordings;               // that they name, by id
  std::vector<NamedRecurrence> recurrences;        // of the desk, by id
  CueSheet sheet;
};

/// The files of an episode's broadcast cut with their runs, in the order of the parts. Of several
/// files of one part (encoded anew, delivered twice) the newest is the broadcast.
Result<std::vector<SpottedFile>> broadcast_parts(Desk& desk, std::int64_t episode);

/// What is said in a part; null when that is not known.
const Dialogue* dialogue_of_part(const EpisodeSheet& sheet, std::optional<int> part);

/// The sheet of the episode that `what` names (see find_episode).
Result<EpisodeSheet> make_episode_sheet(Desk& desk, std::string_view what);

/// Writes a sheet beside `path` and puts it in its place in one step; what was there stays whole if
/// that fails. A path that is no regular file (a pipe, a device) is written to as it is.
Result<void> save_sheet(FileSystem& files, const std::string& path, std::string_view sheet);

}  // namespace needledrop
