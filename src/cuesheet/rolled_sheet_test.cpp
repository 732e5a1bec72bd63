#include "cuesheet/rolled_sheet.h"

#include <map>
#include <random>
#include <set>

#include <gmock/gmock.h>

#include "cuesheet/sheet_export.h"
#include "cuesheet/sheet_maker.h"
#include "cuesheet/test_sheet.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

CueSheet sheet_of(int number, std::vector<SheetCue> cues) {
  CueSheet sheet = test_sheet();
  sheet.header.number = number;
  sheet.cues = std::move(cues);
  sheet.music_duration = Milliseconds(0);
  for (const SheetCue& cue : sheet.cues) sheet.music_duration += reported_length(cue);
  return sheet;
}

TEST(RolledSheet, UsesOfOneMusicForOneThingShareALine) {
  SheetCue featured = rain_cue();
  featured.function = CueFunction::kFeatured;
  const std::vector sheets{sheet_of(1, {rain_cue(), night_cue(), rain_cue(), featured})};
  const RolledSheet rolled = roll_up(sheets);
  ASSERT_EQ(rolled.uses.size(), 3U);
  EXPECT_EQ(rolled.uses[0].uses, 2);
  EXPECT_EQ(rolled.uses[0].length, Milliseconds(66'000));
  EXPECT_EQ(rolled.uses[1].music.title, night_cue().title);
  EXPECT_EQ(rolled.uses[2].uses, 1);
  EXPECT_EQ(song_count(rolled), 2U);
  EXPECT_EQ(use_count(rolled), 4);
  EXPECT_EQ(rolled.whole.header.number, 1);
}

/// Whatever the line would print differently makes it another line.
TEST(RolledSheet, ALineSaysNothingThatIsNotTrueOfAllItsUses) {
  const std::vector<void (*)(SheetCue&)> differences{
      [](SheetCue& cue) { cue.title += "!"; },
      [](SheetCue& cue) { cue.artist = "Another"; },
      [](SheetCue& cue) { cue.version = "instrumental"; },
      [](SheetCue& cue) { cue.isrc = "KRA012600002"; },
      [](SheetCue& cue) { cue.album = "Another"; },
      [](SheetCue& cue) { cue.label = "Another"; },
      [](SheetCue& cue) { cue.catalogue_number = "2"; },
      [](SheetCue& cue) { cue.works[0].parties[0].share = Share{400'000}; },
      [](SheetCue& cue) { cue.works.clear(); },
      [](SheetCue& cue) { cue.function = CueFunction::kLogo; },
      [](SheetCue& cue) { cue.usage = "BI"; },
      [](SheetCue& cue) { cue.vocal = CueVocal::kMixed; },
      [](SheetCue& cue) { cue.perception = CuePerception::kHeard; },
      [](SheetCue& cue) { cue.origin = CueOrigin::kLibrary; },
      [](SheetCue& cue) { cue.is_short = true; }};
  for (std::size_t i = 0; i < differences.size(); ++i) {
    SheetCue other = rain_cue();
    differences[i](other);
    EXPECT_EQ(roll_up(std::vector{sheet_of(1, {rain_cue(), other})}).uses.size(), 2U) << i;
  }
}

TEST(RolledSheet, OfASeasonSaysWhatAllEpisodesSayAlike) {
  std::vector sheets{sheet_of(1, {rain_cue()}), sheet_of(2, {night_cue(), rain_cue()})};
  sheets[1].header.episode_title = "Another";
  sheets[0].state = {SheetStatus::kFiled, 2, {"a change"}, "a reason"};
  const RolledSheet rolled = roll_up(sheets);
  EXPECT_EQ(rolled.whole.header.production, "눈물의 여왕");
  EXPECT_EQ(rolled.whole.header.season, 1);
  EXPECT_EQ(rolled.whole.header.number, std::nullopt);
  EXPECT_EQ(rolled.whole.header.episode_title, "");
  EXPECT_EQ(rolled.whole.header.preparer, "Rights desk");
  EXPECT_EQ(rolled.whole.state.status, SheetStatus::kDraft);
  EXPECT_EQ(rolled.whole.state.revision, 1);
  EXPECT_THAT(rolled.whole.state.changes, IsEmpty());
  EXPECT_THAT(rolled.episodes, ElementsAre("S01E01", "S01E02"));
  EXPECT_THAT(rolled.uses[0].episodes, ElementsAre("S01E01", "S01E02"));
  EXPECT_THAT(rolled.uses[1].episodes, ElementsAre("S01E02"));
  EXPECT_EQ(rolled.whole.programme_duration, Milliseconds(7'200'080));
}

/// Seasons of random sheets against adding up cue by cue.
TEST(RolledSheet, AddsUpToWhatTheDetailedSheetsSay) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto pick = [&random](int most) { return static_cast<int>(random() % most); };
    std::vector<CueSheet> sheets;
    std::size_t cues = 0;
    Milliseconds music{0};
    std::map<std::string, Milliseconds> lengths;  // by title
    for (int episode = 1; episode <= 1 + pick(4); ++episode) {
      SheetMaterial::Part part;
      part.part.duration = Milliseconds(60'000 + pick(60'000));
      for (int i = 0; i < pick(12); ++i) {
        Cue& cue = part.cues.emplace_back();
        const int start = pick(60'000);
        cue.id = i + 1;
        cue.title = std::string(1, static_cast<char>('a' + pick(4)));
        cue.function = static_cast<CueFunction>(pick(3));
        cue.spans = {{Milliseconds(start), Milliseconds(start + 1 + pick(9'000))}};
      }
      SheetMaterial material;
      material.header.number = episode;
      material.parts = {part};
      sheets.push_back(*make_sheet(material));
      cues += sheets.back().cues.size();
      for (const SheetCue& cue : sheets.back().cues) {
        lengths[cue.title] += reported_length(cue);
        music += reported_length(cue);
      }
    }
    const RolledSheet rolled = roll_up(sheets);
    EXPECT_EQ(static_cast<std::size_t>(use_count(rolled)), cues);
    EXPECT_EQ(rolled.whole.music_duration, music);
    Milliseconds sum{0};
    for (const RolledUse& use : rolled.uses) {
      sum += use.length;
      lengths[use.music.title] -= use.length;
      EXPECT_EQ(std::set(use.episodes.begin(), use.episodes.end()).size(), use.episodes.size());
      EXPECT_LE(use.episodes.size(), static_cast<std::size_t>(use.uses));
    }
    EXPECT_EQ(sum, music);
    for (const auto& [title, left] : lengths) EXPECT_EQ(left, Milliseconds(0)) << title;
    EXPECT_EQ(song_count(rolled), lengths.size());
  }
}

std::vector<std::vector<std::string>> cells_of(const RolledSheet& sheet, SheetFormat format) {
  const auto made = export_sheet(sheet, format, {});
  EXPECT_TRUE(made.has_value()) << made.error().message;
  const auto table = read_spreadsheet(made->bytes);
  EXPECT_TRUE(table.has_value()) << table.error().message;
  std::vector<std::vector<std::string>> rows;
  for (const SpreadsheetRow& row : table->rows) rows.push_back(row.cells);
  return rows;
}

RolledSheet season() {
  return roll_up(std::vector{sheet_of(1, {rain_cue()}), sheet_of(2, {night_cue(), rain_cue()})});
}

TEST(RolledSheet, IsATableInEveryFormatForPeople) {
  const auto wide = cells_of(season(), SheetFormat::kCsvWide);
  ASSERT_EQ(wide.size(), 3U);
  EXPECT_EQ(wide[0][0], "line");
  EXPECT_EQ((std::vector<std::string>(wide[1].begin(), wide[1].begin() + 6)),
            (std::vector<std::string>{"1", "2", "S01E01; S01E02", "00:01:06.000", "66.000",
                                      "Rain, again"}));
  // A line for each of the rain's two parties, and one for the night.
  EXPECT_EQ(cells_of(season(), SheetFormat::kCsv).size(), 4U);
  const auto workbook = cells_of(season(), SheetFormat::kXlsx);
  EXPECT_THAT(workbook, Contains(Contains("S01E01, S01E02")));
  EXPECT_THAT(workbook.back(), ElementsAre("", "3", "", "Total", "", "", "", "", "", "00:01:31"));
  EXPECT_THAT(export_sheet(season(), SheetFormat::kPdf, {})->bytes, HasSubstr("%PDF"));
  EXPECT_EQ(export_sheet(season(), SheetFormat::kEdl, {}).error().kind,
            Error::Kind::kInvalidArgument);
}

}  // namespace
}  // namespace needledrop
