#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "spreadsheet/spreadsheet.h"
#include "spreadsheet/test_workbook.h"
#include "spreadsheet/xlsx_sheet.h"
#include "spreadsheet/xlsx_text.h"
#include "spreadsheet/xlsx_writer.h"

namespace needledrop {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using Cells = std::vector<std::string>;

Spreadsheet read(const std::string& bytes, const SpreadsheetOptions& options = {}) {
  auto result = read_spreadsheet(bytes, options);
  EXPECT_TRUE(result.has_value()) << result.error().message;
  return result.has_value() ? *result : Spreadsheet{};
}

Error error_of(const std::string& bytes, const SpreadsheetOptions& options = {}) {
  const auto result = read_spreadsheet(bytes, options);
  EXPECT_FALSE(result.has_value());
  return result.has_value() ? Error{} : result.error();
}

std::string error_of(const TestWorkbook& workbook) {
  return error_of(make_workbook(workbook)).message;
}

TEST(XlsxReader, CellsOfEveryKindAreRead) {
  TestWorkbook workbook;
  workbook.strings =
      "<si><t>눈물의 여왕</t></si>"
      "<si><r><t>rich </t></r><r><t>text</t></r><rPh sb=\"0\" eb=\"2\"><t>reading</t></rPh></si>"
      "<si><t>a_x000A_b_x005F_x0041_ &amp; <![CDATA[<c>]]></t></si>";
  workbook.number_formats = "<numFmt numFmtId=\"165\" formatCode=\"yyyy&quot;년&quot;\"/>";
  workbook.cell_formats =
      "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"165\"/><xf numFmtId=\"46\"/>"
      "<xf numFmtId=\"10\"/>";
  workbook.sheet_data =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
      "<c r=\"C1\" t=\"s\"><v>2</v></c></row>"
      "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>inline</t></is></c>"
      "<c r=\"B3\"><v>33.329999999999998</v></c><c r=\"C3\" s=\"1\"><v>45360</v></c>"
      "<c r=\"D3\" s=\"2\"><v>45360.5</v></c><c r=\"E3\" s=\"3\"><v>1.5</v></c>"
      "<c r=\"F3\" s=\"4\"><v>0.5</v></c><c r=\"G3\" t=\"b\"><v>1</v></c>"
      "<c r=\"H3\"><f>1+1</f><v>2</v></c><c r=\"I3\" t=\"str\"><f>\"x\"</f><v>x</v></c>"
      "<c r=\"J3\" t=\"e\"><v>#N/A</v></c><c r=\"K3\" s=\"1\"/></row>"
      "<row><c><v>1</v></c><c/><c><v>3</v></c><c r=\"AB4\"><v>28</v></c></row>";
  const Spreadsheet table = read(make_workbook(workbook));
  EXPECT_EQ(table.encoding, "XLSX");
  EXPECT_EQ(table.sheet, "Cues");
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(table.rows[0].line, 1);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("눈물의 여왕", "rich text", "a\nb_x0041_ & <c>"));
  EXPECT_EQ(table.rows[1].line, 3);
  EXPECT_THAT(table.rows[1].cells,
              ElementsAre("inline", "33.33", "2024-03-09", "2024-03-09 12:00:00", "36:00:00", "50%",
                          "TRUE", "2", "x", "#N/A"));
  EXPECT_EQ(table.rows[2].line, 4);
  ASSERT_EQ(table.rows[2].cells.size(), 28U);
  EXPECT_EQ(table.rows[2].cells[2], "3");
  EXPECT_EQ(table.rows[2].cells[27], "28");
}

TEST(XlsxReader, SheetsAreNamed) {
  const std::string bytes = make_workbook({});
  EXPECT_EQ(read(bytes, {.sheet = "둘째"}).rows.at(0).cells.at(0), "2");
  const Error missing = error_of(bytes, {.sheet = "x"});
  EXPECT_EQ(missing.kind, Error::Kind::kNotFound);
  EXPECT_EQ(missing.message, "there is no sheet \"x\"; there are: \"Cues\", \"둘째\"");
}

