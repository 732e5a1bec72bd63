#include "cuesheet/xlsx.h"

#include <utility>

#include "cuesheet/clock_text.h"
#include "cuesheet/header_lines.h"
#include "cuesheet/printed_shares.h"
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

/// Whether the society counts the use.
std::string counted_text(const SheetCue& cue) {
  return cue.is_short ? "no" : "yes";
}

/// When the reported span starts, or ends: a time; of a cue of several spans their times under one
/// another, as text; empty for a cue that is not reported.
XlsxCell reported_ends(const SheetCue& cue, Milliseconds Span::*end) {
  if (cue.reported.empty()) return {};
  if (cue.reported.size() == 1) return cue.reported.front().*end;
  std::string text;
  for (const Span& span : cue.reported) {
    text += (text.empty() ? "" : "\n") + printed_time(span.*end);
  }
  return text;
}

XlsxRow cue_row(const SheetCue& cue, ShareBasis basis) {
  XlsxRow row;
  row.cells = {whole(cue.number),
               cue.sequence,
               part_of(cue),
               cue.title,
               work_titles(cue),
               cue.artist,
               usage_text(cue),
               reported_ends(cue, &Span::start),
               reported_ends(cue, &Span::end),
               reported_length(cue),
               parties_text(cue, RoleSide::kWriter, basis),
               parties_text(cue, RoleSide::kPublisher, basis),
               work_iswcs(cue),
               cue.isrc,
               cue.album,
               cue.label,
               cue.catalogue_number,
               std::string(to_string(cue.vocal)),
               std::string(to_string(cue.perception)),
               std::string(to_string(cue.origin)),
               std::string(to_string(cue.clearance)),
               cue.note,
               counted_text(cue)};
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

XlsxRow total_row(const CueSheet& sheet, int duration_column) {
  XlsxRow row;
  row.is_bold = true;
  row.cells.resize(static_cast<std::size_t>(duration_column));
  row.cells[kTitleColumn] = "Total";
  row.cells.emplace_back(sheet.music_duration);
  return row;
}

/// The header's facts and what has changed, with a gap behind.
std::vector<XlsxRow> fact_rows(const CueSheet& sheet) {
  std::vector<XlsxRow> rows;
  for (const HeaderLine& line : header_lines(sheet)) {
    rows.push_back(fact_row(line.label, line.value));
  }
  for (const std::string& change : sheet.state.changes) {
    rows.push_back(fact_row("Changed", change));
  }
  rows.emplace_back();
  return rows;
}

XlsxSheet cues_sheet(const CueSheet& sheet) {
  XlsxSheet cues;
  cues.name = "Cue sheet";
  cues.is_landscape = true;
  cues.widths = {20, 9,  6,  32, 32, 22, 12, 10, 10, 10, 40, 40,
                 14, 15, 20, 16, 14, 12, 12, 13, 14, 30, 9};
  cues.rows = fact_rows(sheet);
  cues.header = static_cast<int>(cues.rows.size());
  cues.rows.push_back(
      text_row({"No.",        "Cue",    "Part",      "Title",    "Work",     "Performer",
                "Usage",      "In",     "Out",       "Duration", "Writers",  "Publishers",
                "ISWC",       "ISRC",   "Album",     "Label",    "Cat. no.", "Vocal",
                "Perception", "Origin", "Clearance", "Note",     "Counted"}));
  for (const SheetCue& cue : sheet.cues) {
    cues.rows.push_back(cue_row(cue, sheet.share_basis));
  }
  cues.rows.push_back(total_row(sheet, kDurationColumn));
  return cues;
}

XlsxRow party_row(const SheetCue& cue, const SheetWork& work, const SheetParty& party,
                  const std::optional<Share>& share) {
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
  if (share.has_value()) {
    row.cells[kShareColumn] = XlsxNumber{static_cast<double>(share->millionths) / kPercent, 2};
  }
  return row;
}

constexpr int kRolledDurationColumn = 9;

XlsxRow rolled_row(const RolledUse& use, bool has_episodes, ShareBasis basis) {
  const SheetCue& music = use.music;
  std::string episodes;
  for (const std::string& episode : use.episodes) {
    episodes += (episodes.empty() ? "" : ", ") + episode;
  }
  XlsxRow row;
  row.cells = {whole(music.number),
               whole(use.uses),
               whole(static_cast<int>(use.episodes.size())),
               music.title,
               work_titles(music),
               music.artist,
               usage_text(music),
               music.version,
               has_episodes ? XlsxCell(episodes) : XlsxCell(),
               use.length,
               parties_text(music, RoleSide::kWriter, basis),
               parties_text(music, RoleSide::kPublisher, basis),
               work_iswcs(music),
               music.isrc,
               music.album,
               music.label,
               music.catalogue_number,
               std::string(to_string(music.vocal)),
               std::string(to_string(music.perception)),
               std::string(to_string(music.origin)),
               counted_text(music)};
  return row;
}

XlsxSheet rolled_sheet(const RolledSheet& sheet) {
  XlsxSheet rolled;
  rolled.name = "Rolled up";
  rolled.is_landscape = true;
  rolled.widths = {20, 7, 9, 32, 32, 22, 12, 13, 24, 10, 40, 40, 14, 15, 20, 16, 14, 12, 12, 13, 9};
  rolled.rows = fact_rows(sheet.whole);
  rolled.header = static_cast<int>(rolled.rows.size());
  rolled.rows.push_back(text_row(
      {"No.",     "Uses",        "Episodes", "Title",   "Work",       "Performer", "Usage",
       "Version", "In episodes", "Duration", "Writers", "Publishers", "ISWC",      "ISRC",
       "Album",   "Label",       "Cat. no.", "Vocal",   "Perception", "Origin",    "Counted"}));
  for (const RolledUse& use : sheet.uses) {
    rolled.rows.push_back(rolled_row(use, sheet.episodes.size() > 1, sheet.whole.share_basis));
  }
  XlsxRow total = total_row(sheet.whole, kRolledDurationColumn);
  total.cells[1] = whole(use_count(sheet));
  rolled.rows.push_back(std::move(total));
  return rolled;
}

XlsxSheet parties_sheet(const std::vector<const SheetCue*>& cues, ShareBasis basis) {
  XlsxSheet parties;
  parties.name = "Parties";
  parties.is_landscape = true;
  parties.widths = {6, 9, 32, 32, 14, 30, 7, 20, 9, 14, 12};
  parties.header = 0;
  parties.rows.push_back(text_row({"No.", "Cue", "Title", "Work", "ISWC", "Name", "Code", "Role",
                                   "Share %", "IPI", "Society"}));
  for (const SheetCue* cue : cues) {
    for (const SheetWork& work : cue->works) {
      const auto shares = printed_shares(work, basis);
      for (std::size_t i = 0; i < work.parties.size(); ++i) {
        parties.rows.push_back(party_row(*cue, work, work.parties[i], shares[i]));
      }
    }
  }
  return parties;
}

Result<std::string> workbook(const SheetHeader& header, std::vector<XlsxSheet> sheets) {
  XlsxDocument document;
  document.title = sheet_title(header);
  document.author = header.preparer;
  document.created = preparation_time(header);
  document.sheets = std::move(sheets);
  return write_xlsx(document);
}

}  // namespace

Result<std::string> to_xlsx(const CueSheet& sheet) {
  std::vector<const SheetCue*> cues;
  for (const SheetCue& cue : sheet.cues) cues.push_back(&cue);
  return workbook(sheet.header, {cues_sheet(sheet), parties_sheet(cues, sheet.share_basis)});
}

Result<std::string> to_xlsx(const RolledSheet& sheet) {
  std::vector<const SheetCue*> music;
  for (const RolledUse& use : sheet.uses) music.push_back(&use.music);
  return workbook(sheet.whole.header,
                  {rolled_sheet(sheet), parties_sheet(music, sheet.whole.share_basis)});
}

}  // namespace needledrop
