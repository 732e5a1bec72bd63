#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/cues_json.h"
#include "desk/dialogue_over.h"
#include "desk/episode_sheet.h"
#include "desk/find_recurrences.h"

namespace needledrop {
namespace {

using Align = Table::Align;

using Row = std::vector<std::string>;

constexpr std::size_t kTitleColumn = 5;

Row row_of(const SheetCue& cue) {
  return {std::to_string(cue.number),
          cue.part ? std::to_string(*cue.part) : "",
          clock_text(extent(cue).start),
          clock_text(extent(cue).end),
          clock_text(extent(cue).length()),
          cue.title,
          cue.artist,
          cue.version,
          std::string(to_string(cue.function)),
          fmt::format("{:.0f} %", cue.confidence * 100),
          cue.note};
}

Row row_of(const MusicSpan& music, const SpottedFile& part, const EpisodeSheet& sheet) {
  const NamedRecurrence* recurrence = recurrence_at(sheet.recurrences, part.file.id, music.span);
  return {"?",
          part.file.part ? std::to_string(*part.file.part) : "",
          clock_text(music.span.start),
          clock_text(music.span.end),
          clock_text(music.span.length()),
          recurrence == nullptr ? std::string(kUnidentified) : name_of(*recurrence),
          "",
          "",
          "",
          fmt::format("{:.0f} %", music.confidence * 100),
          ""};
}

/// What stands under a cue: its first line of dialogue, and what the subtitles say of the music.
std::vector<std::string> notes_of(const Dialogue* dialogue, const Span& span) {
  std::vector<std::string> notes;
  if (dialogue == nullptr) return notes;
  const DialogueOver over = dialogue_over(*dialogue, span);
  if (!over.during.empty()) {
    notes.push_back(fmt::format("\"{}\"", over.during.front().text));
    if (over.during.size() > 1) {
      notes.back() += fmt::format(" and {} more", counted(over.during.size() - 1, "line"));
    }
  }
  if (!over.music_marks.empty()) notes.push_back("subtitles: " + over.music_marks.front().text);
  for (std::string& note : notes) std::ranges::replace(note, '\n', ' ');
  return notes;
}

/// A cue, or music that is none, with what stands under it.
struct Line {
  Milliseconds start{0};
  Row row;
  std::vector<std::string> notes;
};

/// Cues with, between them, the music that is none, marked "?".
std::string table_of(const EpisodeSheet& sheet, std::size_t width) {
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
  auto cue = sheet.sheet.cues.begin();
  for (const SpottedFile& part : sheet.parts) {
    const Dialogue* const dialogue = dialogue_of_part(sheet, part.file.part);
    std::vector<Line> lines;
    for (; cue != sheet.sheet.cues.end() && cue->part == part.file.part; ++cue) {
      lines.push_back({extent(*cue).start, row_of(*cue), notes_of(dialogue, extent(*cue))});
    }
    for (const MusicSpan& music : part.run.unidentified) {
      lines.push_back(
          {music.span.start, row_of(music, part, sheet), notes_of(dialogue, music.span)});
    }
    std::ranges::stable_sort(lines, {}, &Line::start);
    for (Line& line : lines) {
      table.add_row(std::move(line.row));
      for (const std::string& note : line.notes) table.add_note(kTitleColumn, note);
    }
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
  const bool has_unidentified = std::ranges::any_of(
      sheet->parts, [](const SpottedFile& part) { return !part.run.unidentified.empty(); });
  if (sheet->sheet.cues.empty()) session.console.print("no cues\n");
  if (!sheet->sheet.cues.empty() || has_unidentified) {
    session.console.print(table_of(*sheet, session.console.traits().width));
  }
  return kExitDone;
}

}  // namespace needledrop
