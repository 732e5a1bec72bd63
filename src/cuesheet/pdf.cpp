#include "cuesheet/pdf.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "cuesheet/clock_text.h"
#include "cuesheet/header_lines.h"
#include "cuesheet/pdf_canvas.h"
#include "cuesheet/pdf_document.h"
#include "cuesheet/sheet_text.h"

namespace needledrop {
namespace {

/// Columns before those of the parties, with these for times between.
std::vector<PdfColumn> columns(std::vector<PdfColumn> times, std::string_view first) {
  std::vector<PdfColumn> made = {
      {std::string(first), 44}, {"Title, work, performer", 206}, {"Usage", 60}};
  made.insert(made.end(), times.begin(), times.end());
  const std::vector<PdfColumn> parties = party_columns();
  made.insert(made.end(), parties.begin(), parties.end());
  return made;
}

std::vector<PdfColumn> cue_columns() {
  return columns({{"In", 44, TextAlign::kRight},
                  {"Out", 44, TextAlign::kRight},
                  {"Duration", 46, TextAlign::kRight}},
                 "Cue");
}

std::vector<PdfColumn> rolled_columns() {
  return columns({{"Uses", 32, TextAlign::kRight},
                  {"Episodes", 56, TextAlign::kRight},
                  {"Duration", 46, TextAlign::kRight}},
                 "No.");
}

std::string upper_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(c < 0x80 ? std::toupper(c) : c);
  });
  return text;
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += separator;
    all += text;
  }
  return all;
}

/// The times of the cue's reported spans under one another; the length is that of all.
std::vector<PdfCell> time_cells(const SheetCue& cue) {
  std::vector<PdfCell> cells(3);
  for (const Span& span : cue.reported) {
    add_text(cells[0], printed_time(span.start), kPdfText);
    add_text(cells[1], printed_time(span.end), kPdfText);
  }
  add_text(cells[2], printed_time(reported_length(cue)), kPdfStrong);
  return cells;
}

PdfRow cue_row(const SheetCue& cue, bool has_parts, ShareBasis basis) {
  PdfCell number;
  add_text(number, cue.sequence.empty() ? fmt::to_string(cue.number) : cue.sequence, kPdfStrong);
  if (has_parts && cue.part.has_value()) {
    add_text(number, fmt::format("part {}", *cue.part), kPdfSmall);
  }
  PdfRow row{{std::move(number), title_cell(cue), usage_cell(cue)}, party_lines(cue, basis)};
  add_text(row.cells[1], cue.note, kPdfSmall);
  for (PdfCell& cell : time_cells(cue)) row.cells.push_back(std::move(cell));
  return row;
}

PdfRow rolled_row(const RolledUse& use, ShareBasis basis) {
  PdfRow row;
  row.cells.resize(6);
  add_text(row.cells[0], fmt::to_string(use.music.number), kPdfStrong);
  row.cells[1] = title_cell(use.music);
  row.cells[2] = usage_cell(use.music);
  add_text(row.cells[3], fmt::to_string(use.uses), kPdfText);
  add_text(row.cells[4], joined(use.episodes, ", "), kPdfSmall);
  add_text(row.cells[5], printed_time(use.length), kPdfStrong);
  row.lines = party_lines(use.music, basis);
  return row;
}

/// What stands above the table.
void add_head(const CueSheet& sheet, std::string kind, PdfDocument& document) {
  document.add_title(std::move(kind), sheet_title(sheet.header),
                     joined(sheet.header.also_known_as, " / "));
  std::vector<HeaderLine> facts = header_lines(sheet);
  std::erase_if(facts, [](const HeaderLine& line) {
    return line.label == "Also known as" || line.label == "Incomplete";
  });
  document.add_facts(facts);
  if (!sheet.state.incomplete.empty()) {
    document.add_box("INCOMPLETE: " + sheet.state.incomplete);
  }
}

/// What stands below it.
void add_foot(const CueSheet& sheet, const std::vector<const SheetCue*>& cues,
              PdfDocument& document) {
  document.add_paragraph(role_legend(cues), kPdfSmall, 6);
  if (!sheet.state.changes.empty()) {
    document.add_paragraph(fmt::format("Changes in revision {}", sheet.state.revision), kPdfStrong,
                           2);
  }
  for (const std::string& change : sheet.state.changes) {
    document.add_paragraph("• " + change, kPdfText, 1);
  }
  document.add_signatures(sheet.header.preparer);
}

std::string totals(const CueSheet& sheet) {
  return fmt::format("{} {}     Total music {}     Programme {}", sheet.cues.size(),
                     sheet.cues.size() == 1 ? "cue" : "cues", printed_time(sheet.music_duration),
                     printed_time(sheet.programme_duration));
}

/// The PDF of what `fill` puts into a document about the sheet.
template <typename Fill>
Result<PdfSheet> made(const CueSheet& sheet, Paper paper, std::vector<PdfColumn> columns,
                      Fill fill) {
  const PageSize size = size_of(paper);
  const auto canvas = PdfCanvas::open(
      size, {sheet_title(sheet.header), sheet.header.preparer, preparation_time(sheet.header)});
  PdfDocument document(*canvas, size, std::move(columns), sheet_title(sheet.header),
                       upper_case(state_text(sheet.state)));
  fill(document);
  document.draw();
  PdfSheet pdf;
  pdf.unshown = canvas->unshown();
  ND_TRY_ASSIGN(pdf.bytes, canvas->finish());
  return pdf;
}

}  // namespace

Result<PdfSheet> to_pdf(const CueSheet& sheet, Paper paper) {
  return made(sheet, paper, cue_columns(), [&sheet](PdfDocument& document) {
    add_head(sheet, "MUSIC CUE SHEET", document);
    std::vector<const SheetCue*> cues;
    for (const SheetCue& cue : sheet.cues) {
      document.add_row(cue_row(cue, sheet.parts.size() > 1, sheet.share_basis));
      cues.push_back(&cue);
    }
    document.add_total(totals(sheet));
    add_foot(sheet, cues, document);
  });
}

Result<PdfSheet> to_pdf(const RolledSheet& sheet, Paper paper) {
  return made(sheet.whole, paper, rolled_columns(), [&sheet](PdfDocument& document) {
    add_head(sheet.whole, "MUSIC CUE SHEET, ROLLED UP", document);
    std::vector<const SheetCue*> music;
    for (const RolledUse& use : sheet.uses) {
      document.add_row(rolled_row(use, sheet.whole.share_basis));
      music.push_back(&use.music);
    }
    document.add_total(rolled_totals(sheet));
    add_foot(sheet.whole, music, document);
  });
}

}  // namespace needledrop
