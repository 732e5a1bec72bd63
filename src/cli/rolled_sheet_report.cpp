#include "cli/rolled_sheet_report.h"

#include <fmt/format.h>

#include "cli/table.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "cuesheet/sheet_text.h"

namespace needledrop {
namespace {

/// What tells lines of one music apart: what it is for, its voices, and that it is not counted.
std::string usage_of(const SheetCue& music) {
  std::string usage = usage_text(music);
  if (music.vocal != CueVocal::kUnknown) {
    usage += (usage.empty() ? "" : ", ") + std::string(to_string(music.vocal));
  }
  if (music.is_short) usage += usage.empty() ? "not counted" : ", not counted";
  return usage;
}

}  // namespace

std::string rolled_sheet_report(const RolledSheet& sheet, std::size_t width) {
  using Align = Table::Align;
  Table table({{"", Align::kRight},
               {"title", Align::kLeft, true},
               {"artist", Align::kLeft, true},
               {"version"},
               {"usage"},
               {"uses", Align::kRight},
               {"length", Align::kRight},
               {"episodes", Align::kLeft, true}});
  for (const RolledUse& use : sheet.uses) {
    std::string episodes;
    for (const std::string& episode : use.episodes) {
      episodes += (episodes.empty() ? "" : " ") + episode;
    }
    table.add_row({std::to_string(use.music.number), use.music.title, use.music.artist,
                   use.music.version, usage_of(use.music), std::to_string(use.uses),
                   length_text(use.length), std::move(episodes)});
  }
  return fmt::format(
      "{}\n{}{}, {}, {}: {} of music in {}\n", printable(sheet_title(sheet.whole.header)),
      sheet.uses.empty() ? "" : table.text(width), counted(song_count(sheet), "song"),
      counted(static_cast<std::size_t>(use_count(sheet)), "use"),
      counted(sheet.episodes.size(), "episode"), length_text(sheet.whole.music_duration),
      length_text(sheet.whole.programme_duration));
}

}  // namespace needledrop
