#include "cuesheet/pdf.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "cuesheet/clock_text.h"
#include "cuesheet/header_lines.h"
#include "cuesheet/pdf_canvas.h"
#include "cuesheet/pdf_flow.h"
#include "cuesheet/pdf_table.h"
#include "cuesheet/sheet_text.h"

namespace needledrop {
namespace {

constexpr double kMargin = 36;
constexpr TextStyle kText{};
constexpr TextStyle kStrong{.is_bold = true};
constexpr TextStyle kSmall{.size = 7, .grey = 0.3};
constexpr TextStyle kLabel{.size = 6.5, .grey = 0.4};

PageSize size_of(Paper paper) {
  return paper == Paper::kA4 ? PageSize{841.89, 595.28} : PageSize{792, 612};
}

/// Widths in parts of the whole, for either paper.
std::vector<PdfColumn> columns(double width) {
  constexpr double kParts = 770;
  std::vector<PdfColumn> made = {{"Cue", 44},
                                 {"Title, work, performer", 206},
                                 {"Usage", 60},
                                 {"In", 44, TextAlign::kRight},
                                 {"Out", 44, TextAlign::kRight},
                                 {"Duration", 46, TextAlign::kRight},
                                 {"Role", 28},
                                 {"Writer or publisher", 138},
                                 {"Society", 56},
                                 {"IPI", 62},
                                 {"Share %", 42, TextAlign::kRight}};
  for (PdfColumn& column : made) column.width *= width / kParts;
  return made;
}

std::string upper_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(c < 0x80 ? std::toupper(c) : c);
  });
  return text;
}

void add_text(PdfCell& cell, std::string text, const TextStyle& style) {
  if (!text.empty()) cell.push_back({std::move(text), style});
}

std::string joined(std::initializer_list<std::string_view> texts) {
  std::string all;
  for (const std::string_view text : texts) {
    if (text.empty()) continue;
    if (!all.empty()) all += " · ";
    all += text;
  }
  return all;
}

PdfCell title_cell(const SheetCue& cue) {
  PdfCell cell;
  add_text(cell, cue.title, kStrong);
  const std::string work = work_titles(cue);
  if (work != cue.title) add_text(cell, work.empty() ? "" : "Work: " + work, kText);
  add_text(cell, cue.artist, kText);
  add_text(cell, joined({cue.album, cue.label, cue.catalogue_number}), kSmall);
  const std::string iswc = work_iswcs(cue);
  add_text(cell,
           joined({cue.isrc.empty() ? "" : "ISRC " + cue.isrc, iswc.empty() ? "" : "ISWC " + iswc}),
           kSmall);
  add_text(cell, cue.note, kSmall);
  return cell;
}

PdfCell usage_cell(const SheetCue& cue) {
  PdfCell cell;
  add_text(cell, usage_text(cue), kText);
  if (cue.vocal != CueVocal::kUnknown) add_text(cell, std::string(to_string(cue.vocal)), kSmall);
  if (cue.origin != CueOrigin::kUnknown) add_text(cell, std::string(to_string(cue.origin)), kSmall);
  return cell;
}

/// The times of the cue's reported spans under one another; the length is that of all.
std::vector<PdfCell> time_cells(const SheetCue& cue) {
  std::vector<PdfCell> cells(3);
  for (const Span& span : cue.reported) {
    add_text(cells[0], printed_time(span.start), kText);
    add_text(cells[1], printed_time(span.end), kText);
  }
  add_text(cells[2], printed_time(reported_length(cue)), kStrong);
  return cells;
}

std::vector<PdfCell> party_line(const SheetParty& party) {
  std::vector<PdfCell> line(5);
  add_text(line[0], role_text(party.role), kText);
  add_text(line[1], party.name, kText);
  add_text(line[2], party.society, kText);
  add_text(line[3], party.ipi, kText);
  if (party.share.has_value()) add_text(line[4], percent_text(*party.share), kText);
  return line;
}

