#pragma once

#include <string>

#include "base/result.h"
#include "catalogue/entities.h"
#include "cuesheet/sheet.h"

namespace needledrop {

class Desk;

/// What stands above the cues of an episode's sheet. Facts, codes and credits of the episode go
/// before those of its season, and these before those of its production; of several that contradict
/// each other the one that is preferred, else the first, holds. The preparer and the day are left
/// to the caller.
Result<SheetHeader> sheet_header(Desk& desk, const Episode& episode, const std::string& production);

}  // namespace needledrop
