#include "spreadsheet/spreadsheet.h"

#include <algorithm>

#include <fmt/format.h>

#include "spreadsheet/delimited_text.h"
#include "spreadsheet/xlsx_archive.h"
#include "spreadsheet/xlsx_sheet.h"
#include "spreadsheet/xlsx_workbook.h"

namespace needledrop {
namespace {

Result<WorkbookSheet> find_sheet(const Workbook& workbook, const std::string& name) {
  const auto& sheets = workbook.sheets;
  if (sheets.empty()) return fail(Error::Kind::kCorrupt, "the workbook has no sheet");
  if (name.empty()) return sheets.front();
  const auto found = std::ranges::find(sheets, name, &WorkbookSheet::name);
  if (found != sheets.end()) return *found;
  constexpr std::size_t kMostNamed = 10;
  std::string names;
  for (std::size_t i = 0; i < std::min(sheets.size(), kMostNamed); ++i) {
    names += fmt::format("{}\"{}\"", i == 0 ? "" : ", ", sheets[i].name);
  }
  if (sheets.size() > kMostNamed) names += ", ...";
  return fail(Error::Kind::kNotFound,
              fmt::format("there is no sheet \"{}\"; there are: {}", name, names));
}

Result<Spreadsheet> read_xlsx(std::string_view bytes, const SpreadsheetOptions& options) {
  ND_TRY_ASSIGN(const auto archive, XlsxArchive::open(bytes));
  ND_TRY_ASSIGN(const Workbook workbook, read_workbook(*archive));
  ND_TRY_ASSIGN(const WorkbookSheet sheet, find_sheet(workbook, options.sheet));
  ND_TRY_ASSIGN(auto part, archive->open_part(sheet.part));
  const auto reader = XmlReader::open(sheet.part, std::move(part));
  Spreadsheet result;
  result.encoding = "XLSX";
  result.sheet = sheet.name;
  ND_TRY_ASSIGN(result.rows, read_sheet(*reader, workbook));
  return result;
}

}  // namespace

Result<Spreadsheet> read_spreadsheet(std::string_view bytes, const SpreadsheetOptions& options) {
  constexpr std::string_view kZip = "PK\3\4";
  constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  constexpr std::size_t kMostBytes = SpreadsheetLimits::kFileBytes;
  if (bytes.size() > kMostBytes) {
    return fail(Error::Kind::kUnsupported, fmt::format("is {} MB long; a table may have {} MB",
                                                       bytes.size() >> 20, kMostBytes >> 20));
  }
  if (bytes.starts_with(kCompoundFile)) {
    return fail(Error::Kind::kUnsupported,
                "is an old Excel file (.xls), or locked with a password; save it as XLSX or CSV");
  }
  return bytes.starts_with(kZip) ? read_xlsx(bytes, options) : read_delimited_text(bytes, options);
}

std::string cell_place(int line, std::size_t column) {
  return fmt::format("line {}, column {}", line, column);
}

}  // namespace needledrop
