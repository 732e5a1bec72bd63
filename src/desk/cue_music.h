#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "cuesheet/sheet_maker.h"

namespace needledrop {

class Desk;

/// What the catalogue says of a recording, with the works that it performs, their writers and
/// publishers. Of credits that contradict each other the first is taken, and the work says so.
Result<CueMusic> cue_music(Desk& desk, const Recording& recording);

/// The same of a work alone. kNotFound.
Result<SheetWork> sheet_work(Desk& desk, std::int64_t work);

}  // namespace needledrop
