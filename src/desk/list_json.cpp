#include "desk/list_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_title(const std::string& production) {
  return production.empty() ? Json(nullptr) : Json(production);
}

Json json_listed(const ListedRecording& listed) {
  const Recording& recording = listed.recording;
  Json object = json_recording(recording);
  object["album"] = recording.album;
  object["number"] = json_optional(recording.track_number);
  object["isrc"] = recording.isrc;
  object["musicbrainz_recording"] = recording.musicbrainz_recording;
  object["musicbrainz_release"] = recording.musicbrainz_release;
  object["production"] = json_title(listed.production);
  object["duration"] = json_seconds(recording.duration);
  object["versions"] = json_related(listed.related);
  object["other_paths"] = Json::array();
  for (std::size_t i = 1; i < recording.paths.size(); ++i) {
    Json path;
    put_path(path, recording.paths[i]);
    object["other_paths"].push_back(std::move(path));
  }
  return object;
}

Json json_listed(const ListedEpisode& listed) {
  Json object;
  object["id"] = listed.episode.id;
  object["title"] = listed.episode.title;
  object["production"] = json_title(listed.production);
  object["season"] = json_optional(listed.episode.season);
  object["number"] = json_optional(listed.episode.number);
  object["air_date"] =
      listed.episode.air_date.has_value() ? Json(*listed.episode.air_date) : Json(nullptr);
  object["spots"] = listed.spots;
  object["stale"] = listed.is_stale;
  object["files"] = Json::array();
  for (const EpisodeFile& file : listed.files) {
    Json entry;
    put_path(entry, file.path);
    entry["part"] = json_optional(file.part);
    entry["duration"] = json_seconds(file.duration);
    entry["layout"] = file.layout;
    object["files"].push_back(std::move(entry));
  }
  return object;
}

Json json_listed(const ListedProduction& listed) {
  return Json{{"id", listed.production.id},
              {"title", listed.production.title},
              {"episodes", listed.episodes},
              {"recordings", listed.recordings}};
}

template <typename Listed>
std::string document_of(const char* name, std::span<const Listed> all) {
  Json document = json_document();
  document[name] = Json::array();
  for (const Listed& listed : all) document[name].push_back(json_listed(listed));
  return json_text(document);
}

}  // namespace

std::string list_json(std::span<const ListedRecording> recordings) {
  return document_of("recordings", recordings);
}
std::string list_json(std::span<const ListedEpisode> episodes) {
  return document_of("episodes", episodes);
}
std::string list_json(std::span<const ListedProduction> productions) {
  return document_of("productions", productions);
}

}  // namespace needledrop
