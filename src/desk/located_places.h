#pragma once

#include <span>
#include <vector>

#include "desk/locate_clip.h"
#include "scenes/footage_search.h"
#include "spotting/sound_place.h"

namespace needledrop {

/// What the pictures say, and of which episode's file.
struct PicturePlace {
  SourceId file;
  FootagePlace place;
};

/// Do the two say the same: this file, about this time?
bool agree(const SoundPlace& sound, const PicturePlace& picture);

/// One list of what sound and picture say: where they agree, one place by both. Of several places
/// in the episodes that some part of the clip looks like, only the most convincing one is told;
/// what looks like nothing much is not told at all. By start, then falling confidence, then file.
std::vector<LocatedPlace> join_places(std::span<const SoundPlace> sound,
                                      std::span<const PicturePlace> picture);

}  // namespace needledrop
