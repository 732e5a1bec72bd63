#include "desk/add_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_files(const std::vector<AddedFile>& files) {
  Json array = Json::array();
  for (const AddedFile& file : files) {
    Recording shown = file.recording;
    shown.paths = {file.path};
    Json object = json_recording(shown);
    object["album"] = shown.album;
    object["duration"] = json_seconds(shown.duration);
    object["versions"] = json_related(file.related);
    array.push_back(std::move(object));
  }
  return array;
}

}  // namespace

std::string add_json(const AddOutcome& outcome) {
  Json document = json_document();
  document["added"] = json_files(outcome.added);
  document["updated"] = json_files(outcome.updated);
  document["unchanged"] = json_files(outcome.unchanged);
  document["failed"] = Json::array();
  for (const InputFailure& failure : outcome.failed) {
    document["failed"].push_back(json_failure(failure));
  }
  document["warnings"] = Json::array();
  for (const InputWarning& warning : outcome.warnings) {
    Json object;
    put_path(object, warning.path);
    object["warning"] = warning.text;
    document["warnings"].push_back(std::move(object));
  }
  if (outcome.ended_by.has_value()) document["error"] = outcome.ended_by->message;
  return json_text(document);
}

}  // namespace needledrop