PdfRow cue_row(const SheetCue& cue, bool has_parts) {
  PdfCell number;
  add_text(number, cue.sequence.empty() ? fmt::to_string(cue.number) : cue.sequence, kStrong);
  if (has_parts && cue.part.has_value()) {
    add_text(number, fmt::format("part {}", *cue.part), kSmall);
  }
  PdfRow row{{std::move(number), title_cell(cue), usage_cell(cue)}, {}};
  for (PdfCell& cell : time_cells(cue)) row.cells.push_back(std::move(cell));
  for (const SheetWork& work : cue.works) {
    for (const SheetParty& party : work.parties) row.lines.push_back(party_line(party));
  }
  return row;
}

/// Makes the blocks of a sheet.
class Typesetter {
 public:
  Typesetter(const CueSheet& sheet, PageSize size, PdfCanvas& canvas)
      : sheet_(sheet),
        width_(size.width - 2 * kMargin),
        canvas_(canvas),
        table_(canvas, columns(width_), kMargin),
        flow_(canvas, table_, size,
              {sheet_title(sheet.header), upper_case(state_text(sheet.state)), kMargin}) {}

  void set() {
    add_title();
    add_facts();
    add_incomplete();
    for (const SheetCue& cue : sheet_.cues) add_cue(cue);
    add_totals();
    add_legend();
    add_changes();
    add_signatures();
    flow_.draw();
  }

 private:
  /// A paragraph over the whole width.
  void add_paragraph(std::string text, const TextStyle& style, double gap) {
    if (text.empty()) return;
    const double height = canvas_.text_height(text, width_, style) + gap;
    flow_.add({height, [this, text = std::move(text), style](double y) {
                 canvas_.draw_text(kMargin, y, width_, text, style);
               }});
  }

  void add_title() {
    add_paragraph("MUSIC CUE SHEET", {.size = 8, .is_bold = true, .grey = 0.35}, 1);
    add_paragraph(sheet_title(sheet_.header), {.size = 16, .is_bold = true}, 1);
    std::string names;
    for (const std::string& name : sheet_.header.also_known_as) {
      names += (names.empty() ? "" : " / ") + name;
    }
    add_paragraph(std::move(names), {.size = 9, .grey = 0.3}, 2);
    flow_.add({6, [](double) {}});
  }

  /// Facts in rows of four, the label above the value.
  void add_facts() {
    constexpr std::size_t kAcross = 4;
    std::vector<HeaderLine> facts = header_lines(sheet_);
    std::erase_if(facts, [](const HeaderLine& line) {
      return line.label == "Also known as" || line.label == "Incomplete";
    });
    for (std::size_t i = 0; i < facts.size(); i += kAcross) {
      const auto first = facts.begin() + static_cast<std::ptrdiff_t>(i);
      const auto last =
          facts.begin() + static_cast<std::ptrdiff_t>(std::min(i + kAcross, facts.size()));
      add_fact_row({first, last}, width_ / kAcross);
    }
    flow_.add({8, [](double) {}});
  }

  void add_fact_row(std::vector<HeaderLine> facts, double width) {
    constexpr double kGap = 10;
    const double label_height = canvas_.text_height("L", width, kLabel);
    double height = 0;
    for (const HeaderLine& fact : facts) {
      height = std::max(height, canvas_.text_height(fact.value, width - kGap, kText));
    }
    flow_.add({label_height + height + 3, [=, this, facts = std::move(facts)](double y) {
                 for (std::size_t i = 0; i < facts.size(); ++i) {
                   const double x = kMargin + static_cast<double>(i) * width;
                   canvas_.draw_text(x, y, width - kGap, facts[i].label, kLabel);
                   canvas_.draw_text(x, y + label_height, width - kGap, facts[i].value, kText);
                 }
               }});
  }

