#pragma once

#include "base/result.h"
#include "cuesheet/sheet_maker.h"
#include "desk/episode_cues.h"

namespace needledrop {

class Desk;

/// What an episode's sheet is made of: its cues that are not rejected, with all that the catalogue
/// says of their music and of the episode. `society` null: none.
Result<SheetMaterial> sheet_material(Desk& desk, const EpisodeCues& cues, const Society* society);

}  // namespace needledrop
