#pragma once

#include <string>
#include <vector>

#include "cuesheet/sheet.h"

namespace needledrop {

/// What a revision says otherwise than the one before, one line each: "1m03 'Promise': title:
/// Promise is now Promise (Inst.)". Everything that a sheet prints is compared, but how far it has
/// come, when it was prepared, and what the machine measured (level and confidence). Header first,
/// then cues by time; cues are known again by their id. Pure.
std::vector<std::string> sheet_changes(const CueSheet& before, const CueSheet& after);

}  // namespace needledrop
