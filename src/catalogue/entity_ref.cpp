#include "catalogue/entity_ref.h"

#include <algorithm>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"

namespace needledrop {

std::string_view to_string(EntityKind kind) {
  switch (kind) {
    case EntityKind::kProduction:
      return "production";
    case EntityKind::kSeason:
      return "season";
    case EntityKind::kEpisode:
      return "episode";
    case EntityKind::kRecording:
      return "recording";
    case EntityKind::kWork:
      return "work";
    case EntityKind::kRelease:
      return "release";
    case EntityKind::kParty:
      return "party";
  }
  return "";
}

std::optional<EntityKind> entity_kind(std::string_view text) {
  const auto* const found =
      std::ranges::find(kEntityKinds, text, [](EntityKind each) { return to_string(each); });
  if (found == kEntityKinds.end()) return std::nullopt;
  return *found;
}

Result<void> check_entity(const Database& database, EntityRef entity) {
  ND_TRY_ASSIGN(
      const std::int64_t found,
      number(database, fmt::format("SELECT count(*) FROM {} WHERE id = ?1", to_string(entity.kind)),
             entity.id));
  if (found != 0) return {};
  return fail(Error::Kind::kNotFound,
              fmt::format("there is no {} {}", to_string(entity.kind), entity.id));
}

EntityRef read_entity(Statement& row) {
  EntityRef entity;
  const auto kind = entity_kind(row.read<std::string>());
  if (!kind.has_value()) row.mark_damaged();
  entity.kind = kind.value_or(entity.kind);
  entity.id = row.read<std::int64_t>();
  return entity;
}

}  // namespace needledrop
