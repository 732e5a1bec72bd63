#pragma once

#include <string>
#include <vector>

#include "cuesheet/sheet.h"

namespace needledrop {

/// What a revision says otherwise than the one before, one line each: "1m03 'Promise': time out
/// 0:41.0 is now 0:43.5". Header first, then cues by time; cues are known again by their id. Pure.
std::vector<std::string> sheet_changes(const CueSheet& before, const CueSheet& after);

}  // namespace needledrop
