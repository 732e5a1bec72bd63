#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.h"
#include "base/units.h"
#include "catalogue/entities.h"
#include "desk/align_recordings.h"
#include "desk/episode_scenes.h"
#include "desk/input_files.h"
#include "desk/spot_episode.h"
#include "spotting/spotter.h"

namespace needledrop {

/// Pieces that several documents share. Only the *_json.cpp files of this folder include this.
using Json = nlohmann::ordered_json;

/// The object that every document opens with: {"format": 1}.
Json json_document();
/// Text on one line with a newline at its end; invalid bytes as U+FFFD.
std::string json_text(const Json& document);

/// Seconds with millisecond precision.
double json_seconds(Milliseconds time);
/// To so many decimals.
double json_rounded(double value, int decimals);

/// "path", and "path_bytes" when the path is no valid UTF-8.
void put_path(Json& object, const std::string& path);
/// Null where there is no value.
Json json_optional(const std::optional<int>& value);

/// {"id", "path", "title", "artist", "version"}; `recordings` is sorted by id. A recording that is
/// not among them (removed since) has null for all but its id.
Json json_recording(SourceId id, std::span<const Recording> recordings);
Json json_recording(const Recording& recording);
/// [{"recording", "relation", "shared"}]: what a recording shares with others, in seconds.
Json json_related(std::span<const RelatedRecording> related);
/// {"id", "title", "production", "path", "duration", ...}; id is null when it is not stored.
Json json_episode(const Episode& episode, const std::string& production, const EpisodeFile& file);
/// {"start", "end", "confidence", "recurrence"}; the last is null: which music returns is not
/// known.
Json json_unidentified(const MusicSpan& music);
/// Puts "warnings" and "missing_recordings": the ids of what could not be searched for. A warning
/// tells of it too.
void put_warnings(Json& object, std::span<const std::string> warnings,
                  std::span<const Recording> missing);
/// {"recording", "start", "end", "recording_start", "rate", "confidence"}.
Json json_match(const Match& match, std::span<const Recording> recordings);
/// {"wall", "cpu", "decode_cpu"}, in seconds.
Json json_timings(const Elapsed& elapsed);
/// Puts "cuts" and "scenes"; null where the picture was not looked at.
void put_scenes(Json& object, const std::optional<FileScenes>& scenes);
/// {"path", "error"}.
Json json_failure(const InputFailure& failure);

}  // namespace needledrop
