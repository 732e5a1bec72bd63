#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "cuesheet/sheet.h"
#include "cuesheet/sheet_reader.h"

namespace needledrop {

/// How a filed sheet and what was heard stand to each other in one use.
enum class UseDifference {
  kNone,      // the same music at the same time
  kTimes,     // the same music; it begins or ends at other times, or is longer or shorter
  kTitle,     // at the same time under another title
  kMissing,   // heard, and not on the filed sheet
  kNotHeard,  // on the filed sheet, and not heard
};
/// "agrees", "times differ", "title differs", "missing", "not heard".
std::string_view to_string(UseDifference difference);

struct ComparedUse {
  UseDifference difference = UseDifference::kNone;
  std::optional<std::size_t> filed;  // its place among the filed cues
  std::optional<std::size_t> heard;  // its place among the sheet's
  Span heard_at;                     // when, in the programme: all of the use, or a span of it
  Milliseconds heard_length{0};      // of what would be reported of that
  std::string remark;                // "begins 0:04 earlier, ends 0:02 later"; "" nothing to say
  friend bool operator==(const ComparedUse&, const ComparedUse&) = default;
};

struct ComparisonRules {
  Milliseconds tolerance{2'000};  // times that differ by less are the same
};

/// Every filed cue beside the use that it means, if one was heard, and every use that was heard and
/// is on no line; in order of time. A filed cue means a use of its title that is heard while it
/// lasts, else another that has at least half of the time of both; without times it means the first
/// use of its title that is left. A use of several spans may stand on one line or on a line for
/// each. Times of the filed sheet count from the start of the programme, whose parts follow one
/// another, or of the part that it says. Titles are compared without case, width and what stands in
/// brackets behind them; a work's registered title is as good, and so is how formats that have only
/// ASCII write it. Pure. kInvalidArgument when over 100,000 pairs of a line and a use are possible.
Result<std::vector<ComparedUse>> compare_uses(std::span<const ReadCue> filed, const CueSheet& sheet,
                                              const ComparisonRules& rules = {});

}  // namespace needledrop
