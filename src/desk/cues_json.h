#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalogue/decisions.h"
#include "desk/carry_over.h"
#include "desk/episode_cues.h"
#include "desk/review.h"

namespace needledrop {

/// The document of `cues`: {"episode", "cut", "reviewed", "cues": [{"number", "id", "sequence",
/// "standing", "part", "recording", "title", "artist", "start", "end", "spans", "reported",
/// "reported_length", "usage", "vocal", "perception", "origin", "work", "level_db", "confidence",
/// "version_decided", "note", "doubt", "dialogue", "music_marks"}], "proposals": [{"number",
/// "kind", "cue", "changes",
/// ...}], "unidentified", "music_duration", "reported_duration"}. "cut" is null of the broadcast
/// cut; the durations are for how long music is heard, and reported by the sheet. "confidence" and
/// "level_db" are null where a person entered the cue.
std::string cues_json(const EpisodeCues& cues);

/// The document of `cues history`: {"decisions": [{"id", "at", "author", "kind", "note", "state",
/// "cues": [{"cue", "changes": [{"field", "before", "after"}]}]}]}, newest first.
std::string history_json(std::span<const Decision> decisions,
                         std::span<const Recording> recordings);

/// The document of what decides: {"preview", "decision", "episodes": [{"episode", "title", "cues":
/// [{"cue", "changes"}], "kept": [ids]}]}; "decision" is null of a preview, and where nothing
/// changes.
std::string review_json(const Reviewed& reviewed, bool is_preview);

/// The document of `cues carry`: that of what decides, and "from" and "lost": [{"cue", "title",
/// "start", "end"}], in the time of the file that was carried from.
std::string carry_json(const CarriedOver& carried, bool is_preview);

}  // namespace needledrop
