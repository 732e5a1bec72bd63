#include "cuesheet/xlsx.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "cuesheet/test_sheet.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {
namespace {

using testing::Contains;
using testing::ElementsAre;

Spreadsheet read(const CueSheet& sheet, const std::string& name) {
  const auto bytes = to_xlsx(sheet);
  EXPECT_TRUE(bytes.has_value()) << bytes.error().message;
  SpreadsheetOptions options;
  options.sheet = name;
  auto table = read_spreadsheet(*bytes, options);
  EXPECT_TRUE(table.has_value()) << table.error().message;
  return *table;
}

TEST(Xlsx, HasHeaderCuesAndTotal) {
  const Spreadsheet table = read(test_sheet(), "Cue sheet");
  std::vector<std::vector<std::string>> rows;
  for (const SpreadsheetRow& row : table.rows) rows.push_back(row.cells);
  EXPECT_THAT(rows, Contains(ElementsAre("Production", "", "", "눈물의 여왕")));
  EXPECT_THAT(rows, Contains(ElementsAre("Music duration", "", "", "0:58")));
  EXPECT_THAT(rows, Contains(ElementsAre("Status", "", "", "draft")));
  EXPECT_THAT(
      rows, Contains(ElementsAre("1", "1m01", "", "Rain, again", "RAIN AGAIN", "김수현", "BV",
                                 "00:01:02", "00:01:35", "00:00:33", "김수현 (C) 50.00",
                                 "さくら音楽出版 (E) 50.00", "T0345246801", "KRA012600001", "OST",
                                 "", "", "unknown", "unknown", "unknown", "unchecked", "", "yes")));
  EXPECT_THAT(rows, Contains(Contains("=1+1")));
  EXPECT_THAT(rows.back(), ElementsAre("", "", "", "Total", "", "", "", "", "", "00:00:58"));
}

TEST(Xlsx, EverySpanOfACueIsShown) {
  bool is_there = false;
  for (const SpreadsheetRow& row : read(test_sheet(), "Cue sheet").rows) {
    if (row.cells.size() < 10 || row.cells[1] != "1m02") continue;
    EXPECT_EQ(row.cells[7], "10:00\n11:40");
    EXPECT_EQ(row.cells[8], "10:05\n12:00");
    EXPECT_EQ(row.cells[9], "00:00:25");
    is_there = true;
  }
  EXPECT_TRUE(is_there);
}

TEST(Xlsx, WhatASocietyDoesNotCountIsMarkedAndLeftOutOfASecondTotal) {
  CueSheet sheet = test_sheet();
  sheet.cues[1].is_short = true;
  sheet.counted_duration = Milliseconds(33'000);
  std::vector<std::vector<std::string>> rows;
  for (const SpreadsheetRow& row : read(sheet, "Cue sheet").rows) rows.push_back(row.cells);
  EXPECT_THAT(rows, Contains(ElementsAre("Music duration", "", "", "0:58")));
  EXPECT_THAT(rows, Contains(ElementsAre("Counted by the society", "", "", "0:33")));
  EXPECT_THAT(rows, Contains(testing::AllOf(Contains("1m02"), Contains("no"))));
}

TEST(Xlsx, PartiesHaveALineEach) {
  const Spreadsheet table = read(test_sheet(), "Parties");
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_THAT(table.rows[1].cells,
              ElementsAre("1", "1m01", "Rain, again", "RAIN AGAIN", "T0345246801", "김수현", "C",
                          "composer", "50", "00014107338", "KOMCA"));
  EXPECT_EQ(table.rows[2].cells.at(5), "さくら音楽出版");
}

TEST(Xlsx, TheSameSheetIsTheSameFile) {
  EXPECT_EQ(*to_xlsx(test_sheet()), *to_xlsx(test_sheet()));
}

TEST(Xlsx, WhyItIsIncompleteAndWhatChangedIsSaid) {
  CueSheet sheet = test_sheet();
  sheet.state = {SheetStatus::kRevised, 2, {"cue 1m01: title"}, "two writers are not known"};
  std::vector<std::vector<std::string>> rows;
  for (const SpreadsheetRow& row : read(sheet, "Cue sheet").rows) rows.push_back(row.cells);
  EXPECT_THAT(rows, Contains(ElementsAre("Status", "", "", "revised, revision 2")));
  EXPECT_THAT(rows, Contains(ElementsAre("Incomplete", "", "", "two writers are not known")));
  EXPECT_THAT(rows, Contains(ElementsAre("Changed", "", "", "cue 1m01: title")));
}

}  // namespace
}  // namespace needledrop
