#include "cuesheet/xlsx.h"

#include <utility>

#include "cuesheet/header_lines.h"
#include "cuesheet/sheet_text.h"
#include "spreadsheet/xlsx_writer.h"

namespace needledrop {
namespace {

constexpr double kPercent = 10'000;  // millionths in one

/// A row of text cells.
XlsxRow text_row(std::initializer_list<std::string_view> texts) {
  XlsxRow row;
  for (const std::string_view text : texts) row.cells.emplace_back(std::string(text));
  return row;
}

XlsxNumber whole(int value) {
  return {static_cast<double>(value), 0};
}

XlsxCell part_of(const SheetCue& cue) {
  if (!cue.part.has_value()) return {};
  return whole(*cue.part);
}

/// When the first reported span starts and the last ends; empty for a cue that is not counted.
std::pair<XlsxCell, XlsxCell> reported_ends(const SheetCue& cue) {
  if (cue.reported.empty()) return {};
  return {cue.reported.front().start, cue.reported.back().end};
}

XlsxRow cue_row(const SheetCue& cue) {
  const auto [start, end] = reported_ends(cue);
  XlsxRow row;
  row.cells = {whole(cue.number),
               cue.sequence,
               part_of(cue),
               cue.title,
               work_titles(cue),
               cue.artist,
               usage_text(cue),
               start,
               end,
               reported_length(cue),
               parties_text(cue, RoleSide::kWriter),
               parties_text(cue, RoleSide::kPublisher),
               work_iswcs(cue),
               cue.isrc,
               cue.album,
               cue.label,
               cue.catalogue_number,
               std::string(to_string(cue.vocal)),
               std::string(to_string(cue.perception)),
               std::string(to_string(cue.origin)),
               std::string(to_string(cue.clearance)),
               cue.note};
  return row;
}

constexpr int kTitleColumn = 3;
constexpr int kDurationColumn = 9;

/// A line above the cues: its value stands where their titles do.
XlsxRow fact_row(const std::string& label, const std::string& value) {
  XlsxRow row;
  row.cells.resize(kTitleColumn);
  row.cells.front() = label;
  row.cells.emplace_back(value);
  return row;
}

XlsxRow total_row(const CueSheet& sheet) {
  XlsxRow row;
  row.is_bold = true;
  row.cells.resize(kDurationColumn);
  row.cells[kTitleColumn] = "Total";
  row.cells.emplace_back(sheet.music_duration);
  return row;
}

XlsxSheet cues_sheet(const CueSheet& sheet) {
  XlsxSheet cues;
  cues.name = "Cue sheet";
  cues.is_landscape = true;
  cues.widths = {20, 9,  6,  32, 32, 22, 12, 10, 10, 10, 40,
                 40, 14, 15, 20, 16, 14, 12, 12, 13, 14, 30};
  for (const HeaderLine& line : header_lines(sheet)) {
    cues.rows.push_back(fact_row(line.label, line.value));
  }
  for (const std::string& change : sheet.state.changes) {
    cues.rows.push_back(fact_row("Changed", change));
  }
  cues.rows.emplace_back();
  cues.header = static_cast<int>(cues.rows.size());
  cues.rows.push_back(
      text_row({"No.",        "Cue",    "Part",      "Title",    "Work",     "Performer",
                "Usage",      "In",     "Out",       "Duration", "Writers",  "Publishers",
                "ISWC",       "ISRC",   "Album",     "Label",    "Cat. no.", "Vocal",
                "Perception", "Origin", "Clearance", "Note"}));
  for (const SheetCue& cue : sheet.cues) cues.rows.push_back(cue_row(cue));
  cues.rows.push_back(total_row(sheet));
  return cues;
}

XlsxRow party_row(const SheetCue& cue, const SheetWork& work, const SheetParty& party) {
  XlsxRow row;
  row.cells = {whole(cue.number),
               cue.sequence,
               cue.title,
               work.title,
               work.iswc,
               party.name,
               role_text(party.role),
               std::string(to_string(party.role)),
               {},
               party.ipi,
               party.society};
  constexpr std::size_t kShareColumn = 8;
  if (party.share.has_value()) {
    row.cells[kShareColumn] =
        XlsxNumber{static_cast<double>(party.share->millionths) / kPercent, 2};
  }
  return row;
}

XlsxSheet parties_sheet(const CueSheet& sheet) {
  XlsxSheet parties;
  parties.name = "Parties";
  parties.is_landscape = true;
  parties.widths = {6, 9, 32, 32, 14, 30, 7, 20, 9, 14, 12};
  parties.header = 0;
  parties.rows.push_back(text_row({"No.", "Cue", "Title", "Work", "ISWC", "Name", "Code", "Role",
                                   "Share %", "IPI", "Society"}));
  for (const SheetCue& cue : sheet.cues) {
    for (const SheetWork& work : cue.works) {
      for (const SheetParty& party : work.parties) {
        parties.rows.push_back(party_row(cue, work, party));
      }
    }
  }
  return parties;
}

}  // namespace

Result<std::string> to_xlsx(const CueSheet& sheet) {
  XlsxDocument document;
  document.title = sheet_title(sheet.header);
  document.author = sheet.header.preparer;
  document.created = preparation_time(sheet.header);
  document.sheets = {cues_sheet(sheet), parties_sheet(sheet)};
  return write_xlsx(document);
}

}  // namespace needledrop
