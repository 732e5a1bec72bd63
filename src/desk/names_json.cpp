#include "desk/names_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {
namespace {

Json json_entity(EntityRef entity, const std::string& label) {
  return Json{{"kind", to_string(entity.kind)}, {"id", entity.id}, {"label", label}};
}

Json json_name(const ListedName& listed) {
  return Json{{"id", listed.name.id},
              {"text", listed.name.text},
              {"language", listed.name.language},
              {"script", listed.name.script},
              {"kind", to_string(listed.name.kind)},
              {"provenance",
               {{"kind", to_string(listed.from.kind)},
                {"name", listed.from.name},
                {"location", listed.from.location}}}};
}

}  // namespace

std::string names_json(const EntityNames& names) {
  Json document = json_document();
  document["entity"] = json_entity(names.entity, names.label);
  document["names"] = Json::array();
  for (const ListedName& listed : names.names) document["names"].push_back(json_name(listed));
  return json_text(document);
}

std::string names_json(std::span<const FoundEntity> found) {
  Json document = json_document();
  document["found"] = Json::array();
  for (const FoundEntity& each : found) {
    Json object = json_entity(each.found.entity, each.label);
    object["name"] = each.found.name;
    object["fit"] = to_string(each.found.fit);
    document["found"].push_back(std::move(object));
  }
  return json_text(document);
}

}  // namespace needledrop
