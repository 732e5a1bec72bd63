#include "scenes/scene_edit.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace needledrop {
namespace {

constexpr std::array<std::pair<SceneEdit::Kind, std::string_view>, 3> kKinds{{
    {SceneEdit::Kind::kBoundary, "boundary"},
    {SceneEdit::Kind::kJoin, "join"},
    {SceneEdit::Kind::kTitle, "title"},
}};

struct Boundary {
  Milliseconds time{0};
  bool is_decided = false;
};

bool is_inside(const Span& span, Milliseconds time) {
  return time > span.start && time < span.end;
}

Milliseconds shared(const Span& a, const Span& b) {
  return std::max(Milliseconds(0), std::min(a.end, b.end) - std::max(a.start, b.start));
}

/// Inner boundaries, by time.
std::vector<Boundary> boundaries_of(std::span<const Span> suggested,
                                    std::span<const SceneEdit> edits, const Span& whole) {
  std::vector<Boundary> boundaries;
  for (std::size_t i = 1; i < suggested.size(); ++i) boundaries.push_back({suggested[i].start});
  for (const SceneEdit& edit : edits) {
    if (edit.kind == SceneEdit::Kind::kTitle) continue;
    std::erase_if(boundaries, [&](const Boundary& boundary) {
      return is_inside(edit.span, boundary.time) ||
             (edit.kind == SceneEdit::Kind::kBoundary && boundary.time == edit.at);
    });
    if (edit.kind == SceneEdit::Kind::kBoundary && is_inside(whole, edit.at)) {
      boundaries.push_back({edit.at, true});
    }
  }
  std::ranges::sort(boundaries, {}, &Boundary::time);
  return boundaries;
}

void give_title(std::vector<Scene>& scenes, const SceneEdit& edit) {
  const auto most = std::ranges::max_element(
      scenes, {}, [&](const Scene& scene) { return shared(scene.span, edit.span); });
  if (most == scenes.end() || shared(most->span, edit.span) * 2 < edit.span.length()) return;
  most->title = edit.title;
  most->is_decided = true;
}

const Scene* scene_of(std::span<const Scene> scenes, int number) {
  if (number < 1 || static_cast<std::size_t>(number) > scenes.size()) return nullptr;
  return &scenes[static_cast<std::size_t>(number) - 1];
}

}  // namespace

std::string_view heading(const Scene& scene) {
  if (!scene.title.empty() || scene.role == SceneRole::kStory) return scene.title;
  return to_string(scene.role);
}

std::string_view to_string(SceneEdit::Kind kind) {
  return std::ranges::find(kKinds, kind, &decltype(kKinds)::value_type::first)->second;
}

std::optional<SceneEdit::Kind> scene_edit_kind(std::string_view text) {
  const auto found = std::ranges::find(kKinds, text, &decltype(kKinds)::value_type::second);
  if (found == kKinds.end()) return std::nullopt;
  return found->first;
}

std::vector<Scene> edited_scenes(std::span<const Span> suggested,
                                 std::span<const SceneEdit> edits) {
  if (suggested.empty()) return {};
  const Span whole{suggested.front().start, suggested.back().end};
  std::vector<Scene> scenes;
  Scene scene;
  scene.span.start = whole.start;
  const auto close = [&](Boundary boundary) {
    scene.number = static_cast<int>(scenes.size()) + 1;
    scene.span.end = boundary.time;
    scene.is_decided = scene.is_decided || boundary.is_decided;
    scenes.push_back(scene);
    scene = {};
    scene.span.start = boundary.time;
    scene.is_decided = boundary.is_decided;
  };
  for (const Boundary& boundary : boundaries_of(suggested, edits, whole)) close(boundary);
  close({whole.end});
  for (const SceneEdit& edit : edits) {
    if (edit.kind == SceneEdit::Kind::kTitle) give_title(scenes, edit);
    if (edit.kind != SceneEdit::Kind::kJoin) continue;
    for (Scene& joined : scenes) {
      joined.is_decided = joined.is_decided || shared(joined.span, edit.span) == edit.span.length();
    }
  }
  return scenes;
}

std::optional<SceneEdit> split_edit(std::span<const Scene> scenes, int number, Milliseconds at) {
  const Scene* scene = scene_of(scenes, number);
  if (scene == nullptr || !is_inside(scene->span, at)) return std::nullopt;
  return SceneEdit{SceneEdit::Kind::kBoundary, at, {at, at}, {}};
}

std::optional<SceneEdit> merge_edit(std::span<const Scene> scenes, int number) {
  const Scene* scene = scene_of(scenes, number);
  const Scene* next = scene_of(scenes, number + 1);
  if (scene == nullptr || next == nullptr) return std::nullopt;
  return SceneEdit{SceneEdit::Kind::kJoin, {}, {scene->span.start, next->span.end}, {}};
}

std::optional<SceneEdit> move_edit(std::span<const Scene> scenes, int number, Milliseconds to) {
  const auto join = merge_edit(scenes, number);
  if (!join.has_value() || !is_inside(join->span, to)) return std::nullopt;
  return SceneEdit{SceneEdit::Kind::kBoundary, to, join->span, {}};
}

std::optional<SceneEdit> title_edit(std::span<const Scene> scenes, int number, std::string title) {
  const Scene* scene = scene_of(scenes, number);
  if (scene == nullptr) return std::nullopt;
  return SceneEdit{SceneEdit::Kind::kTitle, {}, scene->span, std::move(title)};
}

}  // namespace needledrop
