#include <algorithm>

#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/progress_line.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/wording.h"
#include "desk/identify_clip.h"
#include "desk/identify_json.h"
#include "desk/missing_recordings.h"

namespace needledrop {
namespace {

using Align = Table::Align;

std::string table_of(const IdentifiedClip& clip, std::size_t width) {
  Table table({{"in", Align::kRight},
               {"out", Align::kRight},
               {"at", Align::kRight},
               {"title", Align::kLeft, true},
               {"artist", Align::kLeft, true},
               {"version"},
               {"rate", Align::kRight},
               {"confidence", Align::kRight}});
  for (const Match& match : clip.matches) {
    const auto recording = std::ranges::find(clip.recordings, match.recording, &Recording::id);
    table.add_row({clock_text(match.span.start), clock_text(match.span.end),
                   clock_text(match.recording_start), recording->title, recording->artist,
                   recording->version, fmt::format("{:.4f}", match.rate),
                   fmt::format("{:.0f} %", match.confidence * 100)});
  }
  return table.text(width);
}

}  // namespace

int run_command(const Session& session, const IdentifyArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  if (const auto index = desk->index(); !index.has_value()) {
    return end_with(session, index.error());
  }
  ProgressLine line(session.console);
  const auto clip = identify_clip(*desk, arguments.clip, arguments.streams, session.stop,
                                  [&](const Progress& progress) { line.show(progress); });
  if (!clip.has_value()) return end_with(session, clip.error(), arguments.clip);
  if (!clip->missing.empty()) session.console.complain("", missing_warning(clip->missing));
  for (const std::string& warning : clip->warnings) {
    session.console.complain(arguments.clip, warning);
  }
  if (session.json) {
    session.console.print(identify_json(*clip, arguments.timings));
  } else if (clip->matches.empty()) {
    session.console.print("no recording of the desk is in this clip\n");
  } else {
    session.console.print(table_of(*clip, session.console.traits().width));
  }
  return kExitDone;
}

}  // namespace needledrop
