#include "desk/episode_scenes.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "desk/broadcast_parts.h"
#include "desk/desk.h"
#include "desk/episode_identity.h"
#include "desk/episode_lookup.h"
#include "desk/scene_roles.h"
#include "desk/spot_episode.h"
#include "media/media_file.h"
#include "scenes/footage_packing.h"

namespace needledrop {
namespace {

bool has_seen_enough(const std::optional<SeenPicture>& kept, PictureDepth wanted) {
  return kept.has_value() && (kept->depth == PictureDepth::kExact || wanted == PictureDepth::kFast);
}

std::optional<SceneEdit> edit_of(const std::vector<Scene>& scenes, const SceneRequest& request) {
  switch (request.kind) {
    case SceneRequest::Kind::kSplit:
      return split_edit(scenes, request.number, request.at);
    case SceneRequest::Kind::kMerge:
      return merge_edit(scenes, request.number);
    case SceneRequest::Kind::kMove:
      return move_edit(scenes, request.number, request.at);
    case SceneRequest::Kind::kTitle:
      return title_edit(scenes, request.number, request.title);
    case SceneRequest::Kind::kUndo:
    case SceneRequest::Kind::kRedo:
      break;
  }
  return std::nullopt;
}

/// "1:04:07".
std::string whole_seconds(Milliseconds time) {
  const auto seconds = time.count() / 1'000;
  return fmt::format("{}:{:02}:{:02}", seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

Error refusal(const std::vector<Scene>& scenes, const SceneRequest& request) {
  const auto count = static_cast<int>(scenes.size());
  if (request.number < 1 || request.number > count) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("there is no scene {}; there are {}", request.number, count));
  }
  if (request.kind == SceneRequest::Kind::kMerge ||
      (request.kind == SceneRequest::Kind::kMove && request.number == count)) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("scene {} is the last: none comes after it", request.number));
  }
  const auto scene = scenes.begin() + (request.number - 1);
  const bool is_move = request.kind == SceneRequest::Kind::kMove;
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("the time is not within scene {}{}: {} to {}", request.number,
                          is_move ? " or the next" : "", whole_seconds(scene->span.start),
                          whole_seconds((is_move ? scene + 1 : scene)->span.end)));
}

}  // namespace

Result<FileScenes> scenes_of(Desk& desk, const EpisodeFile& file,
                             std::optional<SeenPicture> picture) {
  FileScenes scenes{file, std::move(picture), {}};
  if (file.id == SourceId()) {  // nothing more is known of it
    if (scenes.picture.has_value()) scenes.scenes = edited_scenes(scenes.picture->scenes, {});
    return scenes;
  }
  if (!scenes.picture.has_value()) {
    ND_TRY_ASSIGN(scenes.picture, desk.catalogue().picture_of(file.id));
  }
  if (!scenes.picture.has_value()) return scenes;
  ND_TRY_ASSIGN(const auto edits, desk.catalogue().scene_edits(file.id));
  ND_TRY_ASSIGN(const FileRoles roles, roles_of(desk, file));
  scenes.scenes = edited_scenes(with_roles(scenes.picture->scenes, roles.seen), edits);
  ND_TRY(give_roles(desk, file, *scenes.picture, roles, scenes.scenes));
  return scenes;
}

Result<std::optional<FoundScenes>> look_at_file(Desk& desk, const EpisodeFile& file,
                                                const SoundSeries& sound,
                                                std::span<const Span> dialogue,
                                                const SceneOptions& options) {
  if (file.id != SourceId()) {
    ND_TRY_ASSIGN(auto kept, desk.catalogue().picture_of(file.id));
    if (has_seen_enough(kept, options.depth)) {
      return std::optional(FoundScenes{std::move(*kept), {}, false, {}, {}});
    }
  }
  ND_TRY_ASSIGN(const auto media, MediaFile::open(file.path, {}));
  if (!media->has_picture()) return std::optional<FoundScenes>();
  ND_TRY_ASSIGN(FoundScenes found, find_scenes(file.path, sound, dialogue, options));
  found.picture.file = file.id;
  if (file.id != SourceId() && !desk.is_read_only()) {
    auto stored = desk.catalogue().store_picture(found.picture);
    if (stored.has_value()) {
      stored = desk.catalogue().store_footage(file.id, pack(found.footage));
    }
    if (stored.has_value()) {
      stored = compare_with_neighbours(desk, file, found.footage, options.threads, options.stop);
    }
    if (!stored.has_value()) {
      if (stored.error().kind == Error::Kind::kCancelled) return stored.error();
      found.warnings.push_back("its scenes were not stored: " + stored.error().message);
    }
  }
  return std::optional(std::move(found));
}

Result<EpisodeScenes> episode_scenes(Desk& desk, std::string_view what) {
  EpisodeScenes result;
  ND_TRY_ASSIGN(result.episode, find_episode(desk, what));
  ND_TRY_ASSIGN(result.production, production_title(desk.catalogue(), result.episode.production));
  ND_TRY_ASSIGN(auto parts, broadcast_parts(desk, result.episode.id));
  if (parts.empty()) return fail(Error::Kind::kNotFound, "the episode has no file any more");
  std::vector<Spot> all;
  for (auto& [file, run] : parts) {
    ND_TRY_ASSIGN(FileScenes scenes, scenes_of(desk, file));
    result.parts.push_back(std::move(scenes));
    all.insert(all.end(), run.spots.begin(), run.spots.end());
    result.runs.push_back(std::move(run));
    ND_TRY_ASSIGN(auto dialogues, desk.catalogue().dialogue_of(file.id));
    result.dialogues.push_back(dialogues.empty() ? std::nullopt
                                                 : std::optional(std::move(dialogues.front())));
  }
  ND_TRY_ASSIGN(result.recordings, recordings_of(desk, all));
  return result;
}

std::vector<int> scenes_at(std::span<const Scene> scenes, const Span& span) {
  // What only reaches over a boundary, a last chord, is not in the next scene.
  constexpr Milliseconds kMoment{500};
  std::vector<int> numbers;
  for (const Scene& scene : scenes) {
    const Milliseconds shared =
        std::min(scene.span.end, span.end) - std::max(scene.span.start, span.start);
    if (shared >= std::min(kMoment, span.length()) && shared.count() > 0) {
      numbers.push_back(scene.number);
    }
  }
  return numbers;
}

Result<void> edit_scenes(Desk& desk, const FileScenes& scenes, const SceneRequest& request) {
  Catalogue& catalogue = desk.catalogue();
  const bool is_undo = request.kind == SceneRequest::Kind::kUndo;
  if (is_undo || request.kind == SceneRequest::Kind::kRedo) {
    ND_TRY_ASSIGN(const bool done, is_undo ? catalogue.undo_scene_edit(scenes.file.id)
                                           : catalogue.redo_scene_edit(scenes.file.id));
    if (done) return {};
    return fail(Error::Kind::kInvalidArgument,
                is_undo ? "there is nothing to undo" : "there is nothing to redo");
  }
  const auto edit = edit_of(scenes.scenes, request);
  if (!edit.has_value()) return refusal(scenes.scenes, request);
  return catalogue.add_scene_edit(scenes.file.id, *edit, utc_text(desk.clock().now()));
}

}  // namespace needledrop