  void add_incomplete() {
    if (sheet_.state.incomplete.empty()) return;
    constexpr double kPadding = 5;
    const std::string text = "INCOMPLETE: " + sheet_.state.incomplete;
    const double height = canvas_.text_height(text, width_ - 2 * kPadding, kStrong) + 2 * kPadding;
    flow_.add({height + 8, [=, this](double y) {
                 canvas_.draw_box(kMargin, y, width_, height, 0.8);
                 canvas_.draw_text(kMargin + kPadding, y + kPadding, width_ - 2 * kPadding, text,
                                   kStrong);
               }});
  }

  void add_cue(const SheetCue& cue) {
    PdfRow whole = cue_row(cue, sheet_.parts.size() > 1);
    for (PdfRow& row : table_.split(std::move(whole), flow_.most_row_height())) {
      const double height = table_.height_of(row);
      flow_.add({height, [this, row = std::move(row)](double y) { table_.draw(row, y); }, true});
    }
  }

  void add_totals() {
    const std::string text =
        fmt::format("{} {}     Total music {}     Programme {}", sheet_.cues.size(),
                    sheet_.cues.size() == 1 ? "cue" : "cues", printed_time(sheet_.music_duration),
                    printed_time(sheet_.programme_duration));
    flow_.add({26, [=, this](double y) {
                 canvas_.draw_line(kMargin, y, kMargin + width_, y, 0.8, 0);
                 canvas_.draw_text(kMargin, y + 6, width_, text, {.size = 10, .is_bold = true});
               }});
  }

  /// What the codes of the roles that stand in the sheet mean.
  void add_legend() {
    std::set<Role> roles;
    for (const SheetCue& cue : sheet_.cues) {
      for (const SheetWork& work : cue.works) {
        for (const SheetParty& party : work.parties) roles.insert(party.role);
      }
    }
    std::string text;
    for (const Role role : roles) {
      if (cwr_code(role).empty()) continue;
      text +=
          fmt::format("{}{} {}", text.empty() ? "Roles: " : ", ", cwr_code(role), to_string(role));
    }
    add_paragraph(std::move(text), kSmall, 6);
  }

  void add_changes() {
    if (sheet_.state.changes.empty()) return;
    add_paragraph(fmt::format("Changes in revision {}", sheet_.state.revision), kStrong, 2);
    for (const std::string& change : sheet_.state.changes) {
      add_paragraph("• " + change, kText, 1);
    }
  }

  void add_signatures() {
    constexpr double kHeight = 74;
    const double half = width_ / 2;
    const auto draw = [this](double x, double y, double width, std::string_view label,
                             std::string_view name) {
      constexpr double kLine = 52;
      canvas_.draw_text(x, y + 10, width, label, kLabel);
      canvas_.draw_text(x, y + 19, width, name, kText);
      canvas_.draw_line(x, y + kLine, x + width * 0.62, y + kLine, 0.6, 0);
      canvas_.draw_text(x, y + kLine + 2, width, "Signature", kLabel);
      canvas_.draw_line(x + width * 0.68, y + kLine, x + width, y + kLine, 0.6, 0);
      canvas_.draw_text(x + width * 0.68, y + kLine + 2, width * 0.3, "Date", kLabel);
    };
    flow_.add({kHeight, [=, this](double y) {
                 draw(kMargin, y, half - 20, "Prepared by", sheet_.header.preparer);
                 draw(kMargin + half, y, half, "Approved by", "");
               }});
  }

  const CueSheet& sheet_;
  double width_;
  PdfCanvas& canvas_;
  PdfTable table_;
  PdfFlow flow_;
};

}  // namespace

Result<PdfSheet> to_pdf(const CueSheet& sheet, Paper paper) {
  const PageSize size = size_of(paper);
  const auto canvas = PdfCanvas::open(
      size, {sheet_title(sheet.header), sheet.header.preparer, preparation_time(sheet.header)});
  Typesetter(sheet, size, *canvas).set();
  PdfSheet made;
  made.unshown = canvas->unshown();
  ND_TRY_ASSIGN(made.bytes, canvas->finish());
  return made;
}

}  // namespace needledrop
