#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace needledrop {

/// The kinds of things that have names, codes and facts.
enum class EntityKind {
  kProduction,
  kSeason,
  kEpisode,
  kRecording,
  kWork,
  kRelease,
  kParty,  // a person or an organisation
};

inline constexpr std::array kEntityKinds{
    EntityKind::kProduction, EntityKind::kSeason,  EntityKind::kEpisode, EntityKind::kRecording,
    EntityKind::kWork,       EntityKind::kRelease, EntityKind::kParty};

/// "production", "season", ...: also the name of its table.
std::string_view to_string(EntityKind kind);
std::optional<EntityKind> entity_kind(std::string_view text);

/// One of them. A recording's id is its source.
struct EntityRef {
  EntityKind kind = EntityKind::kProduction;
  std::int64_t id = 0;
  friend auto operator<=>(const EntityRef&, const EntityRef&) = default;
};

}  // namespace needledrop
