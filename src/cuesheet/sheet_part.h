#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "cuesheet/sheet.h"

namespace needledrop {

/// The file that is meant by a part's number; without a number the only one. kInvalidArgument:
/// there is no such part, or there are several to choose from; the message says which.
Result<SheetPart> find_part(const CueSheet& sheet, std::optional<int> part);

/// When a part begins in the whole programme, whose parts follow one another.
Milliseconds start_of_part(const CueSheet& sheet, std::optional<int> part);

/// The cues of a part, in the sheet's order. They borrow from the sheet.
std::vector<const SheetCue*> cues_in(const CueSheet& sheet, const SheetPart& part);

}  // namespace needledrop
