#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/cues_json.h"
#include "desk/episode_sheet.h"

namespace needledrop {
namespace {

using Align = Table::Align;

std::string table_of(const CueSheet& sheet, std::size_t width) {
  Table table({{"cue", Align::kRight},
               {"part", Align::kRight},
               {"in", Align::kRight},
               {"out", Align::kRight},
               {"length", Align::kRight},
               {"title", Align::kLeft, true},
               {"artist", Align::kLeft, true},
               {"version"},
               {"usage"},
               {"confidence", Align::kRight},
               {"note", Align::kLeft, true}});
  for (const SheetCue& cue : sheet.cues) {
    table.add_row({std::to_string(cue.number), cue.part ? std::to_string(*cue.part) : "",
                   clock_text(cue.span.start), clock_text(cue.span.end),
                   clock_text(cue.span.length()), cue.title, cue.artist, cue.version,
                   std::string(to_string(cue.usage)), fmt::format("{:.0f} %", cue.confidence * 100),
                   cue.note});
  }
  return table.text(width);
}

}  // namespace

int run_command(const Session& session, const CuesArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  const auto sheet = make_episode_sheet(*desk, arguments.episode);
  if (!sheet.has_value()) return end_with(session, sheet.error());
  if (session.json) {
    session.console.print(cues_json(*sheet));
    return kExitDone;
  }
  session.console.print(fmt::format("{}  ({}, {} of it with music)\n",
                                    printable(episode_heading(sheet->episode, sheet->production)),
                                    length_text(sheet->sheet.programme_duration),
                                    length_text(sheet->sheet.music_duration)));
  session.console.print(sheet->sheet.cues.empty()
                            ? "no cues\n"
                            : table_of(sheet->sheet, session.console.traits().width));
  return kExitDone;
}

}  // namespace needledrop
