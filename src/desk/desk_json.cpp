#include "desk/desk_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {

std::string stats_json(const DeskStats& stats) {
  Json document = json_document();
  document["recordings"] = stats.recordings;
  document["episodes"] = stats.episodes;
  document["productions"] = stats.productions;
  document["spots"] = stats.spots;
  document["recorded"] = json_seconds(stats.recorded);
  document["broadcast"] = json_seconds(stats.broadcast);
  document["index_bytes"] = stats.index_bytes;
  document["catalogue_bytes"] = stats.catalogue_bytes;
  document["index_bytes_per_hour"] = json_rounded(stats.index_bytes_per_hour(), 0);
  return json_text(document);
}

std::string check_json(const CheckReport& report) {
  Json document = json_document();
  document["sources"] = report.sources;
  document["damage"] = Json::array();
  for (const Fault& fault : report.faults) {
    Json object;
    object["file"] = fault.file;
    object["error"] = fault.text;
    object["advice"] = fault.advice;
    object["sources"] = Json::array();
    for (const SourceId id : fault.sources) object["sources"].push_back(id.value);
    document["damage"].push_back(std::move(object));
  }
  return json_text(document);
}

std::string merge_json(const MergeReport& report) {
  const auto size = [](const IndexSize& index) {
    return Json{{"segments", index.segments}, {"bytes", index.bytes}};
  };
  Json document = json_document();
  document["merges"] = report.merges;
  document["before"] = size(report.before);
  document["after"] = size(report.after);
  document["seconds"] = json_seconds(report.took);
  return json_text(document);
}

std::string removal_json(const Removable& removed) {
  Json document = json_document();
  document["removed"] =
      Json{{"kind", to_string(removed.kind)}, {"id", removed.id}, {"title", removed.title}};
  return json_text(document);
}

std::string error_json(const std::string& path, const Error& error) {
  Json document = json_document();
  if (!path.empty()) put_path(document, path);
  document["error"] = error.message;
  return json_text(document);
}

}  // namespace needledrop
