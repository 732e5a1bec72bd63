#include "cuesheet/sheet_part.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace needledrop {

Result<SheetPart> find_part(const CueSheet& sheet, std::optional<int> part) {
  if (sheet.parts.empty()) return fail(Error::Kind::kInvalidArgument, "the sheet has no file");
  if (!part.has_value() && sheet.parts.size() == 1) return sheet.parts.front();
  const auto found = std::ranges::find_if(
      sheet.parts, [&](const SheetPart& each) { return each.part.value_or(1) == part; });
  if (found != sheet.parts.end()) return *found;
  std::string numbers;
  for (const SheetPart& each : sheet.parts) {
    numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", each.part.value_or(1));
  }
  return fail(Error::Kind::kInvalidArgument,
              part.has_value()
                  ? fmt::format("there is no part {}; there are: {}", *part, numbers)
                  : fmt::format("the format is for one file, and the episode has several; say "
                                "which --part: {}",
                                numbers));
}

Milliseconds start_of_part(const CueSheet& sheet, std::optional<int> part) {
  Milliseconds start{0};
  for (const SheetPart& each : sheet.parts) {
    if (each.part == part) break;
    start += each.duration;
  }
  return start;
}

std::vector<const SheetCue*> cues_in(const CueSheet& sheet, const SheetPart& part) {
  std::vector<const SheetCue*> cues;
  for (const SheetCue& cue : sheet.cues) {
    if (cue.part == part.part) cues.push_back(&cue);
  }
  return cues;
}

}  // namespace needledrop
