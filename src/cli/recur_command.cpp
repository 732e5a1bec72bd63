#include <algorithm>

#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/progress_line.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/find_recurrences.h"
#include "desk/recur_json.h"

namespace needledrop {
namespace {

using Align = Table::Align;

std::string episode_of(const FoundRecurrences& found, SourceId id) {
  const auto file =
      std::ranges::lower_bound(found.files, id, {}, [](const PlacedFile& f) { return f.file.id; });
  return file == found.files.end() ? "" : episode_heading(file->episode, file->production);
}

/// One row a place; what holds for all of them stands in the first.
std::string table_of(const FoundRecurrences& found, std::size_t width) {
  Table table({{"name", Align::kLeft, true},
               {"kind"},
               {"in", Align::kRight},
               {"out", Align::kRight},
               {"length", Align::kRight},
               {"episode", Align::kLeft, true},
               {"confidence", Align::kRight}});
  for (const NamedRecurrence& recurrence : found.recurrences) {
    bool is_first = true;
    for (const RecurrencePlace& place : recurrence.music.places) {
      table.add_row({is_first ? name_of(recurrence) : "",
                     is_first ? std::string(to_string(recurrence.music.kind)) : "",
                     clock_text(place.span.start), clock_text(place.span.end),
                     clock_text(place.span.length()), episode_of(found, place.episode),
                     fmt::format("{:.0f} %", place.confidence * 100)});
      is_first = false;
    }
  }
  return table.text(width);
}

int find(const Session& session, Desk& desk, const RecurArguments& arguments) {
  ProgressLine line(session.console);
  const auto found = find_recurrences(
      desk, arguments.episodes,
      {session.threads, session.stop, [&](const Progress& progress) { line.show(progress); }});
  session.console.clear_progress();
  if (!found.has_value()) return end_with(session, found.error());
  for (const std::string& warning : found->warnings) session.console.complain("", warning);
  if (session.json) {
    session.console.print(recur_json(*found));
  } else if (found->recurrences.empty()) {
    session.console.print("nothing unknown returns\n");
  } else {
    session.console.print(table_of(*found, session.console.traits().width));
  }
  return kExitDone;
}

int catalogue(const Session& session, Desk& desk, const RecurArguments& arguments) {
  const auto recording = catalogue_recurrence(desk, arguments.catalogue, arguments.identity,
                                              {session.threads, session.stop});
  if (!recording.has_value()) return end_with(session, recording.error());
  if (session.json) {
    session.console.print(catalogued_json(*recording));
  } else {
    session.console.print(fmt::format("catalogued as recording {}: {} ({})\n", recording->id.value,
                                      printable(recording_heading(*recording)),
                                      length_text(recording->duration)));
  }
  return kExitDone;
}

int label(const Session& session, Desk& desk, const RecurArguments& arguments) {
  auto recurrence = desk.catalogue().find_recurrence(arguments.label);
  if (!recurrence.has_value()) return end_with(session, recurrence.error());
  const auto done = desk.catalogue().label_recurrence(recurrence->id, arguments.identity.title);
  if (!done.has_value()) return end_with(session, done.error());
  const std::string before = name_of(*recurrence);
  recurrence->label = arguments.identity.title;
  if (!session.json) {
    session.console.print(
        fmt::format("{} is now called {}\n", printable(before), printable(name_of(*recurrence))));
  } else {
    session.console.print(labelled_json(*recurrence));
  }
  return kExitDone;
}

}  // namespace

int run_command(const Session& session, const RecurArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kChange);
  if (!desk.has_value()) return end_with(session, desk.error());
  if (!arguments.label.empty()) return label(session, *desk, arguments);
  if (const auto index = desk->index(); !index.has_value()) {
    return end_with(session, index.error());
  }
  return arguments.catalogue.empty() ? find(session, *desk, arguments)
                                     : catalogue(session, *desk, arguments);
}

}  // namespace needledrop
