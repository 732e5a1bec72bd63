#include "cuesheet/pdf_document.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "cuesheet/printed_shares.h"
#include "cuesheet/sheet_text.h"

namespace needledrop {
namespace {

constexpr double kMargin = 36;
constexpr TextStyle kLabel{.size = 6.5, .grey = 0.4};

/// Widths that fill the page.
std::vector<PdfColumn> fitted(std::vector<PdfColumn> columns, double width) {
  double parts = 0;
  for (const PdfColumn& column : columns) parts += column.width;
  for (PdfColumn& column : columns) column.width *= width / parts;
  return columns;
}

std::vector<PdfCell> party_line(const SheetParty& party, const std::optional<Share>& share) {
  std::vector<PdfCell> line(5);
  add_text(line[0], role_text(party.role), kPdfText);
  add_text(line[1], party.name, kPdfText);
  add_text(line[2], party.society, kPdfText);
  add_text(line[3], party.ipi, kPdfText);
  if (share.has_value()) add_text(line[4], percent_text(*share), kPdfText);
  return line;
}

}  // namespace

PageSize size_of(Paper paper) {
  return paper == Paper::kA4 ? PageSize{841.89, 595.28} : PageSize{792, 612};
}

void add_text(PdfCell& cell, std::string text, const TextStyle& style) {
  if (!text.empty()) cell.push_back({std::move(text), style});
}

std::string dotted(std::initializer_list<std::string_view> texts) {
  std::string all;
  for (const std::string_view text : texts) {
    if (text.empty()) continue;
    if (!all.empty()) all += " · ";
    all += text;
  }
  return all;
}

PdfDocument::PdfDocument(PdfCanvas& canvas, PageSize size, std::vector<PdfColumn> columns,
                         std::string left, std::string center)
    : width_(size.width - 2 * kMargin),
      canvas_(canvas),
      table_(canvas, fitted(std::move(columns), width_), kMargin),
      flow_(canvas, table_, size, {std::move(left), std::move(center), kMargin}),
      height_(flow_.most_row_height()) {}

std::vector<std::string> PdfDocument::pieces(std::string text, double width, const TextStyle& style,
                                             double height) {
  std::vector<std::string> all;
  while (!text.empty()) {
    const std::size_t fits = canvas_.bytes_within(text, width, style, height);
    const std::size_t length = fits == 0 ? text.size() : fits;
    all.push_back(text.substr(0, length));
    text.erase(0, length);
  }
  return all;
}

void PdfDocument::add_paragraph(std::string text, const TextStyle& style, double gap) {
  for (std::string& piece : pieces(std::move(text), width_, style, height_ - gap)) {
    const double height = canvas_.text_height(piece, width_, style) + gap;
    flow_.add({height, [this, piece = std::move(piece), style](double y) {
                 canvas_.draw_text(kMargin, y, width_, piece, style);
               }});
  }
}

void PdfDocument::add_title(std::string kind, std::string title, std::string below) {
  add_paragraph(std::move(kind), {.size = 8, .is_bold = true, .grey = 0.35}, 1);
  add_paragraph(std::move(title), {.size = 16, .is_bold = true}, 1);
  add_paragraph(std::move(below), {.size = 9, .grey = 0.3}, 2);
  flow_.add({6, [](double) {}});
}

void PdfDocument::add_facts(const std::vector<HeaderLine>& all) {
  constexpr std::size_t kAcross = 4;
  std::vector<HeaderLine> facts;
  std::vector<HeaderLine> long_facts;
  for (const HeaderLine& fact : all) {
    const bool is_long = canvas_.text_height(fact.value, width_ / kAcross, kPdfText) > height_ / 2;
    (is_long ? long_facts : facts).push_back(fact);
  }
  for (std::size_t i = 0; i < facts.size(); i += kAcross) {
    const auto first = facts.begin() + static_cast<std::ptrdiff_t>(i);
    const auto last =
        facts.begin() + static_cast<std::ptrdiff_t>(std::min(i + kAcross, facts.size()));
    add_fact_row({first, last}, width_ / kAcross);
  }
  for (const HeaderLine& fact : long_facts) {
    add_paragraph(fact.label, kLabel, 0);
    add_paragraph(fact.value, kPdfText, 3);
  }
  flow_.add({8, [](double) {}});
}

void PdfDocument::add_fact_row(std::vector<HeaderLine> facts, double width) {
  constexpr double kGap = 10;
  const double label_height = canvas_.text_height("L", width, kLabel);
  double height = 0;
  for (const HeaderLine& fact : facts) {
    height = std::max(height, canvas_.text_height(fact.value, width - kGap, kPdfText));
  }
  flow_.add({label_height + height + 3, [=, this, facts = std::move(facts)](double y) {
               for (std::size_t i = 0; i < facts.size(); ++i) {
                 const double x = kMargin + static_cast<double>(i) * width;
                 canvas_.draw_text(x, y, width - kGap, facts[i].label, kLabel);
                 canvas_.draw_text(x, y + label_height, width - kGap, facts[i].value, kPdfText);
               }
             }});
}

void PdfDocument::add_box(std::string text) {
  constexpr double kPadding = 5;
  constexpr double kGap = 8;
  const double width = width_ - 2 * kPadding;
  for (std::string& piece :
       pieces(std::move(text), width, kPdfStrong, height_ - 2 * kPadding - kGap)) {
    const double height = canvas_.text_height(piece, width, kPdfStrong) + 2 * kPadding;
    flow_.add({height + kGap, [=, this, piece = std::move(piece)](double y) {
                 canvas_.draw_box(kMargin, y, width_, height, 0.8);
                 canvas_.draw_text(kMargin + kPadding, y + kPadding, width, piece, kPdfStrong);
               }});
  }
}

void PdfDocument::add_row(PdfRow whole) {
  for (PdfRow& row : table_.split(std::move(whole), flow_.most_row_height())) {
    const double height = table_.height_of(row);
    flow_.add({height, [this, row = std::move(row)](double y) { table_.draw(row, y); }, true});
  }
}

void PdfDocument::add_total(std::string text) {
  flow_.add({26, [this, text = std::move(text)](double y) {
               canvas_.draw_line(kMargin, y, kMargin + width_, y, 0.8, 0);
               canvas_.draw_text(kMargin, y + 6, width_, text, {.size = 10, .is_bold = true});
             }});
}

void PdfDocument::draw_signature(double x, double y, double width, std::string_view label,
                                 std::string_view name) {
  constexpr double kLine = 52;
  canvas_.draw_text(x, y + 10, width, label, kLabel);
  canvas_.draw_text(x, y + 19, width, name, kPdfText);
  canvas_.draw_line(x, y + kLine, x + width * 0.62, y + kLine, 0.6, 0);
  canvas_.draw_text(x, y + kLine + 2, width, "Signature", kLabel);
  canvas_.draw_line(x + width * 0.68, y + kLine, x + width, y + kLine, 0.6, 0);
  canvas_.draw_text(x + width * 0.68, y + kLine + 2, width * 0.3, "Date", kLabel);
}

void PdfDocument::add_signatures(std::string preparer) {
  constexpr double kHeight = 74;
  const double half = width_ / 2;
  flow_.add({kHeight, [=, this, preparer = std::move(preparer)](double y) {
               draw_signature(kMargin, y, half - 20, "Prepared by", preparer);
               draw_signature(kMargin + half, y, half, "Approved by", "");
             }});
}

PdfCell title_cell(const SheetCue& cue) {
  PdfCell cell;
  add_text(cell, cue.title, kPdfStrong);
  const std::string work = work_titles(cue);
  if (work != cue.title) add_text(cell, work.empty() ? "" : "Work: " + work, kPdfText);
  add_text(cell, cue.artist, kPdfText);
  add_text(cell, dotted({cue.album, cue.label, cue.catalogue_number}), kPdfSmall);
  const std::string iswc = work_iswcs(cue);
  add_text(cell,
           dotted({cue.isrc.empty() ? "" : "ISRC " + cue.isrc, iswc.empty() ? "" : "ISWC " + iswc}),
           kPdfSmall);
  return cell;
}

PdfCell usage_cell(const SheetCue& cue) {
  PdfCell cell;
  add_text(cell, usage_text(cue), kPdfText);
  if (cue.vocal != CueVocal::kUnknown) {
    add_text(cell, std::string(to_string(cue.vocal)), kPdfSmall);
  }
  if (cue.origin != CueOrigin::kUnknown) {
    add_text(cell, std::string(to_string(cue.origin)), kPdfSmall);
  }
  if (cue.is_short) add_text(cell, "not counted", kPdfSmall);
  return cell;
}

std::vector<std::vector<PdfCell>> party_lines(const SheetCue& cue, ShareBasis basis) {
  std::vector<std::vector<PdfCell>> lines;
  for (const SheetWork& work : cue.works) {
    const auto shares = printed_shares(work, basis);
    for (std::size_t i = 0; i < work.parties.size(); ++i) {
      lines.push_back(party_line(work.parties[i], shares[i]));
    }
  }
  return lines;
}

std::vector<PdfColumn> party_columns() {
  return {{"Role", 28},
          {"Writer or publisher", 138},
          {"Society", 56},
          {"IPI", 62},
          {"Share %", 42, TextAlign::kRight}};
}

std::string role_legend(const std::vector<const SheetCue*>& cues) {
  std::set<Role> roles;
  for (const SheetCue* cue : cues) {
    for (const SheetWork& work : cue->works) {
      for (const SheetParty& party : work.parties) roles.insert(party.role);
    }
  }
  std::string text;
  for (const Role role : roles) {
    if (cwr_code(role).empty()) continue;
    text +=
        fmt::format("{}{} {}", text.empty() ? "Roles: " : ", ", cwr_code(role), to_string(role));
  }
  return text;
}

}  // namespace needledrop
