#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "scenes/scene_role.h"

namespace needledrop {

/// A scene as it stands: suggested, edited, or both.
struct Scene {
  int number = 0;  // from 1, in order
  Span span;
  std::string title;        // "" where nobody gave one
  bool is_decided = false;  // a person set one of its ends, or its title
  SceneRole role = SceneRole::kStory;

  friend bool operator==(const Scene&, const Scene&) = default;
};

/// What a person decided about scenes, in terms that outlive the suggestions it was made on.
struct SceneEdit {
  enum class Kind {
    kBoundary,  // one scene ends and another begins at `at`; inside the span no other does
    kJoin,      // the span is one scene's: no boundary lies inside
    kTitle,  // the scene that shares the most with the span, and at least half of it, has a title
  };
  Kind kind = Kind::kBoundary;
  Milliseconds at{0};  // kBoundary: where
  Span span;           // kBoundary: where suggestions don't count; may be empty
  std::string title;

  friend bool operator==(const SceneEdit&, const SceneEdit&) = default;
};

/// Its title, else its role; "" for a scene of the story without a title.
std::string_view heading(const Scene& scene);

std::string_view to_string(SceneEdit::Kind kind);
std::optional<SceneEdit::Kind> scene_edit_kind(std::string_view text);

/// The suggestions with the edits applied one after the other: of two that contradict each other
/// the later holds. No edit is ever lost to another suggestion. Pure.
std::vector<Scene> edited_scenes(std::span<const Span> suggested, std::span<const SceneEdit> edits);

// Edits of scenes as they stand. Nothing when the scene is not there or the time is not inside it
// (for a moved boundary: inside it or the next).
std::optional<SceneEdit> split_edit(std::span<const Scene> scenes, int number, Milliseconds at);
/// With the scene after it.
std::optional<SceneEdit> merge_edit(std::span<const Scene> scenes, int number);
/// The scene's end, which is the next one's start.
std::optional<SceneEdit> move_edit(std::span<const Scene> scenes, int number, Milliseconds to);
std::optional<SceneEdit> title_edit(std::span<const Scene> scenes, int number, std::string title);

}  // namespace needledrop
