#include "cuesheet/sheet_maker.h"

#include <gmock/gmock.h>

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr SourceId kSong(9);

Cue cue(std::int64_t id, int start, int end, SourceId recording = kSong) {
  Cue result;
  result.id = id;
  result.recording = recording;
  result.spans = {{Milliseconds(start), Milliseconds(end)}};
  return result;
}

SheetMaterial::Part part(int number, std::vector<Cue> cues) {
  SheetMaterial::Part result;
  result.part.part = number;
  result.part.duration = Milliseconds(60'000);
  result.cues = std::move(cues);
  return result;
}

SheetMaterial material(std::vector<SheetMaterial::Part> parts) {
  SheetMaterial result;
  result.header.production = "Queen of Rain";
  result.parts = std::move(parts);
  CueMusic song;
  song.title = "Rain";
  song.artist = "Haneul";
  song.works = {
      {"RAIN", "T0345246801", {{"Moon Sea", Role::kComposer, Share{500'000}, "", ""}}, {}}};
  result.recordings[kSong] = song;
  result.recordings[SourceId(7)] = {};
  result.works[3] = {"Snow (Theme)", "", {}, {}};
  return result;
}

CueSheet sheet_of(const SheetMaterial& of) {
  auto sheet = make_sheet(of);
  EXPECT_TRUE(sheet.has_value());
  return sheet.value_or(CueSheet{});
}

TEST(CueSheet, ACueTellsWhatTheCatalogueKnowsOfItsMusic) {
  const CueSheet sheet = sheet_of(material({part(1, {cue(5, 1000, 5500)})}));
  EXPECT_EQ(sheet.header.production, "Queen of Rain");
  ASSERT_EQ(sheet.cues.size(), 1U);
  const SheetCue& made = sheet.cues[0];
  EXPECT_EQ(made.number, 1);
  EXPECT_EQ(made.cue, 5);
  EXPECT_EQ(made.title, "Rain");
  EXPECT_EQ(made.artist, "Haneul");
  ASSERT_EQ(made.works.size(), 1U);
  EXPECT_EQ(made.works[0].title, "RAIN");
  EXPECT_EQ(extent(made), (Span{Milliseconds(1000), Milliseconds(5500)}));
}

TEST(CueSheet, WhatAPersonSaysGoesBeforeTheTags) {
  Cue decided = cue(5, 0, 1000);
  decided.title = "Rain, again";
  decided.artist = "Haneul and the Band";
  decided.work = 3;
  const CueSheet sheet = sheet_of(material({part(1, {decided})}));
  EXPECT_EQ(sheet.cues[0].title, "Rain, again");
  EXPECT_EQ(sheet.cues[0].artist, "Haneul and the Band");
  EXPECT_EQ(sheet.cues[0].works[0].title, "Snow (Theme)");
}

TEST(CueSheet, MusicWithoutATitleHasAName) {
  const CueSheet sheet =
      sheet_of(material({part(1, {cue(1, 0, 1000, SourceId(7)), cue(2, 2000, 3000, SourceId(404)),
                                  cue(3, 4000, 5000, SourceId())})}));
  EXPECT_EQ(sheet.cues[0].title, "recording 7");
  EXPECT_EQ(sheet.cues[1].title, "recording 404");
  EXPECT_EQ(sheet.cues[2].title, "untitled");
}

TEST(CueSheet, CuesAreInOrderOfPartAndTimeThenOfIds) {
  const CueSheet sheet = sheet_of(material(
      {part(1, {cue(4, 500, 900), cue(3, 500, 900), cue(9, 0, 10)}), part(2, {cue(1, 0, 10)})}));
  std::vector<std::int64_t> ids;
  for (const SheetCue& made : sheet.cues) ids.push_back(made.cue);
  EXPECT_THAT(ids, ElementsAre(9, 3, 4, 1));
  EXPECT_EQ(sheet.cues[3].number, 4);
  EXPECT_EQ(sheet.cues[3].part, 2);
  EXPECT_EQ(sheet.programme_duration, Milliseconds(120'000));
}

TEST(CueSheet, HasTheCodesOfASociety) {
  SheetMaterial of = material({part(1, {cue(1, 0, 1000)})});
  of.parts[0].cues[0].function = CueFunction::kOpeningTheme;
  EXPECT_THAT(sheet_of(of).cues[0].usage, IsEmpty());
  of.society = find_society("us");
  const CueSheet sheet = sheet_of(of);
  EXPECT_EQ(sheet.society, "us");
  EXPECT_EQ(sheet.cues[0].usage, "MT");
}

TEST(CueSheet, ReportedTimesAreApartRoundedAndAddUp) {
  const CueSheet sheet = sheet_of(material({part(1, {cue(1, 1400, 20'600), cue(2, 5600, 9400)})}));
  EXPECT_THAT(sheet.cues[0].reported, ElementsAre(Span{Milliseconds(1000), Milliseconds(6000)},
                                                  Span{Milliseconds(9000), Milliseconds(21'000)}));
  EXPECT_THAT(sheet.cues[1].reported, ElementsAre(Span{Milliseconds(6000), Milliseconds(9000)}));
  EXPECT_EQ(sheet.music_duration, Milliseconds(20'000));
  EXPECT_EQ(sheet.cues[0].sequence, "1m01");
  EXPECT_EQ(sheet.cues[1].sequence, "1m02");
}

TEST(CueSheet, WhatASocietyDoesNotCountIsMarked) {
  SheetMaterial of = material({part(1, {cue(1, 0, 4000), cue(2, 10'000, 20'000)})});
  of.society = find_society("komca");
  const CueSheet sheet = sheet_of(of);
  EXPECT_TRUE(sheet.cues[0].is_short);
  EXPECT_FALSE(sheet.cues[1].is_short);
}

TEST(CueSheet, IsOfAtLeastOnePart) {
  EXPECT_EQ(make_sheet(material({})).error().kind, Error::Kind::kInvalidArgument);
}

}  // namespace
}  // namespace needledrop
