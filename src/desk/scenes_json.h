#pragma once

#include <string>
#include <vector>

#include "desk/episode_scenes.h"

namespace needledrop {

/// The document of `scenes`: {"episode", "parts": [{"path", "part", "depth", "cuts", "shots",
/// "scenes": [{"number", "start", "end", "title", "decided", "recordings"}]}]}. `stills` holds the
/// files of the shots' stills, part by part, where they were asked for.
std::string scenes_json(const EpisodeScenes& scenes,
                        const std::vector<std::vector<std::string>>& stills);

}  // namespace needledrop
