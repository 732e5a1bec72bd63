#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cuesheet/rolled_sheet.h"
#include "cuesheet/sheet.h"
#include "desk/current_sheet.h"

namespace needledrop {

/// A sheet as JSON, whole: {"format": 1, "sheet": {...}}. docs/cue-sheets.md tells what the fields
/// are. It is what is kept of a filed sheet.
std::string sheet_json(const CueSheet& sheet);
/// A rolled-up one: {"format": 1, "rolled_sheet": {"header", "state", "society", "episodes",
/// "left_out", "song_count", "use_count", "uses": [{"title", ..., "uses", "length", "episodes"}],
/// ...}}; `left_out` are episodes of a season that it does not count.
std::string rolled_sheet_json(const RolledSheet& sheet, const std::vector<std::string>& left_out);
/// {"format": 1, "sheet": {"episode", "status", "revision", "incomplete", "changed", "changes",
/// "faults": [{"gravity", "cue", "field", "message"}]}}.
std::string sheet_state_json(const CurrentSheet& current);

/// {"format": 1, "steps": [{"at", "author", "revision", "before", "after", "reason"}]}.
std::string sheet_steps_json(std::span<const SheetStep> steps);

}  // namespace needledrop
