#include "desk/scenes_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_spots(const Scene& scene, const std::vector<Spot>& spots,
                const std::vector<Recording>& recordings) {
  Json list = Json::array();
  for (const Spot& spot : spots) {
    if (scenes_at(std::span(&scene, 1), spot.span).empty()) continue;
    list.push_back(Json{{"recording", json_recording(spot.recording, recordings)},
                        {"start", json_seconds(spot.span.start)},
                        {"end", json_seconds(spot.span.end)}});
  }
  return list;
}

Json json_shots(const SeenPicture& picture, const std::vector<std::string>& stills) {
  Json shots = Json::array();
  for (std::size_t i = 0; i < picture.shots.size(); ++i) {
    const Shot& shot = picture.shots[i];
    Json object{{"start", json_seconds(shot.span.start)},
                {"end", json_seconds(shot.span.end)},
                {"still", json_seconds(shot.still)}};
    if (i < stills.size() && !stills[i].empty()) object["still_file"] = stills[i];
    shots.push_back(std::move(object));
  }
  return shots;
}

}  // namespace

std::string scenes_json(const EpisodeScenes& scenes,
                        const std::vector<std::vector<std::string>>& stills) {
  Json document = json_document();
  document["episode"] = json_episode(scenes.episode, scenes.production, scenes.parts.front().file);
  document["parts"] = Json::array();
  const std::vector<std::string> no_stills;
  for (std::size_t i = 0; i < scenes.parts.size(); ++i) {
    const FileScenes& part = scenes.parts[i];
    Json object;
    put_path(object, part.file.path);
    object["part"] = json_optional(part.file.part);
    object["depth"] = nullptr;
    object["shots"] = nullptr;
    put_scenes(object, part.picture.has_value() ? std::optional(part) : std::nullopt);
    if (part.picture.has_value()) {
      object["depth"] = to_string(part.picture->depth);
      object["shots"] = json_shots(*part.picture, i < stills.size() ? stills[i] : no_stills);
      for (std::size_t scene = 0; scene < part.scenes.size(); ++scene) {
        object["scenes"][scene]["spots"] =
            json_spots(part.scenes[scene], scenes.spots[i], scenes.recordings);
      }
    }
    document["parts"].push_back(std::move(object));
  }
  return json_text(document);
}

}  // namespace needledrop
