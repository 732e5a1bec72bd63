#include "desk/identify_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {

std::string identify_json(const IdentifiedClip& clip, bool timings) {
  Json document = json_document();
  put_path(document, clip.path);
  document["duration"] = json_seconds(clip.duration);
  document["matches"] = json_matches(clip.matches, clip.recordings);
  put_warnings(document, clip.warnings, clip.missing);
  if (timings) document["elapsed"] = json_timings(clip.elapsed);
  return json_text(document);
}

}  // namespace needledrop
