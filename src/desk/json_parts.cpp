#include "desk/json_parts.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "catalogue/catalogue.h"
#include "desk/file_name.h"
#include "desk/missing_recordings.h"

namespace needledrop {
namespace {

Json json_cuts(const SeenPicture& picture) {
  Json cuts = Json::array();
  for (const Transition& transition : picture.transitions) {
    cuts.push_back(Json{{"time", json_seconds(transition.time)},
                        {"kind", to_string(transition.kind)},
                        {"start", json_seconds(transition.span.start)},
                        {"end", json_seconds(transition.span.end)}});
  }
  return cuts;
}

Json json_scene(const Scene& scene) {
  return Json{{"number", scene.number},
              {"start", json_seconds(scene.span.start)},
              {"end", json_seconds(scene.span.end)},
              {"title", scene.title.empty() ? Json() : Json(scene.title)},
              {"role", to_string(scene.role)},
              {"decided", scene.is_decided}};
}

}  // namespace

Json json_document() {
  return Json{{"format", 1}};
}

std::string json_text(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

double json_seconds(Milliseconds time) {
  return static_cast<double>(time.count()) / 1000.0;
}

double json_rounded(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  return std::round(value * scale) / scale;
}

void put_path(Json& object, const std::string& path) {
  object["path"] = valid_utf8(path);
  if (!is_valid_utf8(path)) object["path_bytes"] = percent_encoded(path);
}

Json json_optional(const std::optional<int>& value) {
  return value.has_value() ? Json(*value) : Json(nullptr);
}

Json json_recording(const Recording& recording) {
  Json object;
  object["id"] = recording.id.value;
  put_path(object, recording.paths.empty() ? std::string() : recording.paths.front());
  object["title"] = recording.title;
  object["artist"] = recording.artist;
  object["version"] = recording.version;
  return object;
}

Json json_recording(SourceId id, std::span<const Recording> recordings) {
  const auto found = std::ranges::lower_bound(recordings, id, {}, &Recording::id);
  if (found != recordings.end() && found->id == id) return json_recording(*found);
  return Json{{"id", id.value},
              {"path", nullptr},
              {"title", nullptr},
              {"artist", nullptr},
              {"version", nullptr}};
}

Json json_related(std::span<const RelatedRecording> related) {
  Json array = Json::array();
  for (const RelatedRecording& one : related) {
    array.push_back(Json{{"recording", json_recording(one.recording)},
                         {"relation", to_string(one.kind)},
                         {"shared", json_seconds(one.shared)}});
  }
  return array;
}

Json json_episode(const Episode& episode, const std::string& production, const EpisodeFile& file) {
  Json object;
  object["id"] = episode.id == 0 ? Json(nullptr) : Json(episode.id);
  object["title"] = episode.title;
  object["production"] = production.empty() ? Json(nullptr) : Json(production);
  put_path(object, file.path);
  object["duration"] = json_seconds(file.duration);
  object["season"] = json_optional(episode.season);
  object["number"] = json_optional(episode.number);
  object["part"] = json_optional(file.part);
  object["air_date"] = episode.air_date.has_value() ? Json(*episode.air_date) : Json(nullptr);
  return object;
}

Json json_recurrence(const NamedRecurrence* recurrence) {
  if (recurrence == nullptr) return nullptr;
  return Json{{"name", name_of(*recurrence)}, {"id", recurrence->id}};
}

Json json_unidentified(const MusicSpan& music, const NamedRecurrence* recurrence) {
  return Json{{"start", json_seconds(music.span.start)},
              {"end", json_seconds(music.span.end)},
              {"confidence", json_rounded(music.confidence, 4)},
              {"recurrence", json_recurrence(recurrence)}};
}

void put_warnings(Json& object, std::span<const std::string> warnings,
                  std::span<const Recording> missing) {
  object["warnings"] = Json::array();
  if (!missing.empty()) object["warnings"].push_back(missing_warning(missing));
  for (const std::string& warning : warnings) object["warnings"].push_back(warning);
  object["missing_recordings"] = Json::array();
  for (const Recording& recording : missing) {
    object["missing_recordings"].push_back(recording.id.value);
  }
}

namespace {

Json json_line(const Span& span, const std::string& text) {
  return Json{{"start", json_seconds(span.start)}, {"end", json_seconds(span.end)}, {"text", text}};
}

Json json_line(const std::optional<SubtitleLine>& line) {
  return line.has_value() ? json_line(line->span, line->text) : Json(nullptr);
}

Json json_lines(std::span<const SubtitleLine> lines) {
  Json array = Json::array();
  for (const SubtitleLine& line : lines) array.push_back(json_line(line.span, line.text));
  return array;
}

}  // namespace

void put_dialogue(Json& object, const Dialogue* dialogue, const Span& span) {
  object["dialogue"] = nullptr;
  object["music_marks"] = nullptr;
  if (dialogue == nullptr) return;
  const DialogueOver over = dialogue_over(*dialogue, span);
  object["dialogue"] = Json{{"before", json_line(over.before)},
                            {"during", json_lines(over.during)},
                            {"after", json_line(over.after)},
                            {"share", json_rounded(over.share, 3)}};
  object["music_marks"] = Json::array();
  for (const MusicMark& mark : over.music_marks) {
    object["music_marks"].push_back(json_line(mark.span, mark.text));
  }
}

Json json_subtitles(const Dialogue& dialogue) {
  const Subtitles& subtitles = dialogue.subtitles;
  Json object;
  object["path"] = nullptr;
  if (!dialogue.path.empty()) put_path(object, dialogue.path);
  object["stream"] = dialogue.path.empty() ? Json(subtitles.stream) : Json(nullptr);
  object["language"] = subtitles.language.empty() ? Json(nullptr) : Json(subtitles.language);
  object["format"] = subtitles.format;
  object["name"] = subtitles.name;
  object["lines"] = subtitles.lines.size();
  object["shift"] = json_seconds(dialogue.shift);
  return object;
}

Json json_matches(std::span<const Match> matches, std::span<const Recording> recordings) {
  Json array = Json::array();
  for (const Match& match : matches) {
    array.push_back(Json{{"recording", json_recording(match.recording, recordings)},
                         {"start", json_seconds(match.span.start)},
                         {"end", json_seconds(match.span.end)},
                         {"recording_start", json_seconds(match.recording_start)},
                         {"rate", json_rounded(match.rate, 6)},
                         {"confidence", json_rounded(match.confidence, 4)}});
  }
  return array;
}

Json json_timings(const Elapsed& elapsed) {
  const auto seconds = [](std::chrono::nanoseconds time) {
    return json_seconds(std::chrono::round<Milliseconds>(time));
  };
  return Json{{"wall", seconds(elapsed.wall)},
              {"cpu", seconds(elapsed.cpu)},
              {"decode_cpu", seconds(elapsed.decode_cpu)}};
}

Json json_changes(std::span<const DescribedChange> changes) {
  Json array = Json::array();
  for (const DescribedChange& change : changes) {
    array.push_back(
        Json{{"change", to_string(change.kind)}, {"group", change.group}, {"text", change.text}});
  }
  return array;
}

Json json_failure(const InputFailure& failure) {
  Json object;
  put_path(object, failure.path);
  object["error"] = failure.error.message;
  return object;
}

void put_scenes(Json& object, const std::optional<FileScenes>& scenes) {
  object["cuts"] = nullptr;
  object["scenes"] = nullptr;
  if (!scenes.has_value()) return;
  object["cuts"] = json_cuts(*scenes->picture);
  object["scenes"] = Json::array();
  for (const Scene& scene : scenes->scenes) object["scenes"].push_back(json_scene(scene));
}

}  // namespace needledrop
