#include "cuesheet/comparison_document.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "cuesheet/clock_text.h"
#include "cuesheet/pdf_document.h"
#include "cuesheet/sheet_part.h"
#include "cuesheet/sheet_text.h"
#include "media/unicode_text.h"
#include "spreadsheet/csv_line.h"
#include "spreadsheet/xlsx_writer.h"

namespace needledrop {
namespace {

constexpr std::array kDifferences{UseDifference::kNone, UseDifference::kTimes,
                                  UseDifference::kTitle, UseDifference::kMissing,
                                  UseDifference::kNotHeard};

std::string title_of(const SheetComparison& comparison) {
  return fmt::format("{}: filed and heard", sheet_title(comparison.sheet.header));
}

std::string comparison_csv(const SheetComparison& comparison) {
  std::string csv(kByteOrderMark);
  CsvLine heading;
  for (const std::string_view column : comparison_columns()) heading.plain(column);
  csv += heading.ended();
  for (const auto& row : comparison_rows(comparison)) {
    CsvLine line;
    for (const std::string& cell : row) line.text(cell);
    csv += line.ended();
  }
  return csv;
}

Result<std::string> comparison_xlsx(const SheetComparison& comparison,
                                    std::chrono::sys_seconds made_at) {
  XlsxDocument document;
  document.title = title_of(comparison);
  document.created = made_at;
  XlsxSheet& sheet = document.sheets.emplace_back();
  sheet.name = "comparison";
  sheet.widths = {14, 30, 9, 9, 9, 30, 9, 9, 9, 36};
  sheet.is_landscape = true;
  sheet.rows.push_back({{document.title}, true});
  sheet.rows.push_back({{"filed: " + comparison.filed_name}, false});
  sheet.rows.push_back({{comparison_summary(comparison)}, false});
  sheet.rows.push_back({});
  sheet.header = static_cast<int>(sheet.rows.size());
  XlsxRow heading;
  for (const std::string_view column : comparison_columns()) {
    heading.cells.emplace_back(std::string(column));
  }
  sheet.rows.push_back(heading);
  for (const auto& row : comparison_rows(comparison)) {
    XlsxRow& made = sheet.rows.emplace_back();
    for (const std::string& cell : row) made.cells.emplace_back(cell);
  }
  return write_xlsx(document);
}

std::vector<PdfColumn> pdf_columns() {
  constexpr TextAlign kRight = TextAlign::kRight;
  return {{"Result", 66},         {"Filed title", 150}, {"In", 42, kRight}, {"Out", 42, kRight},
          {"Length", 42, kRight}, {"Heard title", 150}, {"In", 42, kRight}, {"Out", 42, kRight},
          {"Length", 42, kRight}, {"Remark", 152}};
}

/// How long the filed lines, or the heard uses, are together, each once.
Milliseconds filed_length(const SheetComparison& comparison) {
  Milliseconds length{0};
  for (const ReadCue& cue : comparison.filed) length += cue.duration.value_or(Milliseconds(0));
  return length;
}

std::vector<HeaderLine> facts_of(const SheetComparison& comparison,
                                 std::chrono::sys_seconds made_at) {
  std::vector<HeaderLine> facts{
      {"Filed sheet", comparison.filed_name},
      {"Compared on", fmt::format("{:%Y-%m-%d}", made_at)},
      {"Production", comparison.sheet.header.production},
      {"Episode",
       dotted({episode_mark(comparison.sheet.header), comparison.sheet.header.episode_title})},
      {"Lines filed", fmt::to_string(comparison.filed.size())},
      {"Music filed", printed_time(filed_length(comparison))},
      {"Uses heard", fmt::to_string(comparison.sheet.cues.size())},
      {"Music heard, as it would be reported", printed_time(comparison.sheet.music_duration)},
  };
  for (const UseDifference each : kDifferences) {
    const auto count = std::ranges::count(comparison.uses, each, &ComparedUse::difference);
    std::string label(to_string(each));
    label.front() = static_cast<char>(label.front() - 'a' + 'A');
    facts.push_back({std::move(label), fmt::to_string(count)});
  }
  std::erase_if(facts, [](const HeaderLine& line) { return line.value.empty(); });
  return facts;
}

PdfRow pdf_row(std::vector<std::string> texts, bool agrees) {
  PdfRow row;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    add_text(row.cells.emplace_back(), std::move(texts[i]),
             i == 0 && !agrees ? kPdfStrong : kPdfText);
  }
  return row;
}

Result<SheetExport> comparison_pdf(const SheetComparison& comparison, Paper paper,
                                   std::chrono::sys_seconds made_at) {
  const PageSize size = size_of(paper);
  const auto canvas = PdfCanvas::open(size, {title_of(comparison), "", made_at});
  PdfDocument document(*canvas, size, pdf_columns(), sheet_title(comparison.sheet.header),
                       "FILED AND HEARD");
  document.add_title("A FILED CUE SHEET AND WHAT IS HEARD", sheet_title(comparison.sheet.header),
                     "");
  document.add_facts(facts_of(comparison, made_at));
  auto rows = comparison_rows(comparison);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    document.add_row(
        pdf_row(std::move(rows[i]), comparison.uses[i].difference == UseDifference::kNone));
  }
  document.add_total(comparison_summary(comparison));
  document.draw();
  SheetExport made;
  made.warnings = unshown_warnings(canvas->unshown());
  ND_TRY_ASSIGN(made.bytes, canvas->finish());
  return made;
}

}  // namespace

