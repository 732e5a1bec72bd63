#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "desk/episode_scenes.h"
#include "desk/progress.h"

namespace needledrop {

class Desk;

/// DIR/cache/stills: a folder a file, a JPEG a shot, named by the time it shows. It may be deleted
/// at any time.
std::string stills_directory(const Desk& desk);

/// The stills of a file's shots, in order, as paths; those that are missing are made from the file,
/// which must be where the desk knows it. "" where the picture can't be decoded there. Errors:
/// those of make_stills, kIo.
Result<std::vector<std::string>> shot_stills(Desk& desk, const FileScenes& scenes,
                                             std::stop_token stop, const ProgressSink& progress);

}  // namespace needledrop
