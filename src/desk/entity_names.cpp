#include "desk/entity_names.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "desk/desk.h"
#include "desk/entity_name.h"

namespace needledrop {
namespace {

Result<EntityNames> names_of(Desk& desk, EntityRef entity) {
  EntityNames result;
  result.entity = entity;
  ND_TRY_ASSIGN(result.label, desk.catalogue().names().label(entity));
  ND_TRY_ASSIGN(auto names, desk.catalogue().names().of(entity));
  for (Name& name : names) {
    ND_TRY_ASSIGN(Provenance from, read_provenance(desk.catalogue().database(), name.provenance));
    result.names.push_back({std::move(name), std::move(from)});
  }
  return result;
}

Result<CatalogueEdit> begin_edit(Desk& desk, const std::string& author, std::string summary) {
  return CatalogueEdit::begin(desk.catalogue(),
                              {author, utc_text(desk.clock().now()), std::move(summary)});
}

}  // namespace

Result<EntityNames> names_of(Desk& desk, std::string_view what) {
  ND_TRY_ASSIGN(const EntityRef entity, find_entity(desk, entity_name(what)));
  return names_of(desk, entity);
}

Result<EntityNames> add_entity_name(Desk& desk, std::string_view what, const NewName& name,
                                    const std::string& author) {
  ND_TRY_ASSIGN(const EntityRef entity, find_entity(desk, entity_name(what)));
  ND_TRY_ASSIGN(
      CatalogueEdit edit,
      begin_edit(desk, author,
                 fmt::format("name of {} {}: {}", to_string(entity.kind), entity.id, name.text)));
  ND_TRY_ASSIGN(const std::int64_t from,
                edit.provenance_id({0, Provenance::Kind::kPerson, author, ""}));
  ND_TRY(add_name(edit, {0, entity, name.text, name.language, "", name.kind, from}));
  ND_TRY(edit.commit());
  return names_of(desk, entity);
}

Result<EntityNames> remove_entity_name(Desk& desk, std::string_view what, std::int64_t id,
                                       const std::string& author) {
  ND_TRY_ASSIGN(const EntityRef entity, find_entity(desk, entity_name(what)));
  ND_TRY_ASSIGN(const auto names, desk.catalogue().names().of(entity));
  const auto name = std::ranges::find(names, id, &Name::id);
  if (name == names.end()) {
    return fail(Error::Kind::kNotFound,
                fmt::format("{} {} has no name {}", to_string(entity.kind), entity.id, id));
  }
  ND_TRY_ASSIGN(CatalogueEdit edit,
                begin_edit(desk, author,
                           fmt::format("name of {} {} taken away: {}", to_string(entity.kind),
                                       entity.id, name->text)));
  ND_TRY(remove_name(edit, id));
  ND_TRY(edit.commit());
  return names_of(desk, entity);
}

Result<std::vector<FoundEntity>> search_names(Desk& desk, const NameSearch& search) {
  ND_TRY_ASSIGN(auto found, desk.catalogue().names().search(search));
  std::vector<FoundEntity> entities;
  for (FoundName& name : found) {
    ND_TRY_ASSIGN(std::string label, desk.catalogue().names().label(name.entity));
    entities.push_back({std::move(name), std::move(label)});
  }
  return entities;
}

}  // namespace needledrop
