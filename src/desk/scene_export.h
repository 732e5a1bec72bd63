#pragma once

#include <string>
#include <vector>

#include "desk/episode_scenes.h"

namespace needledrop {

/// One file's scenes with what is heard in them, to be written out. Borrowed.
struct SceneExport {
  const Episode& episode;
  const std::string& production;
  const FileScenes& part;
  const std::vector<Spot>& spots;
  const std::vector<Recording>& recordings;
};

/// WebVTT chapters, which players read beside a film: a cue a scene, its title and its songs.
std::string scenes_as_webvtt(const SceneExport& scenes);

/// FFmpeg's metadata file:
///     ffmpeg -i EPISODE -i FILE -map 0 -map_metadata 1 -map_chapters 1 -codec copy FILM
/// puts the scenes into the film as chapters. With TIMEBASE, without which the unit would be
/// nanoseconds.
std::string scenes_as_ffmetadata(const SceneExport& scenes);

}  // namespace needledrop