TEST(XlsxReader, DaysMayCountFrom1904) {
  TestWorkbook workbook;
  workbook.workbook_properties = "<workbookPr date1904=\"1\"/>";
  workbook.cell_formats = "<xf numFmtId=\"14\"/>";
  workbook.sheet_data = "<row><c s=\"0\"><v>43898</v></c></row>";
  EXPECT_EQ(read(make_workbook(workbook)).rows.at(0).cells.at(0), "2024-03-09");
}

TEST(XlsxReader, EntitiesAndDocumentTypesAreRefused) {
  TestWorkbook workbook;
  workbook.before_sheet = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";
  workbook.sheet_data = "<row><c t=\"str\"><v>&e;</v></c></row>";
  EXPECT_THAT(error_of(workbook), HasSubstr("declares a document type"));
  workbook.before_sheet =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
  workbook.sheet_data = "<row><c t=\"str\" r=\"&b;\"><v>&b;</v></c></row>";
  EXPECT_THAT(error_of(workbook), HasSubstr("declares a document type"));
}

TEST(XlsxReader, BombsAreDefused) {
  TestWorkbook workbook;
  workbook.sheet_data = std::string(std::size_t{8} << 20, ' ');
  EXPECT_THAT(error_of(workbook), HasSubstr("unpacks to far more than it should"));
  // One long text in every cell: small in the file, and large in memory only if that is let happen.
  workbook.strings = "<si><t>" + std::string(60'000, 'x') + "</t></si>";
  workbook.sheet_data = "";
  for (int i = 0; i < 5'000; ++i) workbook.sheet_data += "<row><c t=\"s\"><v>0</v></c></row>";
  EXPECT_THAT(error_of(workbook), HasSubstr("the table is too large"));
  std::string deep;
  for (int i = 0; i < 100; ++i) deep = "<a>" + deep + "</a>";
  EXPECT_THAT(error_of(TestWorkbook{.sheet_data = deep}), HasSubstr("within one another"));
  std::string attributes = "<row ";
  for (int i = 0; i < 60'000; ++i) attributes += fmt::format("a{}=\"\" ", i);
  EXPECT_THAT(error_of(TestWorkbook{.sheet_data = attributes + "/>"}),
              HasSubstr("over 50,000 attributes"));
  ArchiveParts parts = workbook_parts({});
  for (int i = 0; i < 10'001; ++i) parts.emplace_back(std::to_string(i), "");
  EXPECT_THAT(error_of(make_archive(parts)).message, HasSubstr("more parts than any workbook"));
}

TEST(XlsxReader, DamageNamesThePlace) {
  EXPECT_EQ(
      error_of(TestWorkbook{.sheet_data = "<row r=\"5\"><c r=\"B5\" t=\"s\"><v>0</v></c></row>"}),
      "line 5, column 2: its text is missing in the workbook");
  EXPECT_THAT(error_of(TestWorkbook{.sheet_data = "<row r=\"5\"/><row r=\"4\"/>"}),
              HasSubstr("line 5: the row after it says"));
  EXPECT_THAT(error_of(TestWorkbook{.sheet_data = "<row><c r=\"B1\"/><c r=\"A1\"/></row>"}),
              HasSubstr("line 1, column 2: the cell after it says"));
  EXPECT_THAT(error_of(TestWorkbook{.sheet_data = "<row><c r=\"ZZZZ1\"/></row>"}),
              HasSubstr("the cell after it says that it is \"ZZZZ1\""));
  EXPECT_THAT(error_of(TestWorkbook{.sheet_data = "<row>"}),
              HasSubstr("xl/worksheets/sheet1.xml, line 1: the XML is broken"));
  EXPECT_THAT(error_of(TestWorkbook{.sheet_data = "<row><c r=\"ALM1\"><v>1</v></c></row>"}),
              HasSubstr("more than 1000 columns"));
}

TEST(XlsxReader, OtherArchivesAreTold) {
  EXPECT_THAT(error_of(make_archive({{"a.txt", "x"}})).message, HasSubstr("no XLSX workbook"));
  EXPECT_THAT(error_of(make_archive({{"mimetype", "x"}})).message, HasSubstr("OpenDocument"));
  EXPECT_EQ(error_of(std::string("PK\3\4 and no more")).kind, Error::Kind::kCorrupt);
  ArchiveParts parts = workbook_parts({});
  parts.pop_back();
  parts.pop_back();
  EXPECT_THAT(error_of(make_archive(parts)).message,
              HasSubstr("the workbook has no xl/worksheets/sheet1.xml"));
}

TEST(XlsxReader, EveryByteMayBeWrong) {
  const std::string whole = make_workbook(
      {.sheet_data = "<row><c t=\"s\"><v>0</v></c></row>", .strings = "<si><t>x</t></si>"});
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
    const auto result = read_spreadsheet(damaged);
    if (!result.has_value()) {
      EXPECT_FALSE(result.error().message.empty());
    }
  }
}

TEST(ColumnOfReference, CountsInLetters) {
  EXPECT_EQ(column_of_reference("A1"), 1U);
  EXPECT_EQ(column_of_reference("Z9"), 26U);
  EXPECT_EQ(column_of_reference("AA1"), 27U);
  EXPECT_EQ(column_of_reference("XFD1"), 16'384U);
  EXPECT_EQ(column_of_reference("XFE1"), 0U);
  EXPECT_EQ(column_of_reference("1"), 0U);
  EXPECT_EQ(column_of_reference(""), 0U);
}

XlsxDocument document() {
  XlsxDocument result;
  result.title = "Cue sheet";
  result.created = std::chrono::sys_days(2026y / 3 / 8);
  XlsxSheet cues;
  cues.name = "Cues";
  cues.widths = {8, 40};
  cues.header = 1;
  cues.rows = {{{std::string("눈물의 여왕")}, true},
               {{std::string("Title"), std::string("Duration"), std::string("Share")}},
               {{std::string("=1+1"), Milliseconds(93'784'500), XlsxNumber{33.34, 2}}},
               {{std::string("-"), {}, XlsxNumber{-7, 0}, std::string("_x0041_ a\nb")}}};
  XlsxSheet other;
  other.name = "합계";
  other.rows = {{{std::string("@x")}}};
  result.sheets = {cues, other};
  return result;
}

TEST(XlsxWriter, IsReadBack) {
  const auto bytes = write_xlsx(document());
  ASSERT_TRUE(bytes.has_value()) << bytes.error().message;
  const Spreadsheet cues = read(*bytes);
  ASSERT_EQ(cues.rows.size(), 4U);
  EXPECT_THAT(cues.rows[0].cells, ElementsAre("눈물의 여왕"));
  EXPECT_THAT(cues.rows[1].cells, ElementsAre("Title", "Duration", "Share"));
  EXPECT_THAT(cues.rows[2].cells, ElementsAre("=1+1", "26:03:04.500", "33.34"));
  EXPECT_THAT(cues.rows[3].cells, ElementsAre("-", "", "-7", "_x0041_ a\nb"));
  EXPECT_THAT(read(*bytes, {.sheet = "합계"}).rows.at(0).cells, ElementsAre("@x"));
}

TEST(XlsxWriter, MakesTheSameBytes) {
  EXPECT_EQ(*write_xlsx(document()), *write_xlsx(document()));
}

TEST(XlsxWriter, DoesNotTellTheTimeOfItsMaking) {
  XlsxDocument undated = document();
  undated.created = {};
  const auto first = write_xlsx(undated);
  std::this_thread::sleep_for(1100ms);  // the time in it is in whole seconds
  EXPECT_EQ(*first, *write_xlsx(undated));
}

TEST(XlsxWriter, RefusesWhatExcelCannotHold) {
  XlsxDocument long_text = document();
  long_text.sheets[0].rows[2].cells[1] = std::string(32'768, 'x');
  EXPECT_EQ(write_xlsx(long_text).error().message,
            "sheet \"Cues\", line 3, column 2: the text has over 32767 characters");
  XlsxDocument alike = document();
  alike.sheets[1].name = "cues";
  EXPECT_THAT(write_xlsx(alike).error().message, HasSubstr("sheet \"cues\": "));
}

TEST(XlsxText, EscapesComeBack) {
  for (const char* text : {"_x0041_", "_x005F_x0041_", "_x", "_x004_", "plain", "", "_xZZZZ_"}) {
    EXPECT_EQ(unescaped_text(escaped_text(text)), text);
  }
  EXPECT_EQ(unescaped_text("a_x0000_b_xD800_c_x000D_d"), "abcd");
}

}  // namespace
}  // namespace needledrop
