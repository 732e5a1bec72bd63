#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace needledrop {

/// What a scene is to the episode.
enum class SceneRole {
  kStory,
  kOpening,  // titles that episodes begin with
  kEnding,   // credits that they close with
  kRecap,    // of earlier episodes, at the beginning
  kPreview,  // of the next episode, at the end
};
/// "story", "opening", "ending", "recap", "preview".
std::string_view to_string(SceneRole role);
std::optional<SceneRole> scene_role(std::string_view text);

/// Footage that an episode's file has in common with another's.
struct CommonFootage {
  Span span;
  std::int64_t other = 0;  // names the other file
  Span other_span;
  Milliseconds other_length{0};          // of the other file
  std::optional<bool> is_other_earlier;  // in the order of broadcast, where that is known
};

/// A stretch of an episode's file that is one scene, and not of the story.
struct RoleSpan {
  Span span;
  SceneRole role = SceneRole::kStory;

  friend bool operator==(const RoleSpan&, const RoleSpan&) = default;
};

/// The parts of a file of that length where openings, endings, recaps and previews may lie: those
/// whose middle is in its first or last quarter, and no more than 10 min from its end.
std::vector<Span> role_edges(Milliseconds length);

/// What footage in common tells. The same at the beginning of two episodes is an opening, at the
/// end an ending. Pieces close together that lie far apart in the other are a recap at the
/// beginning, unless the other is known to be later, and a preview at the end, unless it is known
/// to be earlier. The other's end, shown again at the beginning, is a recap too. By start, without
/// overlaps. `common` may be in any order. Pure.
std::vector<RoleSpan> find_roles(std::span<const CommonFootage> common, Milliseconds length);

/// A scene by itself.
struct SceneLook {
  Span span;
  int shots = 1;
  double music = 0;       // share of it during which music is heard
  bool is_spoken = true;  // somebody speaks in it, or that is not known
};

/// What scenes look like where nothing else tells: the first near the beginning that is all music
/// and quick shots without a word may be an opening; the last one, if it is all music without a
/// word, an ending. `scenes` are all of a file of that length, by start. Pure.
std::vector<RoleSpan> roles_by_look(std::span<const SceneLook> scenes, Milliseconds length);

/// Suggested scenes with those of a role as scenes of their own.
std::vector<Span> with_roles(std::span<const Span> suggested, std::span<const RoleSpan> roles);

/// That of the stretch which is most of the scene; kStory else.
SceneRole role_of(const Span& scene, std::span<const RoleSpan> roles);

}  // namespace needledrop
