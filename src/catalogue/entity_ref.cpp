#include "catalogue/entity_ref.h"

#include <algorithm>

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

}  // namespace needledrop
