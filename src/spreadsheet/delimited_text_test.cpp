#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <sys/resource.h>

#include "base/file_system.h"
#include "spreadsheet/csv_line.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Cells = std::vector<std::string>;
using Limits = SpreadsheetLimits;

Spreadsheet read(std::string_view bytes, const SpreadsheetOptions& options = {}) {
  auto result = read_spreadsheet(bytes, options);
  EXPECT_TRUE(result.has_value()) << result.error().message;
  return result.has_value() ? *result : Spreadsheet{};
}

std::string error_of(std::string_view bytes, const SpreadsheetOptions& options = {}) {
  const auto result = read_spreadsheet(bytes, options);
  EXPECT_FALSE(result.has_value());
  return result.has_value() ? "" : result.error().message;
}

SpreadsheetRow row(int line, Cells cells) {
  return {line, std::move(cells)};
}

TEST(DelimitedText, RowsKnowTheirLine) {
  const Spreadsheet table = read("title,artist\nRain,Haneul\n\n\"two\nlines\",x\nSnow,\n");
  EXPECT_THAT(table.rows, ElementsAre(row(1, {"title", "artist"}), row(2, {"Rain", "Haneul"}),
                                      row(4, {"two\nlines", "x"}), row(6, {"Snow"})));
  EXPECT_EQ(table.encoding, "UTF-8");
  EXPECT_EQ(table.delimiter, ',');
}

TEST(DelimitedText, LinesMayEndInAnyWay) {
  const Spreadsheet table = read("a,b\r\nc,d\ne,f\rg,h");
  EXPECT_THAT(table.rows, ElementsAre(row(1, {"a", "b"}), row(2, {"c", "d"}), row(3, {"e", "f"}),
                                      row(4, {"g", "h"})));
}

TEST(DelimitedText, TheFirstLineTellsTheDelimiter) {
  EXPECT_THAT(read("a;b;c\n1,5;2;3").rows[1].cells, ElementsAre("1,5", "2", "3"));
  EXPECT_THAT(read("a\tb\nx,y\tz").rows[1].cells, ElementsAre("x,y", "z"));
  EXPECT_THAT(read("\n\n\"a;;;;\",b\nx").rows[0].cells, ElementsAre("a;;;;", "b"));
  EXPECT_THAT(read("sep=;\na,b;c").rows, ElementsAre(row(2, {"a,b", "c"})));
  EXPECT_THAT(read("a;b|c", {.delimiter = '|'}).rows[0].cells, ElementsAre("a;b", "c"));
  EXPECT_THAT(read("alone").rows[0].cells, ElementsAre("alone"));
}

TEST(DelimitedText, QuotesFollowRfc4180) {
  EXPECT_THAT(read("\"a,\"\"b\"\"\",\"\",c").rows[0].cells, ElementsAre("a,\"b\"", "", "c"));
  EXPECT_THAT(read("12\" mix,b").rows[0].cells, ElementsAre("12\" mix", "b"));
  EXPECT_THAT(read("\"a\tb\"\t\"c\n", {.takes_quotes = false}).rows[0].cells,
              ElementsAre("\"a", "b\"", "\"c"));
}

TEST(DelimitedText, ErrorsNameLineAndColumn) {
  EXPECT_EQ(error_of("a,b,c\nd,e,\"f\ng,h\n"),
            "line 2, column 3: the quotation mark is never closed");
  EXPECT_EQ(error_of("a,b\n\"x\ny\",\"c\"d\n"),
            "line 3, column 2: text follows the closing quotation mark");
}

TEST(DelimitedText, EncodingsAreUnderstood) {
  // 눈물의 여왕,김수현 in CP949.
  const std::string cp949 =
      "title,artist\n\xB4\xAB\xB9\xB0\xC0\xC7 \xBF\xA9\xBF\xD5,\xB1\xE8\xBC\xF6\xC7\xF6\n";
  const Spreadsheet korean = read(cp949);
  EXPECT_EQ(korean.encoding, "CP949");
  EXPECT_THAT(korean.rows[1].cells, ElementsAre("눈물의 여왕", "김수현"));
  EXPECT_THAT(read("\xEF\xBB\xBF"
                   "a,b")
                  .rows[0]
                  .cells,
              ElementsAre("a", "b"));
  const std::string_view utf16(
      "\xFF\xFE"
      "a\0,\0\x08\xB2\n\0",
      10);
  const Spreadsheet wide = read(utf16);
  EXPECT_EQ(wide.encoding, "UTF-16LE");
  EXPECT_THAT(wide.rows[0].cells, ElementsAre("a", "눈"));
}

