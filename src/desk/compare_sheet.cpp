#include "desk/compare_sheet.h"

#include <memory>
#include <utility>

#include "base/timecode.h"
#include "desk/current_sheet.h"
#include "desk/desk.h"
#include "desk/file_name.h"

namespace needledrop {
namespace {

/// The clock that was said, and what it leaves open as the file has it.
SheetClock clock_of(SheetClock clock, const EpisodeFile& file) {
  const std::string start = file.start_timecode.value_or("");
  if (!clock.timebase.has_value() && file.frame_rate.numerator != 0) {
    const auto timebase = make_timebase(file.frame_rate, says_drop_frame(start));
    if (timebase.has_value()) clock.timebase = *timebase;
    clock.is_assumed = true;
  }
  const bool goes_with_it = clock.timebase.has_value() && !start.empty() &&
                            parse_timecode(start, *clock.timebase).has_value();
  if (clock.start_timecode.empty() && goes_with_it) clock.start_timecode = start;
  return clock;
}

}  // namespace

Result<ComparedSheet> compare_sheet(Desk& desk, const std::string& path, std::string_view what,
                                    const SheetReaderOptions& reader,
                                    const ComparisonRules& rules) {
  ND_TRY_ASSIGN(const EpisodeCues cues, episode_cues(desk, what));
  ND_TRY_ASSIGN(const auto file, desk.files().map(path));
  const auto bytes = file->bytes();
  SheetReaderOptions how = reader;
  if (!cues.parts.empty()) how.clock = clock_of(reader.clock, cues.parts.front().file);
  auto read = read_sheet({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, how);
  if (!read.has_value()) return read.error().in(path);
  ComparedSheet compared;
  compared.episode = cues.episode;
  compared.warnings = std::move(read->warnings);
  SheetComparison& comparison = compared.comparison;
  comparison.filed_name = valid_utf8(file_name(path));
  comparison.filed = std::move(read->cues);
  ND_TRY_ASSIGN(comparison.sheet, live_sheet(desk, cues, {}));
  auto uses = compare_uses(comparison.filed, comparison.sheet, rules);
  if (!uses.has_value()) return uses.error().in(path);
  comparison.uses = std::move(*uses);
  return compared;
}

}  // namespace needledrop
