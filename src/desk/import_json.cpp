#include "desk/import_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_problems(const std::vector<ImportProblem>& problems) {
  Json array = Json::array();
  for (const ImportProblem& problem : problems) {
    const ImportPlace& at = problem.at;
    Json object;
    object["at"] = to_string(at);
    object["line"] = at.line == 0 ? Json(nullptr) : Json(at.line);
    object["column"] = at.column == 0 ? Json(nullptr) : Json(at.column);
    object["text"] = problem.text;
    array.push_back(std::move(object));
  }
  return array;
}

}  // namespace

std::string import_json(const ImportOutcome& outcome) {
  Json document = json_document();
  put_path(document, outcome.path);
  document["dry_run"] = outcome.is_dry_run;
  document["edit"] = outcome.edit.has_value() ? Json(*outcome.edit) : Json(nullptr);
  document["counts"] = Json::array();
  for (const ChangeCount& count : outcome.counts) {
    document["counts"].push_back(
        Json{{"change", to_string(count.kind)}, {"group", count.group}, {"count", count.count}});
  }
  document["known"] = outcome.known;
  document["changes"] = json_changes(outcome.changes);
  document["warning_count"] = outcome.warning_count;
  document["warnings"] = json_problems(outcome.warnings);
  document["error_count"] = outcome.error_count;
  document["errors"] = json_problems(outcome.errors);
  return json_text(document);
}

}  // namespace needledrop
