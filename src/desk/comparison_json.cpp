#include "desk/comparison_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_time(const std::optional<Milliseconds>& time) {
  return time.has_value() ? Json(json_seconds(*time)) : Json(nullptr);
}

Json json_filed(const ReadCue& cue) {
  return Json{{"line", cue.line},
              {"title", cue.title},
              {"artist", cue.artist},
              {"start", json_time(cue.start)},
              {"end", json_time(cue.end)},
              {"duration", json_time(cue.duration)},
              {"part", json_optional(cue.part)}};
}

Json json_heard(const ComparedUse& use, const SheetCue& cue) {
  return Json{{"cue", cue.number},
              {"title", cue.title},
              {"start", json_seconds(use.heard_at.start)},
              {"end", json_seconds(use.heard_at.end)},
              {"duration", json_seconds(use.heard_length)}};
}

}  // namespace

std::string comparison_json(const ComparedSheet& compared) {
  const SheetComparison& comparison = compared.comparison;
  Json document = json_document();
  document["episode"] = compared.episode.id;
  document["uses"] = Json::array();
  for (const ComparedUse& use : comparison.uses) {
    Json object{{"result", to_string(use.difference)}};
    object["filed"] =
        use.filed.has_value() ? json_filed(comparison.filed[*use.filed]) : Json(nullptr);
    object["heard"] =
        use.heard.has_value() ? json_heard(use, comparison.sheet.cues[*use.heard]) : Json(nullptr);
    object["remark"] = use.remark;
    document["uses"].push_back(std::move(object));
  }
  document["warnings"] = compared.warnings;
  return json_text(document);
}

}  // namespace needledrop
