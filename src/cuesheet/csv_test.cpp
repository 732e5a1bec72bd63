#include "cuesheet/csv.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "cuesheet/test_sheet.h"
#include "spreadsheet/spreadsheet.h"

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
std::vector<std::map<std::string, std::string>> rows_of(const CueSheet& sheet,
                                                        const CsvOptions& options = {}) {
  const std::string csv = to_csv(sheet, options);
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
  CueSheet sheet = test_sheet();
  sheet.cues.resize(1);
  EXPECT_EQ(
      to_csv(sheet),
      "\xEF\xBB\xBF"
      "cue,part,title,artist,album,version,in,out,duration,in_seconds,out_seconds,"
      "duration_seconds,isrc,usage,level_db,confidence,note,sequence,cue_id,standing,reported_in,"
      "reported_out,reported_duration,reported_duration_seconds,usage_code,vocal,perception,origin,"
      "label,catalogue_number,clearance,licence,counted,work,iswc,party_number,party,party_role,"
      "party_share,party_ipi,party_society,production,also_known_as,season,episode,episode_title,"
      "production_number,air_date,cut,programme_duration,programme_duration_seconds,"
      "music_duration,music_duration_seconds,society,share_basis,counted_duration,"
      "counted_duration_seconds,status,revision,incomplete,type,country,year,production_company,"
      "broadcaster,director,actors,isan,eidr,society_number,preparer,prepared_on,changes\r\n"
      "1,,\"Rain, again\",김수현,OST,vocal,00:01:01.500,00:01:35.250,00:00:33.750,61.500,95.250,"
      "33.750,KRA012600001,background,-8.5,0.970,,1m01,7,accepted,00:01:02.000,00:01:35.000,"
      "00:00:33.000,33.000,BV,unknown,unknown,unknown,,,unchecked,,yes,RAIN "
      "AGAIN,T0345246801,1,김수현,"
      "C,50.00,00014107338,KOMCA,눈물의 여왕,Queen of Tears; 涙の女王,1,12,"
      "\"The \"\"Flood\"\" & after\",,2026-03-08,,01:00:00.040,3600.040,00:00:58.000,58.000,us,"
      "whole,00:00:58.000,58.000,draft,1,,,,,,,,,,,,Rights desk,2026-03-09,\r\n"
      "1,,\"Rain, again\",김수현,OST,vocal,00:01:01.500,00:01:35.250,00:00:33.750,61.500,95.250,"
      "33.750,KRA012600001,background,-8.5,0.970,,1m01,7,accepted,00:01:02.000,00:01:35.000,"
      "00:00:33.000,33.000,BV,unknown,unknown,unknown,,,unchecked,,yes,RAIN AGAIN,T0345246801,2,"
      "さくら音楽出版,E,50.00,,JASRAC,눈물의 여왕,Queen of Tears; 涙の女王,1,12,"
      "\"The \"\"Flood\"\" & after\",,2026-03-08,,01:00:00.040,3600.040,00:00:58.000,58.000,us,"
      "whole,00:00:58.000,58.000,draft,1,,,,,,,,,,,,Rights desk,2026-03-09,\r\n");
}

TEST(Csv, TheWideFormHasALineACue) {
  const std::string csv = to_csv(test_sheet(), {.is_wide = true, .has_mark = false});
  const auto lines = read_csv(csv);
  ASSERT_EQ(lines.size(), 4U);
  const auto cell = [&](std::size_t line, const std::string& column) {
    const auto at = std::ranges::find(lines[0], column);
    return at == lines[0].end() ? "no " + column
                                : lines[line].at(static_cast<std::size_t>(at - lines[0].begin()));
  };
  EXPECT_EQ(cell(1, "writers"), "김수현 (C) 50.00");
  EXPECT_EQ(cell(1, "publishers"), "さくら音楽出版 (E) 50.00");
  EXPECT_EQ(cell(1, "writer_ipis"), "00014107338");
  EXPECT_EQ(cell(1, "writer_societies"), "KOMCA");
  EXPECT_EQ(cell(1, "publisher_ipis"), "");
  EXPECT_EQ(cell(1, "publisher_societies"), "JASRAC");
  EXPECT_EQ(cell(2, "reported_in"), "00:10:00.000 00:11:40.000");
  EXPECT_EQ(cell(2, "reported_out"), "00:10:05.000 00:12:00.000");
  EXPECT_EQ(cell(3, "reported_duration_seconds"), "0.000");
}

TEST(Csv, SaysAllThatTheHeaderDoes) {
  CueSheet sheet = sheet_with(cue());
  SheetHeader& header = sheet.header;
  header.type = "series episode";
  header.country = "KR";
  header.year = "2026";
  header.production_company = "Tide";
  header.broadcaster = "Sea TV";
  header.director = "Kim";
  header.actors = {"김수현", "Lee"};
  header.isan = "0000-0000-D07A-0090-Q";
  header.eidr = "10.5240/7791-8534-2C23-9030-8610-5";
  header.society_number = "118 1";
  header.preparer = "Desk";
  header.prepared_on = "2026-03-09";
  sheet.state.changes = {"a is now b", "c is now d"};
  auto row = rows_of(sheet).at(0);
  const std::map<std::string, std::string> said{{"type", "series episode"},
                                                {"country", "KR"},
                                                {"year", "2026"},
                                                {"production_company", "Tide"},
                                                {"broadcaster", "Sea TV"},
                                                {"director", "Kim"},
                                                {"actors", "김수현; Lee"},
                                                {"isan", header.isan},
                                                {"eidr", header.eidr},
                                                {"society_number", "118 1"},
                                                {"preparer", "Desk"},
                                                {"prepared_on", "2026-03-09"},
                                                {"changes", "a is now b; c is now d"}};
  for (const auto& [column, value] : said) EXPECT_EQ(row[column], value) << column;
}

TEST(Csv, SharesAreInTheSocietysBasis) {
  CueSheet sheet = test_sheet();
  sheet.share_basis = ShareBasis::kSplit;
  const auto rows = rows_of(sheet);
  EXPECT_EQ(rows.at(0).at("party_share"), "100.00");
  EXPECT_EQ(rows.at(1).at("party_share"), "100.00");
  EXPECT_EQ(rows.at(0).at("share_basis"), "split");
  auto wide = rows_of(sheet, {.is_wide = true});
  EXPECT_EQ(wide.at(0)["writers"], "김수현 (C) 100.00");
}

TEST(Csv, OurOwnReaderReadsItBack) {
  for (const bool is_wide : {true, false}) {
    const std::string csv = to_csv(test_sheet(), {.is_wide = is_wide});
    const auto table = read_spreadsheet(csv);
    ASSERT_TRUE(table.has_value()) << table.error().message;
    const auto& rows = table->rows;
    ASSERT_EQ(rows.size(), is_wide ? 4U : 5U);
    const auto title = std::ranges::find(rows[0].cells, "title") - rows[0].cells.begin();
    EXPECT_EQ(rows[rows.size() - 2].cells.at(static_cast<std::size_t>(title)),
              "夜の雨\tと --> <b>");
    EXPECT_EQ(rows.back().cells.at(static_cast<std::size_t>(title)), "=1+1");
  }
}

/// What the sheet says is its total is what a reader adds up.
TEST(Csv, ReportedDurationsAddUp) {
  double sum = 0;
  for (auto& row : rows_of(test_sheet(), {.is_wide = true})) {
    sum += std::stod(row["reported_duration_seconds"]);
  }
  EXPECT_DOUBLE_EQ(sum, 58.0);
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

}  // namespace
}  // namespace needledrop
