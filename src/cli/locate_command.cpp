#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/progress_line.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/wording.h"
#include "desk/locate_clip.h"
#include "desk/locate_json.h"
#include "desk/missing_recordings.h"

namespace needledrop {
namespace {

using Align = Table::Align;

std::string way_text(const LocatedPlace& place) {
  std::string text;
  if (place.mirrored) text = "mirrored";
  if (place.rate != 1) text += fmt::format("{}{:.4f} x", text.empty() ? "" : ", ", place.rate);
  return text;
}

std::string table_of_places(const LocatedClip& clip, std::size_t width) {
  Table table({{"in", Align::kRight},
               {"out", Align::kRight},
               {"at", Align::kRight},
               {"episode", Align::kLeft, true},
               {"by"},
               {"how"},
               {"confidence", Align::kRight}});
  for (const LocatedPlace& place : clip.places) {
    const auto named = std::ranges::find(clip.episodes, place.file,
                                         [](const LocatedEpisode& each) { return each.file.id; });
    table.add_row(
        {clock_text(place.span.start), clock_text(place.span.end), clock_text(place.episode_start),
         episode_heading(named->episode, named->production), std::string(to_string(place.by)),
         way_text(place), fmt::format("{:.0f} %", place.confidence * 100)});
  }
  return table.text(width);
}

std::string table_of_matches(const LocatedClip& clip, std::size_t width) {
  Table table({{"in", Align::kRight},
               {"out", Align::kRight},
               {"at", Align::kRight},
               {"song", Align::kLeft, true},
               {"confidence", Align::kRight}});
  for (const Match& match : clip.matches) {
    const auto recording = std::ranges::find(clip.recordings, match.recording, &Recording::id);
    table.add_row({clock_text(match.span.start), clock_text(match.span.end),
                   clock_text(match.recording_start), recording_heading(*recording),
                   fmt::format("{:.0f} %", match.confidence * 100)});
  }
  return table.text(width);
}

void print_for_people(const Session& session, const LocatedClip& clip) {
  const std::size_t width = session.console.traits().width;
  if (clip.places.empty()) {
    session.console.print("nothing of this clip is from an episode of the desk\n");
  } else {
    session.console.print(table_of_places(clip, width));
  }
  if (!clip.matches.empty()) session.console.print("\n" + table_of_matches(clip, width));
}

}  // namespace

int run_command(const Session& session, const LocateArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  if (const auto index = desk->index(); !index.has_value()) {
    return end_with(session, index.error());
  }
  ProgressLine line(session.console);
  std::string activity;
  LocateOptions options;
  options.streams = arguments.streams;
  options.threads = session.threads;
  options.stop = session.stop;
  options.progress = [&](const Progress& progress) {
    if (progress.activity != activity) line.restart();
    activity = progress.activity;
    line.show(progress);
  };
  const auto clip = locate_clip(*desk, arguments.clip, options);
  if (!clip.has_value()) return end_with(session, clip.error(), arguments.clip);
  if (!clip->missing.empty()) session.console.complain("", missing_warning(clip->missing));
  for (const std::string& warning : clip->warnings) {
    session.console.complain(arguments.clip, warning);
  }
  if (session.json) {
    session.console.print(locate_json(*clip, arguments.timings));
  } else {
    print_for_people(session, *clip);
  }
  return kExitDone;
}

}  // namespace needledrop
