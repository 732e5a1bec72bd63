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
#include "desk/change_report.h"
#include "desk/dialogue_over.h"
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
/// {"name", "id"}; null for null.
Json json_recurrence(const NamedRecurrence* recurrence);
/// {"start", "end", "confidence", "recurrence"}; the last is null where the music is not known to
/// return.
Json json_unidentified(const MusicSpan& music, const NamedRecurrence* recurrence);
/// Puts "warnings" and "missing_recordings": the ids of what could not be searched for. A warning
/// tells of it too.
void put_warnings(Json& object, std::span<const std::string> warnings,
                  std::span<const Recording> missing);
/// Puts what is said over a span, "dialogue": {"before", "during": [{"start", "end", "text"}],
/// "after", "share"}, and what subtitles say of music there, "music_marks": [{"start", "end",
/// "text"}]; both are null without a dialogue.
void put_dialogue(Json& object, const Dialogue* dialogue, const Span& span);
/// {"path" or null, "stream" or null, "language", "format", "name", "lines", "shift"}.
Json json_subtitles(const Dialogue& dialogue);
/// [{"recording", "start", "end", "recording_start", "rate", "confidence"}].
Json json_matches(std::span<const Match> matches, std::span<const Recording> recordings);
/// {"wall", "cpu", "decode_cpu"}, in seconds.
Json json_timings(const Elapsed& elapsed);
/// Puts "cuts" and "scenes"; null where the picture was not looked at.
void put_scenes(Json& object, const std::optional<FileScenes>& scenes);
/// [{"change", "group", "text"}].
Json json_changes(std::span<const DescribedChange> changes);
/// {"path", "error"}.
Json json_failure(const InputFailure& failure);

}  // namespace needledrop
