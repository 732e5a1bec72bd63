#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cuesheet/header_lines.h"
#include "cuesheet/pdf.h"
#include "cuesheet/pdf_canvas.h"
#include "cuesheet/pdf_flow.h"
#include "cuesheet/pdf_table.h"
#include "cuesheet/sheet.h"

namespace needledrop {

// The styles in which documents are set.
inline constexpr TextStyle kPdfText{};
inline constexpr TextStyle kPdfStrong{.is_bold = true};
inline constexpr TextStyle kPdfSmall{.size = 7, .grey = 0.3};

PageSize size_of(Paper paper);

/// Puts the text into the cell, unless there is none.
void add_text(PdfCell& cell, std::string text, const TextStyle& style);
/// The texts that are not empty, with a dot between.
std::string dotted(std::initializer_list<std::string_view> texts);

/// A document on landscape pages, put together from above to below: what all documents about sheets
/// have in common, so that they look alike. It has one table. Borrows the canvas.
class PdfDocument {
 public:
  /// Widths of columns are parts of the whole; `left` and `center` stand at the top of each page.
  PdfDocument(PdfCanvas& canvas, PageSize size, std::vector<PdfColumn> columns, std::string left,
              std::string center);
  PdfDocument(const PdfDocument&) = delete;
  PdfDocument& operator=(const PdfDocument&) = delete;

  /// What it is, in small capitals, of what, and a line below.
  void add_title(std::string kind, std::string title, std::string below);
  /// A paragraph over the whole width, with a gap behind it; nothing for an empty text. What does
  /// not fit on a page goes on on the next.
  void add_paragraph(std::string text, const TextStyle& style, double gap);
  /// Facts in rows of four, the label above the value; one that would fill half a page stands by
  /// itself.
  void add_facts(const std::vector<HeaderLine>& all);
  /// A text in a frame.
  void add_box(std::string text);
  void add_row(PdfRow row);
  /// A line below the table.
  void add_total(std::string text);
  /// Room for two signatures.
  void add_signatures(std::string preparer);
  /// Draws all pages.
  void draw() { flow_.draw(); }

 private:
  /// The text in pieces of at most this height.
  std::vector<std::string> pieces(std::string text, double width, const TextStyle& style,
                                  double height);
  void add_fact_row(std::vector<HeaderLine> facts, double width);
  void draw_signature(double x, double y, double width, std::string_view label,
                      std::string_view name);

  double width_;
  PdfCanvas& canvas_;
  PdfTable table_;
  PdfFlow flow_;
  double height_;  // of what a page holds
};

// The pieces of rows that documents about sheets share.

/// What the cue is called, its works, who performs it, and where it is from.
PdfCell title_cell(const SheetCue& cue);
PdfCell usage_cell(const SheetCue& cue);
/// A line for each writer and publisher: role, name, society, IPI, share.
std::vector<std::vector<PdfCell>> party_lines(const SheetCue& cue, ShareBasis basis);
/// The columns of those lines.
std::vector<PdfColumn> party_columns();
/// What the codes of the roles in these cues mean; "" when there are none.
std::string role_legend(const std::vector<const SheetCue*>& cues);

}  // namespace needledrop
