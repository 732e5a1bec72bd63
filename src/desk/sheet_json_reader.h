#pragma once

#include <string_view>

#include "base/result.h"
#include "cuesheet/sheet.h"

namespace needledrop {

/// Reads what sheet_json wrote, also with an earlier program: a field that it did not write yet
/// reads as what nobody knows, so that a filed sheet stays readable. Errors: kCorrupt, naming the
/// field that is of another type or without which there is no sheet; kUnsupported for another
/// format. Pure; any bytes may be given.
Result<CueSheet> read_sheet_json(std::string_view text);

}  // namespace needledrop
