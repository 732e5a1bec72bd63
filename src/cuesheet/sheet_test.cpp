#include "cuesheet/sheet.h"

#include <gmock/gmock.h>

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Recording recording(std::uint32_t id, std::string title, std::string version = "original") {
  Recording result;
  result.id = SourceId(id);
  result.title = std::move(title);
  result.artist = "Haneul";
  result.album = "OST";
  result.isrc = "KRA012600001";
  result.version = std::move(version);
  return result;
}

Spot spot(std::uint32_t id, int start, int end) {
  Spot result;
  result.recording = SourceId(id);
  result.span = {Milliseconds(start), Milliseconds(end)};
  result.confidence = 0.9;
  result.level_db = -3;
  return result;
}

SpottedFile part(int number, std::vector<Spot> spots) {
  SpottedFile result;
  result.file.part = number;
  result.file.duration = Milliseconds(60'000);
  result.run.spots = std::move(spots);
  return result;
}

const std::vector<Recording> kRecordings{recording(9, "Rain"), recording(2, "Snow", "vocal"),
                                         recording(5, "Snow", "instrumental"), recording(7, "")};

Episode episode() {
  return {1, 1, 1, 12, "The Flood", "2026-03-08"};
}

CueSheet sheet_of(const std::vector<SpottedFile>& parts) {
  auto sheet = make_sheet("Queen of Rain", episode(), parts, kRecordings);
  EXPECT_TRUE(sheet.has_value()) << (sheet.has_value() ? "" : sheet.error().message);
  return sheet.value_or(CueSheet{});
}

std::vector<std::string> titles(const CueSheet& sheet) {
  std::vector<std::string> result;
  for (const SheetCue& cue : sheet.cues) {
    result.push_back(cue.title);
  }
  return result;
}

TEST(CueSheet, HoldsTheFactsOfTheEpisode) {
  const CueSheet sheet = sheet_of({part(1, {})});
  EXPECT_EQ(sheet.production, "Queen of Rain");
  EXPECT_EQ(sheet.episode_title, "The Flood");
  EXPECT_EQ(sheet.season, 1);
  EXPECT_EQ(sheet.number, 12);
  EXPECT_EQ(sheet.air_date, "2026-03-08");
  EXPECT_EQ(sheet.programme_duration, Milliseconds(60'000));
  EXPECT_EQ(sheet.music_duration, Milliseconds(0));
  EXPECT_TRUE(sheet.cues.empty());
}

TEST(CueSheet, ACueTellsWhatIsHeard) {
  Spot background = spot(9, 1000, 5500);
  background.ground = Ground::kBackground;
  const CueSheet sheet = sheet_of({part(1, {background, spot(2, 7000, 8000)})});
  ASSERT_EQ(sheet.cues.size(), 2U);
  const SheetCue& cue = sheet.cues[0];
  EXPECT_EQ(cue.number, 1);
  EXPECT_EQ(cue.title, "Rain");
  EXPECT_EQ(cue.artist, "Haneul");
  EXPECT_EQ(cue.album, "OST");
  EXPECT_EQ(cue.isrc, "KRA012600001");
  EXPECT_EQ(cue.version, "original");
  EXPECT_EQ(cue.span, background.span);
  EXPECT_EQ(cue.usage, Usage::kBackground);
  EXPECT_EQ(cue.level_db, -3);
  EXPECT_EQ(cue.confidence, 0.9);
  EXPECT_EQ(cue.note, "");
  EXPECT_EQ(sheet.cues[1].number, 2);
  EXPECT_EQ(sheet.cues[1].usage, Usage::kFeatured);
}

TEST(CueSheet, CuesAreInOrderOfTimeThenRecording) {
  const CueSheet sheet = sheet_of(
      {part(1, {spot(9, 500, 900), spot(9, 0, 100), spot(2, 500, 900), spot(5, 500, 800)})});
  EXPECT_THAT(titles(sheet), ElementsAre("Rain", "Snow", "Snow", "Rain"));
  EXPECT_EQ(sheet.cues[1].version, "instrumental");
}

TEST(CueSheet, MusicHeardAtOnceCountsOnce) {
  const CueSheet sheet =
      sheet_of({part(1, {spot(9, 0, 10'000), spot(2, 5000, 12'000), spot(9, 20'000, 21'000)})});
  EXPECT_EQ(sheet.music_duration, Milliseconds(13'000));
}

TEST(CueSheet, PartsFollowOneAnother) {
  const CueSheet sheet = sheet_of(
      {part(1, {spot(9, 50'000, 55'000)}), part(2, {spot(2, 1000, 4000), spot(9, 1000, 3000)})});
  EXPECT_EQ(sheet.programme_duration, Milliseconds(120'000));
  EXPECT_EQ(sheet.music_duration, Milliseconds(8000));
  ASSERT_EQ(sheet.cues.size(), 3U);
  EXPECT_EQ(sheet.cues[0].part, 1);
  EXPECT_EQ(sheet.cues[1].part, 2);
  EXPECT_EQ(sheet.cues[2].number, 3);
}

TEST(CueSheet, ANoteTellsWhatIsUndecided) {
  Spot either = spot(2, 0, 1000);
  either.version_decided = false;
  EXPECT_EQ(sheet_of({part(1, {either})}).cues[0].note, "version undecided");
  either.alternatives = {{SourceId(5), 0.48}, {SourceId(404), 0.3}, {SourceId(7), 0.1}};
  EXPECT_EQ(sheet_of({part(1, {either})}).cues[0].note,
            "version undecided: may also be Snow by Haneul (instrumental), 48 %; "
            "recording 7 by Haneul, 10 %");
  either.version_decided = true;
  EXPECT_THAT(sheet_of({part(1, {either})}).cues[0].note, testing::StartsWith("may also be Snow"));
}

TEST(CueSheet, ARecordingWithoutATitleHasAName) {
  EXPECT_EQ(sheet_of({part(1, {spot(7, 0, 1)})}).cues[0].title, "recording 7");
}

TEST(CueSheet, WhatCannotBeASheet) {
  const auto error = [](const std::vector<SpottedFile>& parts) {
    const auto sheet = make_sheet("", episode(), parts, kRecordings);
    return sheet.has_value() ? Error{Error::Kind::kCancelled, ""} : sheet.error();
  };
  EXPECT_EQ(error({}).kind, Error::Kind::kInvalidArgument);
  SpottedFile other_cut = part(1, {});
  other_cut.file.cut = "export";
  EXPECT_EQ(error({part(1, {}), other_cut}).kind, Error::Kind::kInvalidArgument);
  EXPECT_EQ(error({part(1, {spot(404, 0, 1)})}).kind, Error::Kind::kNotFound);
  EXPECT_THAT(error({part(1, {spot(404, 0, 1)})}).message, HasSubstr("404"));
}

}  // namespace
}  // namespace needledrop
