#include "desk/desk_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_ids(const std::vector<SourceId>& sources) {
  Json ids = Json::array();
  for (const SourceId id : sources) ids.push_back(id.value);
  return ids;
}

Json json_check(const CheckReport& report) {
  Json document = json_document();
  document["sources"] = report.sources;
  document["damage"] = Json::array();
  for (const Fault& fault : report.faults) {
    document["damage"].push_back(Json{{"file", fault.file},
                                      {"error", fault.text},
                                      {"advice", fault.advice},
                                      {"sources", json_ids(fault.sources)}});
  }
  return document;
}

}  // namespace

std::string stats_json(const DeskStats& stats) {
  Json document = json_document();
  document["recordings"] = stats.recordings;
  document["episodes"] = stats.episodes;
  document["productions"] = stats.productions;
  document["spots"] = stats.spots;
  document["recorded"] = json_seconds(stats.recorded);
  document["broadcast"] = json_seconds(stats.broadcast);
  document["segments"] = stats.segments;
  document["unreadable_segments"] = stats.unreadable_segments;
  document["quarantine_bytes"] = stats.quarantine_bytes;
  document["index_bytes"] = stats.index_bytes;
  document["catalogue_bytes"] = stats.catalogue_bytes;
  document["index_bytes_per_hour"] = json_rounded(stats.index_bytes_per_hour(), 0);
  return json_text(document);
}

std::string check_json(const CheckReport& report) {
  return json_text(json_check(report));
}

std::string repair_json(const RepairReport& report) {
  Json document = json_check(report.left);
  document["set_aside"] = Json::array();
  for (const SetAside& aside : report.set_aside) {
    document["set_aside"].push_back(
        Json{{"file", aside.file},
             {"error", without_file(aside.file, aside.error)},
             {"kept_as", aside.kept_as.empty() ? Json(nullptr) : Json(aside.kept_as)},
             {"salvaged", json_ids(aside.salvaged)}});
  }
  document["rebuilt"] = json_ids(report.rebuilt.sources);
  document["not_rebuilt"] = Json::array();
  for (const NotRebuilt& lost : report.rebuilt.failed) {
    Json object{{"id", lost.id.value}};
    put_path(object, lost.path);
    object["error"] = lost.why;
    document["not_rebuilt"].push_back(std::move(object));
  }
  if (report.ended_by.has_value()) document["error"] = report.ended_by->message;
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
