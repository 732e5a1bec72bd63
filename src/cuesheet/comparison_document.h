#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cuesheet/pdf.h"
#include "cuesheet/sheet_comparison.h"
#include "cuesheet/sheet_export.h"

namespace needledrop {

/// The comparison as a document to send.
struct SheetComparison {
  std::string filed_name;  // of the file
  std::vector<ReadCue> filed;
  CueSheet sheet;
  std::vector<ComparedUse> uses;
};

/// A line a use: what, the filed title, in, out and length, the heard ones, and the remark; ""
/// where one side has nothing. Times count from the start of the programme.
std::vector<std::vector<std::string>> comparison_rows(const SheetComparison& comparison);
/// The names of their columns.
std::span<const std::string_view> comparison_columns();

/// "agrees: 12, missing: 2": what there is, in this order; "nothing to compare".
std::string comparison_summary(const SheetComparison& comparison);

enum class ComparisonFormat { kCsv, kXlsx, kPdf };
/// "csv", "xlsx", "pdf".
std::string_view to_string(ComparisonFormat format);
std::optional<ComparisonFormat> comparison_format(std::string_view name);
/// The format that a file's ending tells, whatever its case.
std::optional<ComparisonFormat> comparison_format_of_file(std::string_view path);

/// The comparison in a format: CSV as spreadsheets read it, a workbook, or a PDF that looks like
/// the sheet's, with what both sides are, the lines, and how many there are of each kind. `made_at`
/// is what workbook and PDF say of themselves. Errors: write_xlsx's, to_pdf's.
Result<SheetExport> export_comparison(const SheetComparison& comparison, ComparisonFormat format,
                                      Paper paper, std::chrono::sys_seconds made_at);

}  // namespace needledrop
