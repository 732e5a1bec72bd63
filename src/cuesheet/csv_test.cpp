#include "cuesheet/csv.h"

#include <cmath>
#include <limits>
#include <map>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

namespace needledrop {
namespace {

using testing::StartsWith;
using Cells = std::vector<std::string>;

/// Reads CSV by RFC 4180's grammar, strictly: a line ends with CRLF, a quote stands only around or
/// doubled inside a quoted cell.
std::vector<Cells> read_csv(std::string_view csv) {
  std::vector<Cells> lines(1);
  std::string cell;
  std::size_t i = 0;
  const auto at = [&](std::string_view what) { return csv.substr(i).starts_with(what); };
  while (i < csv.size()) {
    if (at("\"")) {
      for (++i; !at("\"") || at("\"\""); ++i) {
        EXPECT_LT(i, csv.size()) << "a quoted cell does not end";
        if (i >= csv.size()) {
          return lines;
        }
        i += at("\"\"") ? 1 : 0;
        cell += csv[i];
      }
      ++i;
      EXPECT_TRUE(at(",") || at("\r\n")) << "something follows a quoted cell";
    }
    for (; i < csv.size() && !at(",") && !at("\r\n"); ++i) {
      EXPECT_FALSE(at("\"") || at("\r") || at("\n")) << "this must be quoted";
      cell += csv[i];
    }
    lines.back().push_back(std::exchange(cell, {}));
    if (at(",")) {
      ++i;
    } else {
      EXPECT_TRUE(at("\r\n")) << "the last line does not end";
      i += 2;
      lines.emplace_back();
    }
  }
  lines.pop_back();
  return lines;
}

constexpr std::string_view kMark = "\xEF\xBB\xBF";

/// The cells of the sheet's lines by column.
std::vector<std::map<std::string, std::string>> rows_of(const CueSheet& sheet) {
  const std::string csv = to_csv(sheet);
  EXPECT_THAT(csv, StartsWith(std::string(kMark)));
  const auto lines = read_csv(std::string_view(csv).substr(kMark.size()));
  std::vector<std::map<std::string, std::string>> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].size(), lines[0].size());
    rows.emplace_back();
    for (std::size_t column = 0; column < std::min(lines[i].size(), lines[0].size()); ++column) {
      rows.back()[lines[0][column]] = lines[i][column];
    }
  }
  return rows;
}

