#pragma once

#include <string>

#include "desk/locate_clip.h"

namespace needledrop {

/// The document of `locate`: {"path", "duration", "places", "matches", "warnings"}.
std::string locate_json(const LocatedClip& clip, bool timings);

}  // namespace needledrop
