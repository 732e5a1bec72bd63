#include "desk/entity_name.h"

#include <vector>

#include <fmt/format.h>

#include "catalogue/entity_lookup.h"
#include "catalogue/lookup.h"
#include "catalogue/names.h"
#include "catalogue/text.h"
#include "desk/desk.h"
#include "desk/episode_lookup.h"

namespace needledrop {
namespace {

Result<EntityRef> find_of_kind(Desk& desk, EntityKind kind, const std::string& text) {
  if (kind == EntityKind::kRecording) {
    ND_TRY_ASSIGN(const Recording recording, desk.catalogue().find_recording(text));
    return EntityRef{kind, recording.id.value};
  }
  if (kind == EntityKind::kEpisode) {
    ND_TRY_ASSIGN(const Episode episode, find_episode(desk, text));
    return EntityRef{kind, episode.id};
  }
  return needledrop::find_entity(desk.catalogue().database(), kind, text);
}

}  // namespace

EntityName entity_name(std::string_view what) {
  const std::size_t space = what.find(' ');
  if (space != std::string_view::npos && spelled_number(what.substr(space + 1)).has_value()) {
    if (const auto kind = entity_kind(what.substr(0, space))) {
      return {kind, std::string(what.substr(space + 1))};
    }
  }
  return {std::nullopt, std::string(what)};
}

Result<std::string> entity_text(Desk& desk, EntityRef entity) {
  const Names names(desk.catalogue().database());
  ND_TRY_ASSIGN(const std::string label, names.label(entity));
  return fmt::format("{} {} {}", to_string(entity.kind), entity.id, shown(label, 60));
}

Result<EntityRef> find_entity(Desk& desk, const EntityName& name) {
  if (name.kind.has_value()) return find_of_kind(desk, *name.kind, name.text);
  if (spelled_number(name.text).has_value()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{} may be anything; say work {}, party {}, ...", name.text, name.text,
                            name.text));
  }
  std::vector<EntityRef> found;
  for (const EntityKind kind : kEntityKinds) {
    const auto entity = find_of_kind(desk, kind, name.text);
    if (entity.has_value()) {
      found.push_back(*entity);
    } else if (entity.error().kind != Error::Kind::kNotFound) {
      return entity.error();
    }
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return fail(Error::Kind::kNotFound, fmt::format("nothing is called '{}'", shown(name.text)));
  }
  std::string list;
  for (const EntityRef entity : found) {
    ND_TRY_ASSIGN(const std::string text, entity_text(desk, entity));
    list += (list.empty() ? "" : ", ") + text;
  }
  return fail(Error::Kind::kAmbiguous,
              fmt::format("'{}' may be {}; say which kind it is", shown(name.text), list));
}

}  // namespace needledrop
