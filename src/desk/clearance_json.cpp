#include "desk/clearance_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {

std::string clearance_json(const ClearanceList& list) {
  Json document = json_document();
  document["production"] = list.production;
  document["licences"] = list.licence_count;
  document["needed"] = Json::array();
  for (const RightToBuy& right : list.needed) {
    document["needed"].push_back(Json{
        {"kind", to_string(right.kind)},
        {"of", {{"kind", to_string(right.of.kind)}, {"id", right.of.id}, {"title", right.title}}},
        {"clearance", to_string(right.clearance)},
        {"uses", right.uses},
        {"seconds", json_seconds(right.length)},
        {"episodes", right.episodes}});
  }
  return json_text(document);
}

std::string licences_json(const std::vector<HeldLicence>& licences) {
  Json document = json_document();
  document["licences"] = Json::array();
  for (const auto& [licence, title] : licences) {
    document["licences"].push_back(Json{{"number", licence.id},
                                        {"kind", to_string(licence.kind)},
                                        {"of", title},
                                        {"licensor", licence.licensor},
                                        {"territory", licence.territory},
                                        {"media", licence.media},
                                        {"from", licence.first_day},
                                        {"to", licence.last_day},
                                        {"uses", json_optional(licence.most_uses)},
                                        {"seconds", json_optional(licence.most_seconds)},
                                        {"reference", licence.reference},
                                        {"fee", licence.fee}});
  }
  return json_text(document);
}

}  // namespace needledrop
