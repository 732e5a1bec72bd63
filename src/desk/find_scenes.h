#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/progress.h"
#include "fingerprint/peak.h"
#include "scenes/footage.h"
#include "scenes/scene_finder.h"

namespace needledrop {

/// What there is to see in an episode's file.
struct FoundScenes {
  SeenPicture picture;
  Footage footage;           // by which its footage is known again
  bool was_decoded = false;  // false: the desk had it
  std::vector<std::string> warnings;
  std::chrono::nanoseconds cpu{0};  // of the whole process, for the picture alone
};

struct SceneOptions {
  PictureDepth depth = PictureDepth::kFast;
  unsigned threads = 1;  // nothing that is found depends on it
  std::stop_token stop;
  ProgressSink progress = [](const Progress&) {};
};

/// What the sound tells of scenes, from what is kept of it.
SoundSeries sound_series(const PeakList& peaks);

/// Decodes the picture of the file at `path` as closely as asked for, and finds its transitions,
/// shots and scenes. Errors: decode_picture's.
Result<FoundScenes> find_scenes(const std::string& path, const SoundSeries& sound,
                                std::span<const Span> dialogue, const SceneOptions& options);

}  // namespace needledrop
