#pragma once

#include "base/result.h"
#include "desk/episode_sheet.h"

namespace needledrop {

class Desk;

/// Puts the scenes of its files, as they stand, into a sheet: chapters show them beside the songs.
Result<void> add_scenes(Desk& desk, EpisodeSheet& sheet);

}  // namespace needledrop
