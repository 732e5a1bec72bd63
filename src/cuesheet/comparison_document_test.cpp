#include "cuesheet/comparison_document.h"

#include <gmock/gmock.h>

#include "cuesheet/test_pdf.h"
#include "cuesheet/test_sheet.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

/// The sheet's rain is filed, its night is not, and there is a line that nobody hears.
SheetComparison comparison() {
  SheetComparison made{"filed.csv", {}, test_sheet(), {}};
  made.sheet.cues.resize(2);
  ReadCue rain;
  rain.title = "Rain, again";
  rain.start = Milliseconds(62'000);
  rain.end = Milliseconds(95'000);
  rain.duration = Milliseconds(33'000);
  ReadCue wind;
  wind.title = "=Wind";
  wind.start = Milliseconds(10'000);
  wind.end = Milliseconds(40'000);
  wind.duration = Milliseconds(30'000);
  made.filed = {rain, wind};
  made.uses = *compare_uses(made.filed, made.sheet);
  return made;
}

std::string document(ComparisonFormat format) {
  const auto made = export_comparison(comparison(), format, Paper::kA4, std::chrono::sys_days{});
  EXPECT_TRUE(made.has_value()) << made.error().message;
  return made->bytes;
}

TEST(ComparisonDocument, HasALineAUse) {
  EXPECT_THAT(
      comparison_rows(comparison()),
      ElementsAre(
          ElementsAre("not heard", "=Wind", "0:10", "0:40", "0:30", "", "", "", "", ""),
          ElementsAre("agrees", "Rain, again", "1:02", "1:35", "0:33", "Rain, again", "1:02",
                      "1:35", "0:33", ""),
          ElementsAre("missing", "", "", "", "", night_cue().title, "10:00", "12:00", "0:25", "")));
  EXPECT_EQ(comparison_summary(comparison()), "agrees: 1, missing: 1, not heard: 1");
}

TEST(ComparisonDocument, IsATable) {
  EXPECT_THAT(document(ComparisonFormat::kCsv), HasSubstr("not heard,'=Wind,0:10,"));
  const auto table = read_spreadsheet(document(ComparisonFormat::kXlsx));
  ASSERT_TRUE(table.has_value());
  std::vector<std::vector<std::string>> rows;
  for (const SpreadsheetRow& row : table->rows) rows.push_back(row.cells);
  EXPECT_THAT(rows, Contains(Contains("agrees: 1, missing: 1, not heard: 1")));
  EXPECT_THAT(rows, Contains(Contains("=Wind")));
}

TEST(ComparisonDocument, IsADocumentToSend) {
  const std::string pdf = document(ComparisonFormat::kPdf);
  EXPECT_EQ(document(ComparisonFormat::kPdf), pdf);
  const std::string text = text_of_pdf(pdf);
  for (const char* words :
       {"A FILED CUE SHEET AND WHAT IS HEARD", "눈물의 여왕 S01E12", "filed.csv", "1970-01-01",
        "not heard", "=Wind", "missing", "夜の雨", "Rain, again", "Lines filed", "Uses heard",
        "agrees: 1, missing: 1, not heard: 1", "Page 1 of 1"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
}

TEST(ComparisonDocument, FormatsAreToldByTheEnding) {
  EXPECT_EQ(comparison_format_of_file("a/b.PDF"), ComparisonFormat::kPdf);
  EXPECT_EQ(comparison_format_of_file("b.xlsx"), ComparisonFormat::kXlsx);
  EXPECT_EQ(comparison_format_of_file("pdf"), std::nullopt);
  EXPECT_EQ(comparison_format("doc"), std::nullopt);
}

}  // namespace
}  // namespace needledrop