TEST(DelimitedText, WhatIsNoTableIsRefused) {
  EXPECT_THAT(error_of(std::string_view("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xFF\xD8\xFF\xE0", 20)),
              HasSubstr("neither XLSX nor text"));
  EXPECT_THAT(error_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xxxx"), HasSubstr(".xls"));
  EXPECT_THAT(read("").rows, IsEmpty());
  EXPECT_THAT(read("\n\n,,,\n").rows, IsEmpty());
}

TEST(DelimitedText, LimitsEndWithOneMessage) {
  const std::string cell(Limits::kCellBytes + 1, 'x');
  EXPECT_EQ(error_of("a,b\nc," + cell), "line 2, column 2: the text is longer than 64 KiB");
  EXPECT_EQ(
      error_of("a,b\nc,\"" + cell),
      "line 2, column 2: the text is longer than 64 KiB; is its quotation mark never closed?");
  EXPECT_EQ(error_of("a\n" + std::string(1'000, ',') + "x"),
            "line 2: there are more than 1000 columns");
  EXPECT_THAT(read("a\n" + std::string(999, ',') + "x").rows[1].cells, testing::SizeIs(1'000));
  std::string row;
  for (int i = 0; i < 17; ++i) row += std::string(Limits::kCellBytes, 'x') + ",";
  EXPECT_EQ(error_of(row), "line 1: the line is longer than 1 MB");
  EXPECT_EQ(error_of("a\r\nb\n" + std::string(std::size_t{5} << 20, 'x')),
            "line 3: the line is longer than 1 MB");
}

/// Peak memory of this process so far.
long peak_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(DelimitedText, AGigabyteOfOneLineEndsAtOnce) {
  const std::string path = testing::TempDir() + "needledrop-one-line.csv";
  std::ofstream(path) << "title";
  std::filesystem::resize_file(path, std::uintmax_t{1'000} << 20);
  const auto file = posix_file_system()->map(path);
  ASSERT_TRUE(file.has_value());
  const auto bytes = (*file)->bytes();
  const long before = peak_kilobytes();
  EXPECT_EQ(error_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()}),
            "is 1000 MB long; a table may have 128 MB");
  EXPECT_LT(peak_kilobytes() - before, 1'000);
  // What is short enough to be read is still not decoded.
  EXPECT_EQ(error_of({reinterpret_cast<const char*>(bytes.data()), Limits::kFileBytes}),
            "line 1: the line is longer than 1 MB");
  std::filesystem::remove(path);
}

TEST(CsvLine, IsReadBackAsItWasWritten) {
  const Cells texts = {"a,b",      "\"",   "\"\"",     "a\nb",        " spaced ", ",",
                       "비\"의,",  "=1+1", "'=1",      "-",           "＝1",      "@x",
                       "'quoted'", "a\tb", "12\" mix", "눈물의 여왕", "x"};
  CsvLine line;
  for (const std::string& text : texts) line.text(text);
  for (const bool has_mark : {true, false}) {
    const std::string bytes = (has_mark ? std::string(kByteOrderMark) : "") + line.ended();
    EXPECT_EQ(read(bytes, {.delimiter = ','}).rows.at(0).cells, texts);
  }
}

TEST(CsvLine, IsThisToTheByte) {
  CsvLine line;
  line.text("Rain, again");
  line.plain("1.5");
  line.text("");
  line.text("The \"Flood\"");
  line.text("=1");
  line.text("a\u2028b");
  EXPECT_EQ(line.ended(), "\"Rain, again\",1.5,,\"The \"\"Flood\"\"\",'=1,\"a\u2028b\"\r\n");
}

}  // namespace
}  // namespace needledrop
