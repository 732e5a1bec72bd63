#include "cli/spot_report.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/episode_strip.h"
#include "cli/table.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/dialogue_over.h"
#include "desk/file_name.h"
#include "desk/find_recurrences.h"

namespace needledrop {
namespace {

using Align = Table::Align;

const Recording* find(const SpottedEpisode& spotted, SourceId id) {
  const auto found = std::ranges::find(spotted.recordings, id, &Recording::id);
  return found == spotted.recordings.end() ? nullptr : &*found;
}

std::string title_of(const SpottedEpisode& spotted, SourceId id) {
  const Recording* recording = find(spotted, id);
  return recording == nullptr ? fmt::format("recording {} (removed)", id.value)
                              : recording_heading(*recording);
}

std::vector<std::string> row_of(const SpottedEpisode& spotted, const Spot& spot) {
  const Recording* recording = find(spotted, spot.recording);
  std::string version = recording == nullptr ? "" : recording->version;
  if (!spot.version_decided) version = "either";
  return {clock_text(spot.span.start),
          clock_text(spot.span.end),
          clock_text(spot.span.length()),
          recording == nullptr ? "" : recording->title,
          recording == nullptr ? "" : recording->artist,
          std::move(version),
          fmt::format("{:+.1f} dB", spot.level_db),
          fmt::format("{:.0f} %", spot.confidence * 100)};
}

std::vector<std::string> row_of(const SpottedEpisode& spotted, const MusicSpan& music) {
  const NamedRecurrence* recurrence =
      recurrence_at(spotted.recurrences, spotted.file.id, music.span);
  return {clock_text(music.span.start),
          clock_text(music.span.end),
          clock_text(music.span.length()),
          recurrence == nullptr ? std::string(kUnidentified) : name_of(*recurrence),
          "",
          "",
          "",
          fmt::format("{:.0f} %", music.confidence * 100)};
}

constexpr std::size_t kTitleColumn = 3;

/// What the subtitles say of music over a span, under its title; nothing where they say none.
void add_mark(Table& table, const SpottedEpisode& spotted, const Span& span) {
  if (!spotted.dialogue.has_value()) return;
  const auto marks = music_marks_over(*spotted.dialogue, span);
  if (marks.empty()) return;
  std::string mark = "subtitles: " + marks.front().text;
  std::ranges::replace(mark, '\n', ' ');
  table.add_note(kTitleColumn, mark);
}

/// Where the dialogue was taken from.
std::string subtitles_line(const Dialogue& dialogue) {
  const Subtitles& subtitles = dialogue.subtitles;
  const std::string where = dialogue.path.empty() ? fmt::format("stream {}", subtitles.stream)
                                                  : std::string(file_name(dialogue.path));
  std::string what = subtitles.format;
  if (!subtitles.language.empty()) what += ", " + subtitles.language;
  if (dialogue.shift.count() != 0) {
    what +=
        fmt::format(", shifted by {:+.1f} s", static_cast<double>(dialogue.shift.count()) / 1'000);
  }
  return fmt::format("subtitles: {} ({}), {}\n", printable(where), printable(what),
                     counted(subtitles.lines.size(), "line"));
}

/// Spots and unidentified music by start.
std::string table_of_findings(const SpottedEpisode& spotted, std::size_t width) {
  Table table({{"in", Align::kRight},
               {"out", Align::kRight},
               {"length", Align::kRight},
               {"title", Align::kLeft, true},
               {"artist", Align::kLeft, true},
               {"version"},
               {"level", Align::kRight},
               {"confidence", Align::kRight}});
  auto music = spotted.unidentified.begin();
  for (const Spot& spot : spotted.spots) {
    for (; music != spotted.unidentified.end() && music->span < spot.span; ++music) {
      table.add_row(row_of(spotted, *music));
      add_mark(table, spotted, music->span);
    }
    table.add_row(row_of(spotted, spot));
    if (spot.from_loudspeaker)
      table.add_note(kTitleColumn, "sounds like a loudspeaker in the scene");
    add_mark(table, spotted, spot.span);
  }
  for (; music != spotted.unidentified.end(); ++music) {
    table.add_row(row_of(spotted, *music));
    add_mark(table, spotted, music->span);
  }
  return table.text(width);
}

std::string change_line(const SpottedEpisode& spotted, std::string_view what, const Spot& spot) {
  return fmt::format("  {:<6} {} to {}  {}\n", what, clock_text(spot.span.start),
                     clock_text(spot.span.end), printable(title_of(spotted, spot.recording)));
}

std::string changes_text(const SpottedEpisode& spotted) {
  const RunChanges& changes = *spotted.changes;
  if (changes.empty()) return "nothing new\n";
  std::string text;
  for (const Spot& spot : changes.added) text += change_line(spotted, "new", spot);
  for (const Spot& spot : changes.gone) text += change_line(spotted, "gone", spot);
  for (const auto& moved : changes.moved) text += change_line(spotted, "moved", moved.after);
  return text;
}

}  // namespace

std::string spot_report(const SpottedEpisode& spotted, const Console::Traits& traits) {
  std::string text =
      fmt::format("{}  ({})\n", printable(episode_heading(spotted.episode, spotted.production)),
                  length_text(spotted.file.duration));
  if (spotted.was_decoded && !spotted.file.layout.empty()) {
    text += fmt::format("sound: {}\n", printable(spotted.file.layout));
  }
  if (spotted.dialogue.has_value()) text += subtitles_line(*spotted.dialogue);
  if (spotted.spots.empty()) {
    text += "no recording of the desk is heard\n";
  }
  if (!spotted.spots.empty() || !spotted.unidentified.empty()) {
    const StripContent content{spotted.spots, spotted.unidentified, spotted.file.duration};
    text += episode_strip(content, traits.width, traits.has_colour);
    text += strip_legend(content, spotted.recordings, traits.width, traits.has_colour);
    text += "\n" + table_of_findings(spotted, traits.width);
  }
  if (spotted.changes.has_value()) text += changes_text(spotted);
  return text;
}

}  // namespace needledrop
