#include "desk/locate_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_place(const LocatedPlace& place, const LocatedClip& clip) {
  const auto episode = std::ranges::find(clip.episodes, place.file,
                                         [](const LocatedEpisode& each) { return each.file.id; });
  return Json{{"start", json_seconds(place.span.start)},
              {"end", json_seconds(place.span.end)},
              {"episode", json_episode(episode->episode, episode->production, episode->file)},
              {"episode_start", json_seconds(place.episode_start)},
              {"by", to_string(place.by)},
              {"mirrored", place.mirrored},
              {"rate", json_rounded(place.rate, 6)},
              {"confidence", json_rounded(place.confidence, 4)}};
}

}  // namespace

std::string locate_json(const LocatedClip& clip, bool timings) {
  Json document = json_document();
  put_path(document, clip.path);
  document["duration"] = json_seconds(clip.duration);
  document["places"] = Json::array();
  for (const LocatedPlace& place : clip.places) {
    document["places"].push_back(json_place(place, clip));
  }
  document["matches"] = json_matches(clip.matches, clip.recordings);
  put_warnings(document, clip.warnings, clip.missing);
  if (timings) document["elapsed"] = json_timings(clip.elapsed);
  return json_text(document);
}

}  // namespace needledrop
