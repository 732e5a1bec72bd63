#include "cli/cues_report.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "catalogue/reported_spans.h"
#include "cli/table.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/cue_differences.h"
#include "desk/dialogue_over.h"
#include "desk/find_recurrences.h"

namespace needledrop {
namespace {

using Align = Table::Align;
using Row = std::vector<std::string>;

constexpr std::string_view kTitle = "title";

std::string part_text(const EpisodeFile& file) {
  return file.part ? std::to_string(*file.part) : "";
}

/// "background, vocal, heard": what is known of what it is for.
std::string use_text(const Cue& cue) {
  std::string text;
  for (const std::string_view word : {to_string(cue.function), to_string(cue.vocal),
                                      to_string(cue.perception), to_string(cue.origin)}) {
    if (word != "unknown") text += fmt::format("{}{}", text.empty() ? "" : ", ", word);
  }
  return text;
}

std::string standing_text(const Cue& cue) {
  const std::string_view word =
      cue.standing == CueStanding::kDetected ? "" : to_string(cue.standing);
  if (cue.confidence > 0) return std::string(word);
  return cue.standing == CueStanding::kRejected ? "rejected" : "by hand";
}

Row row_of(const PlacedCue& placed, const EpisodeCues& cues) {
  const Cue& cue = *placed.cue;
  const Milliseconds reported = total_length(placed.reported);
  return {std::to_string(placed.number),
          placed.sequence,
          standing_text(cue),
          part_text(cues.parts[placed.part].file),
          clock_text(cue.spans.front().start),
          clock_text(cue.spans.back().end),
          reported.count() == 0 ? "-" : length_text(reported),
          title_of(cue, cues.recordings),
          artist_of(cue, cues.recordings),
          use_text(cue),
          cue.confidence > 0 ? fmt::format("{:.0f} %", cue.confidence * 100) : "",
          cue.note.empty() ? doubt_about(cue, cues) : cue.note};
}

Row row_of(const MusicSpan& music, const PartCues& part, const EpisodeCues& cues) {
  const NamedRecurrence* recurrence = recurrence_at(cues.recurrences, part.file.id, music.span);
  return {"?",
          "",
          "",
          part_text(part.file),
          clock_text(music.span.start),
          clock_text(music.span.end),
          clock_text(music.span.length()),
          recurrence == nullptr ? std::string(kUnidentified) : name_of(*recurrence),
          "",
          "",
          fmt::format("{:.0f} %", music.confidence * 100),
          ""};
}

/// What stands under a cue: its first line of dialogue, and what the subtitles say of the music.
std::vector<std::string> notes_of(const std::optional<Dialogue>& dialogue, const Span& span) {
  std::vector<std::string> notes;
  if (!dialogue.has_value()) return notes;
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

std::vector<Line> lines_of(std::size_t part, const std::vector<PlacedCue>& placed,
                           const EpisodeCues& cues) {
  std::vector<Line> lines;
  const PartCues& of_part = cues.parts[part];
  for (const PlacedCue& one : placed) {
    if (one.part != part) continue;
    const Span extent{one.cue->spans.front().start, one.cue->spans.back().end};
    lines.push_back({extent.start, row_of(one, cues), notes_of(of_part.dialogue, extent)});
  }
  for (const MusicSpan& music : of_part.run.unidentified) {
    lines.push_back(
        {music.span.start, row_of(music, of_part, cues), notes_of(of_part.dialogue, music.span)});
  }
  std::ranges::stable_sort(lines, {}, &Line::start);
  return lines;
}

/// What a table has where there is anything to say.
const std::vector<Table::Column>& columns() {
  static const std::vector<Table::Column> kColumns{{"cue", Align::kRight},
                                                   {"no."},
                                                   {"review"},
                                                   {"part", Align::kRight},
                                                   {"in", Align::kRight},
                                                   {"out", Align::kRight},
                                                   {"length", Align::kRight},
                                                   {std::string(kTitle), Align::kLeft, true},
                                                   {"artist", Align::kLeft, true},
                                                   {"use", Align::kLeft, true},
                                                   {"conf.", Align::kRight},
                                                   {"note", Align::kLeft, true}};
  return kColumns;
}

std::string table_of(const EpisodeCues& cues, std::size_t width) {
  const auto placed = placed_cues(cues);
  std::vector<Line> lines;
  for (std::size_t part = 0; part < cues.parts.size(); ++part) {
    std::ranges::move(lines_of(part, placed, cues), std::back_inserter(lines));
  }
  std::vector<Table::Column> shown;
  std::vector<std::size_t> places;
  std::size_t title = 0;
  for (std::size_t i = 0; i < columns().size(); ++i) {
    if (std::ranges::all_of(lines, [&](const Line& line) { return line.row[i].empty(); })) continue;
    if (columns()[i].heading == kTitle) title = shown.size();
    shown.push_back(columns()[i]);
    places.push_back(i);
  }
  if (lines.empty()) return "";
  Table table(std::move(shown));
  for (Line& line : lines) {
    Row row;
    for (const std::size_t i : places) row.push_back(std::move(line.row[i]));
    table.add_row(std::move(row));
    for (const std::string& note : line.notes) table.add_note(title, note);
  }
  return table.text(width);
}

/// "cue 3" in the list of before, else "cue #12", else "a new cue".
std::string cue_label(const CueChange& change, const EpisodeCues& cues) {
  const Cue& cue = change.before.has_value() ? *change.before : *change.after;
  const auto placed = placed_cues(cues);
  const auto found = std::ranges::find_if(
      placed, [&](const PlacedCue& one) { return cue.id != 0 && one.cue->id == cue.id; });
  std::string label = "a new cue";
  if (cue.id != 0) label = fmt::format("cue #{}", cue.id);
  if (found != placed.end()) label = fmt::format("cue {}", found->number);
  return fmt::format("{} {}", label, title_of(cue, cues.recordings));
}

/// "standing detected -> accepted; in 0:10.000 -> 0:12.000".
std::string change_text(const CueChange& change, const EpisodeCues& cues) {
  std::string text;
  for (const CueDifference& one : differences(change, cues.recordings)) {
    if (!text.empty()) text += "; ";
    if (one.before.empty()) {
      text += fmt::format("{} {}", one.field, one.after);
    } else if (one.after.empty()) {
      text += fmt::format("{} no longer {}", one.field, one.before);
    } else {
      text += fmt::format("{} {} -> {}", one.field, one.before, one.after);
    }
  }
  if (!change.before.has_value()) return "new: " + text;
  if (!change.after.has_value()) return "gone";
  return text;
}

std::string changes_text(std::span<const CueChange> changes, const EpisodeCues& cues) {
  std::string text;
  for (const CueChange& change : changes) {
    text += fmt::format("  {}: {}\n", printable(cue_label(change, cues)),
                        printable(change_text(change, cues)));
  }
  return text;
}

/// "Queen of Rain S01E01, director's cut".
std::string heading_of(const EpisodeCues& cues) {
  const std::string heading = printable(episode_heading(cues.episode, cues.production));
  return cues.cut.empty() ? heading : fmt::format("{}, {}", heading, printable(cues.cut));
}

/// What a command has to say besides to mean this cut again.
std::string cut_option(const EpisodeCues& cues) {
  return cues.cut.empty() ? "" : fmt::format(" --cut \"{}\"", printable(cues.cut));
}

std::string_view state_text(Decision::State state) {
  if (state == Decision::State::kStands) return "";
  return state == Decision::State::kUndone ? " (undone)" : " (undone for good)";
}

}  // namespace

std::string cues_report(const EpisodeCues& cues, std::size_t width) {
  std::size_t count = 0;
  std::size_t proposals = 0;
  for (const PartCues& part : cues.parts) {
    count += part.cues.size();
    proposals += part.proposals.size();
  }
  const std::string reviewed =
      count == 0 ? "" : fmt::format("; {} of {} reviewed", reviewed_count(cues), count);
  std::string text =
      fmt::format("{}  ({}; music is heard for {}, reported for {}{})\n", heading_of(cues),
                  length_text(running_time(cues)), length_text(music_length(cues)),
                  length_text(reported_length(cues)), reviewed);
  if (count == 0) text += "no cues\n";
  if (proposals > 0) {
    text += fmt::format("{} of the newest run: needledrop cues {} proposals{}\n",
                        counted(proposals, "proposal"), cues.episode.id, cut_option(cues));
  }
  return text + table_of(cues, width);
}

std::string proposals_report(const EpisodeCues& cues, std::size_t width) {
  const auto placed = placed_proposals(cues);
  if (placed.empty()) return "the newest run proposes nothing\n";
  Table table({{"proposal", Align::kRight},
               {""},
               {"cue", Align::kLeft, true},
               {"in", Align::kRight},
               {"out", Align::kRight},
               {"what", Align::kLeft, true}});
  for (const PlacedProposal& one : placed) {
    const CueChange& change = one.proposal->change;
    const Cue& cue = change.after.has_value() ? *change.after : *change.before;
    const bool is_both = change.before.has_value() && change.after.has_value();
    table.add_row({std::to_string(one.number), std::string(to_string(one.proposal->kind)),
                   cue_label(change, cues), clock_text(cue.spans.front().start),
                   clock_text(cue.spans.back().end), is_both ? change_text(change, cues) : ""});
  }
  return table.text(width) + fmt::format("take or dismiss them: needledrop cues {} take {}{}\n",
                                         cues.episode.id, placed.size() > 1 ? "1, or all" : "1",
                                         cut_option(cues));
}

std::string history_report(std::span<const Decision> decisions, const EpisodeCues& cues) {
  if (decisions.empty()) return "nothing has happened yet\n";
  std::string text;
  for (const Decision& decision : decisions) {
    const bool is_run = decision.kind == DecisionKind::kRun;
    text += fmt::format(
        "{}  {}  {}{}{}\n", decision.id, decision.at,
        printable(is_run ? "followed " + decision.note
                         : fmt::format("{}: {}", decision.author, to_string(decision.kind))),
        is_run || decision.note.empty() ? "" : " " + printable(decision.note),
        state_text(decision.state));
    text += changes_text(decision.changes, cues);
  }
  return text;
}

std::string review_report(const Reviewed& reviewed, bool is_preview) {
  std::string text;
  std::size_t count = 0;
  for (const EpisodeChanges& one : reviewed.episodes) {
    if (one.changes.empty() && one.kept.empty()) continue;
    text += heading_of(one.before) + "\n" + changes_text(one.changes, one.before);
    for (const Cue& cue : one.kept) {
      text += fmt::format("  {}: stays as it was decided there\n",
                          printable(cue_label({cue, cue}, one.before)));
    }
    count += one.changes.size();
  }
  if (count == 0) return text + "nothing to change\n";
  if (is_preview) return text + fmt::format("{} would change\n", counted(count, "cue"));
  return text;
}

std::string carry_report(const CarriedOver& carried, bool is_preview) {
  std::string text = review_report(carried.reviewed, is_preview);
  const EpisodeCues& cues = carried.reviewed.episodes.front().before;
  for (const Cue& cue : carried.lost) {
    text +=
        fmt::format("  no counterpart: {}, {} to {} of {}\n",
                    printable(title_of(cue, cues.recordings)), clock_text(cue.spans.front().start),
                    clock_text(cue.spans.back().end), printable(carried.from));
  }
  return text;
}

}  // namespace needledrop
