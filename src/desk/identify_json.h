#pragma once

#include <string>

#include "desk/identify_clip.h"

namespace needledrop {

/// The document of `identify`: {"path", "duration", "matches", "warnings"}.
std::string identify_json(const IdentifiedClip& clip, bool timings);

}  // namespace needledrop
