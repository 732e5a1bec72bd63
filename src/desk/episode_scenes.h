#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/find_scenes.h"
#include "scenes/scene_edit.h"

namespace needledrop {

class Desk;

/// An episode's file with its scenes as they stand.
struct FileScenes {
  EpisodeFile file;
  std::optional<SeenPicture> picture;  // nothing: not looked at, or there is no picture
  std::vector<Scene> scenes;
};

/// An episode with the scenes of its broadcast parts, and what is heard in them.
struct EpisodeScenes {
  Episode episode;
  std::string production;
  std::vector<FileScenes> parts;                   // as broadcast_parts; at least one
  std::vector<Run> runs;                           // of each part
  std::vector<std::optional<Dialogue>> dialogues;  // of each part
  std::vector<Recording> recordings;               // that spots name, by id
};

/// The scenes of a file as they stand: suggested and edited. `picture` is what was just seen, where
/// the desk can't keep it; nothing takes the desk's own.
Result<FileScenes> scenes_of(Desk& desk, const EpisodeFile& file,
                             std::optional<SeenPicture> picture = std::nullopt);

/// Looks at the file's picture unless the desk has it as closely already, and keeps it. A desk that
/// can't be written to costs only the keeping. Nothing when there is no picture. Errors: as
/// find_scenes.
Result<std::optional<FoundScenes>> look_at_file(Desk& desk, const EpisodeFile& file,
                                                const SoundSeries& sound,
                                                std::span<const Span> dialogue,
                                                const SceneOptions& options);

/// kNotFound when there is no such episode, or it has no file any more.
Result<EpisodeScenes> episode_scenes(Desk& desk, std::string_view what);

/// Numbers of the scenes that a span touches for longer than a moment, ascending.
std::vector<int> scenes_at(std::span<const Scene> scenes, const Span& span);

/// What a person may ask to be done with the scenes of a file.
struct SceneRequest {
  enum class Kind { kSplit, kMerge, kMove, kTitle, kUndo, kRedo };
  Kind kind = Kind::kSplit;
  int number = 0;      // of the scene
  Milliseconds at{0};  // kSplit, kMove
  std::string title;   // kTitle
};

/// Carries it out, durably. kInvalidArgument says why it can't be.
Result<void> edit_scenes(Desk& desk, const FileScenes& scenes, const SceneRequest& request);

}  // namespace needledrop
