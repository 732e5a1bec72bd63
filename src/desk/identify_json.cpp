#include "desk/identify_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {

std::string identify_json(const IdentifiedClip& clip, bool timings) {
  const auto seconds = [](std::chrono::nanoseconds time) {
    return json_seconds(std::chrono::round<Milliseconds>(time));
  };
  Json document = json_document();
  put_path(document, clip.path);
  document["duration"] = json_seconds(clip.duration);
  document["matches"] = Json::array();
  for (const Match& match : clip.matches) {
    document["matches"].push_back(
        Json{{"recording", json_recording(match.recording, clip.recordings)},
             {"start", json_seconds(match.span.start)},
             {"end", json_seconds(match.span.end)},
             {"recording_start", json_seconds(match.recording_start)},
             {"rate", json_rounded(match.rate, 6)},
             {"confidence", json_rounded(match.confidence, 4)}});
  }
  put_warnings(document, clip.warnings, clip.missing);
  if (timings) {
    document["elapsed"] = Json{{"wall", seconds(clip.elapsed.wall)},
                               {"cpu", seconds(clip.elapsed.cpu)},
                               {"decode_cpu", seconds(clip.elapsed.decode_cpu)}};
  }
  return json_text(document);
}

}  // namespace needledrop
