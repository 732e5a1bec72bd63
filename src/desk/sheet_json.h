#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cuesheet/sheet.h"
#include "cuesheet/sheet_check.h"

namespace needledrop {

/// A sheet as JSON, whole: {"format": 1, "sheet": {...}}. docs/cue-sheets.md tells what the fields
/// are. It is what is kept of a filed sheet.
std::string sheet_json(const CueSheet& sheet);
/// Reads what sheet_json wrote. Error: kCorrupt, naming the field.
Result<CueSheet> read_sheet_json(std::string_view text);

/// {"format": 1, "faults": [{"gravity", "cue", "field", "message"}]}.
std::string faults_json(std::span<const SheetFault> faults);

}  // namespace needledrop
