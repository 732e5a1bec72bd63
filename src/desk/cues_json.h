#pragma once

#include <string>

#include "desk/episode_sheet.h"

namespace needledrop {

/// The document of `cues`: {"episode", "cues": [{"number", "part", "recording", "start", "end",
/// "usage", "level_db", "confidence", "version_decided", "note", "dialogue", "music_marks"}],
/// "unidentified", "music_duration"}.
std::string cues_json(const EpisodeSheet& sheet);

}  // namespace needledrop