SheetCue cue() {
  SheetCue result;
  result.number = 1;
  result.title = "Rain";
  result.heard = {{Milliseconds(61'500), Milliseconds(3'695'250)}};
  return result;
}

CueSheet sheet_with(SheetCue only) {
  CueSheet sheet;
  sheet.cues = {std::move(only)};
  return sheet;
}

std::string title_cell(std::string title) {
  SheetCue only = cue();
  only.title = std::move(title);
  return rows_of(sheet_with(only)).at(0)["title"];
}

TEST(Csv, IsThisToTheByte) {
  CueSheet sheet;
  sheet.header.production = "눈물의 여왕";
  sheet.header.episode_title = "The \"Flood\"";
  sheet.header.season = 1;
  sheet.header.number = 12;
  sheet.header.first_transmission = "2026-03-08";
  sheet.programme_duration = Milliseconds(3'600'040);
  sheet.music_duration = Milliseconds(33'750);
  SheetCue only = cue();
  only.title = "Rain, again";
  only.artist = "Haneul";
  only.album = "OST";
  only.version = "vocal";
  only.isrc = "KRA012600001";
  only.part = 2;
  only.heard = {{Milliseconds(61'500), Milliseconds(95'250)}};
  only.function = CueFunction::kBackground;
  only.level_db = -8.46;
  only.confidence = 0.97;
  only.note = "version undecided";
  sheet.cues = {only};
  EXPECT_EQ(to_csv(sheet),
            "\xEF\xBB\xBF"
            "cue,part,title,artist,album,version,in,out,duration,in_seconds,out_seconds,"
            "duration_seconds,isrc,usage,level_db,confidence,note,production,season,episode,"
            "episode_title,air_date,cut,programme_duration,programme_duration_seconds,"
            "music_duration,music_duration_seconds\r\n"
            "1,2,\"Rain, again\",Haneul,OST,vocal,00:01:01.500,00:01:35.250,00:00:33.750,61.500,"
            "95.250,33.750,KRA012600001,background,-8.5,0.970,version undecided,눈물의 여왕,1,12,"
            "\"The \"\"Flood\"\"\",2026-03-08,,01:00:00.040,3600.040,00:00:33.750,33.750\r\n");
}

TEST(Csv, WithoutCuesItHasOnlyColumnNames) {
  const std::string csv = to_csv(CueSheet{});
  EXPECT_EQ(read_csv(std::string_view(csv).substr(kMark.size())).size(), 1U);
}

TEST(Csv, WhatIsUnknownIsEmpty) {
  SheetCue only = cue();
  only.level_db = -std::numeric_limits<double>::infinity();
  auto row = rows_of(sheet_with(only)).at(0);
  for (const char* column : {"part", "season", "episode", "air_date", "isrc", "note", "level_db"}) {
    EXPECT_EQ(row[column], "") << column;
  }
}

TEST(Csv, TextWithSignsOfTheFormatComesBack) {
  for (const char* title :
       {"a,b", "\"", "\"\"", "a\r\nb", "a\nb", "a\rb", " spaced ", ",", "비\"의,\r\n"}) {
    EXPECT_EQ(title_cell(title), title);
  }
}

TEST(Csv, AFormulaBecomesText) {
  for (const char* title : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1",
                            "－1", "＠x", "=HYPERLINK(\"http://x\",\"y\")", "=", "-"}) {
    EXPECT_EQ(title_cell(title), std::string("'") + title);
  }
  for (const char* title : {"1=1", "a-b", "'quoted'", "", "비", "#1", "$"}) {
    EXPECT_EQ(title_cell(title), title);
  }
}

TEST(Csv, EveryTextIsMadeHarmless) {
  const std::string evil = "=cmd|' /C calc'!A0";
  CueSheet sheet = sheet_with(cue());
  SheetCue& only = sheet.cues[0];
  only.title = only.artist = only.album = only.version = only.isrc = only.note = evil;
  sheet.header.production = sheet.header.episode_title = sheet.header.cut = evil;
  sheet.header.first_transmission = evil;
  const auto rows = rows_of(sheet);
  int texts = 0;
  for (const auto& [column, cell] : rows.at(0)) {
    EXPECT_NE(cell.substr(0, 1), "=") << column;
    texts += cell == "'" + evil ? 1 : 0;
  }
  EXPECT_EQ(texts, 10);
}

TEST(Csv, NumbersKeepTheirSign) {
  SheetCue only = cue();
  only.level_db = -12.34;
  EXPECT_EQ(rows_of(sheet_with(only)).at(0)["level_db"], "-12.3");
}

TEST(Csv, TimesOverAnHour) {
  auto row = rows_of(sheet_with(cue())).at(0);
  EXPECT_EQ(row["in"], "00:01:01.500");
  EXPECT_EQ(row["out"], "01:01:35.250");
  EXPECT_EQ(row["duration"], "01:00:33.750");
  EXPECT_EQ(row["out_seconds"], "3695.250");
}

TEST(ClockTime, IsHoursMinutesSecondsThousandths) {
  EXPECT_EQ(clock_time(Milliseconds(0)), "00:00:00.000");
  EXPECT_EQ(clock_time(Milliseconds(59'999)), "00:00:59.999");
  EXPECT_EQ(clock_time(Milliseconds(3'599'999)), "00:59:59.999");
  EXPECT_EQ(clock_time(Milliseconds(86'400'001)), "24:00:00.001");
  EXPECT_EQ(clock_time(Milliseconds(360'000'000)), "100:00:00.000");
  EXPECT_EQ(clock_time(Milliseconds(-1500)), "-00:00:01.500");
}

}  // namespace
}  // namespace needledrop
