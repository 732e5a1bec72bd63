#include "desk/edit_json.h"

#include <nlohmann/json.hpp>

#include "desk/json_parts.h"

namespace needledrop {
namespace {

void put_edit(Json& object, const MadeEdit& edit) {
  object["id"] = edit.id;
  object["at"] = edit.note.at;
  object["author"] = edit.note.author;
  object["summary"] = edit.note.summary;
  object["undone"] = edit.is_undone;
}

void put_statement(Json& object, const Fact& fact) {
  object["of"] = "fact";
  object["property"] = to_string(fact.property);
  object["value"] = fact.value;
  object["standing"] = to_string(fact.standing);
}

void put_statement(Json& object, const Credit& credit) {
  object["of"] = "credit";
  object["role"] = to_string(credit.role);
  object["share"] = credit.share.has_value() ? Json(percent_text(*credit.share)) : Json(nullptr);
  object["society"] = credit.society;
  object["standing"] = to_string(credit.standing);
}

void put_statement(Json& object, const Identifier& identifier) {
  object["of"] = "code";
  object["scheme"] = to_string(identifier.code.scheme);
  object["value"] = identifier.code.value;
  object["standing"] = to_string(identifier.standing);
}

void put_statement(Json& object, const Broadcast& broadcast) {
  object["of"] = "broadcast";
  object["part"] = broadcast.part.has_value() ? Json(*broadcast.part) : Json(nullptr);
  object["date"] = broadcast.date;
  object["time"] = broadcast.time;
  object["zone"] = broadcast.zone;
  object["channel"] = broadcast.channel;
  object["territory"] = broadcast.territory;
  object["standing"] = to_string(broadcast.standing);
}

void put_statement(Json& object, const Performance& performance) {
  object["of"] = "performance";
  object["recording"] = performance.recording.value;
  object["work"] = performance.work;
  object["standing"] = to_string(performance.standing);
}

}  // namespace

std::string edits_json(std::span<const MadeEdit> edits) {
  Json document = json_document();
  document["edits"] = Json::array();
  for (const MadeEdit& edit : edits) {
    Json object;
    put_edit(object, edit);
    document["edits"].push_back(std::move(object));
  }
  return json_text(document);
}

std::string edit_json(const MadeEdit& edit, std::span<const DescribedChange> changes) {
  Json document = json_document();
  put_edit(document, edit);
  document["changes"] = json_changes(changes);
  return json_text(document);
}

std::string edit_json(const EditOutcome& outcome) {
  Json document = json_document();
  document["edit"] = outcome.edit.has_value() ? Json(*outcome.edit) : Json(nullptr);
  document["changes"] = json_changes(outcome.changes);
  document["warning"] = outcome.warning.empty() ? Json(nullptr) : Json(outcome.warning);
  return json_text(document);
}

std::string statements_json(const EntityStatements& listed) {
  Json document = json_document();
  document["kind"] = to_string(listed.entity.kind);
  document["id"] = listed.entity.id;
  document["name"] = listed.name;
  const bool is_party = listed.entity.kind == EntityKind::kParty;
  document["statements"] = Json::array();
  for (const ListedStatement& statement : listed.statements) {
    Json object;
    object["id"] = to_string(statement.id);
    std::visit([&object](const auto& what) { put_statement(object, what); }, statement.what);
    const bool is_credit = std::holds_alternative<Credit>(statement.what);
    if (is_credit) object[is_party ? "in" : "party"] = statement.other;
    object["provenance"] = statement.provenance;
    object["contradicted"] = statement.is_contradicted;
    document["statements"].push_back(std::move(object));
  }
  return json_text(document);
}

}  // namespace needledrop