std::span<const std::string_view> comparison_columns() {
  static constexpr std::array<std::string_view, 10> kColumns{
      "result",      "filed title", "filed in",  "filed out",    "filed length",
      "heard title", "heard in",    "heard out", "heard length", "remark"};
  return kColumns;
}

std::vector<std::vector<std::string>> comparison_rows(const SheetComparison& comparison) {
  std::vector<std::vector<std::string>> rows;
  for (const ComparedUse& use : comparison.uses) {
    std::vector<std::string>& row = rows.emplace_back();
    row.emplace_back(to_string(use.difference));
    if (use.filed.has_value()) {
      const ReadCue& cue = comparison.filed[*use.filed];
      const auto time = [&](const std::optional<Milliseconds>& value) {
        if (!value.has_value()) return std::string();
        const bool has_part = cue.part.has_value();
        return printed_time(
            *value + (has_part ? start_of_part(comparison.sheet, cue.part) : Milliseconds(0)));
      };
      row.insert(row.end(), {cue.title, time(cue.start), time(cue.end),
                             cue.duration.has_value() ? printed_time(*cue.duration) : ""});
    } else {
      row.insert(row.end(), 4, "");
    }
    if (use.heard.has_value()) {
      row.insert(row.end(),
                 {comparison.sheet.cues[*use.heard].title, printed_time(use.heard_at.start),
                  printed_time(use.heard_at.end), printed_time(use.heard_length)});
    } else {
      row.insert(row.end(), 4, "");
    }
    row.push_back(use.remark);
  }
  return rows;
}

std::string comparison_summary(const SheetComparison& comparison) {
  std::string text;
  for (const UseDifference each : kDifferences) {
    const auto count = std::ranges::count(comparison.uses, each, &ComparedUse::difference);
    if (count == 0) continue;
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", to_string(each), count);
  }
  return text.empty() ? "nothing to compare" : text;
}

std::string_view to_string(ComparisonFormat format) {
  switch (format) {
    case ComparisonFormat::kCsv:
      return "csv";
    case ComparisonFormat::kXlsx:
      return "xlsx";
    case ComparisonFormat::kPdf:
      return "pdf";
  }
  return "";
}

std::optional<ComparisonFormat> comparison_format(std::string_view name) {
  for (const ComparisonFormat each :
       {ComparisonFormat::kCsv, ComparisonFormat::kXlsx, ComparisonFormat::kPdf}) {
    if (to_string(each) == name) return each;
  }
  return std::nullopt;
}

std::optional<ComparisonFormat> comparison_format_of_file(std::string_view path) {
  const std::string lower = lower_case(path);
  const std::size_t point = lower.rfind('.');
  if (point == std::string::npos) return std::nullopt;
  return comparison_format(std::string_view(lower).substr(point + 1));
}

Result<SheetExport> export_comparison(const SheetComparison& comparison, ComparisonFormat format,
                                      Paper paper, std::chrono::sys_seconds made_at) {
  if (format == ComparisonFormat::kPdf) return comparison_pdf(comparison, paper, made_at);
  if (format == ComparisonFormat::kCsv) return SheetExport{comparison_csv(comparison), {}};
  ND_TRY_ASSIGN(std::string bytes, comparison_xlsx(comparison, made_at));
  return SheetExport{std::move(bytes), {}};
}

}  // namespace needledrop
