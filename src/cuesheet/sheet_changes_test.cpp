#include "cuesheet/sheet_changes.h"

#include <gmock/gmock.h>

#include "cuesheet/test_sheet.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SheetCue cue(std::int64_t id, std::string title, int start, int end) {
  SheetCue result;
  result.cue = id;
  result.number = static_cast<int>(id);
  result.sequence = "1m0" + std::to_string(id);
  result.title = std::move(title);
  result.heard = result.reported = {{Milliseconds(start), Milliseconds(end)}};
  return result;
}

CueSheet sheet() {
  CueSheet result;
  result.header.production = "Queen of Rain";
  result.cues = {cue(1, "Rain", 1000, 9000), cue(2, "Snow", 12'000, 15'000)};
  return result;
}

TEST(SheetChanges, OfTheSameSheetAreNone) {
  EXPECT_THAT(sheet_changes(sheet(), sheet()), IsEmpty());
}

TEST(SheetChanges, TellFieldByFieldWhatIsOtherwise) {
  CueSheet after = sheet();
  after.header.broadcaster = "Sea TV";
  after.cues[0].title = "Rain, again";
  after.cues[0].reported[0].end = Milliseconds(9500);
  after.cues[0].works = {{"RAIN", "", {{"Moon", Role::kComposer, Share{1'000'000}, "", ""}}, {}}};
  EXPECT_THAT(
      sheet_changes(sheet(), after),
      ElementsAre(
          "Broadcaster: nothing is now Sea TV",
          "1m01 'Rain, again': title: Rain is now Rain, again",
          "1m01 'Rain, again': reported time: 00:00:01.000 to 00:00:09.000 is now 00:00:01.000 to "
          "00:00:09.500",
          "1m01 'Rain, again': works and parties: nothing is now 'RAIN', Moon "
          "(composer) 100.00 %"));
}

TEST(SheetChanges, TellWhatCameAndWent) {
  CueSheet after = sheet();
  after.cues[1] = cue(3, "Wind", 12'000, 14'000);
  EXPECT_THAT(sheet_changes(sheet(), after),
              ElementsAre("1m03 'Wind': added, 00:00:12.000 to 00:00:14.000",
                          "1m02 'Snow': removed, 00:00:12.000 to 00:00:15.000"));
}

using Change = void (*)(CueSheet&);

/// Whatever a sheet prints: each fact by itself makes one line.
void expect_a_line_for_each(const std::vector<Change>& changes) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    CueSheet after = test_sheet();
    changes[i](after);
    EXPECT_EQ(sheet_changes(test_sheet(), after).size(), 1U) << i;
    EXPECT_EQ(sheet_changes(after, test_sheet()).size(), 1U) << i;
  }
}

TEST(SheetChanges, NoFactOfTheHeaderIsForgotten) {
  expect_a_line_for_each(
      {[](CueSheet& s) { s.header.production = "x"; },
       [](CueSheet& s) { s.header.also_known_as = {"x"}; },
       [](CueSheet& s) { s.header.episode_title = "x"; },
       [](CueSheet& s) { s.header.season = 9; },
       [](CueSheet& s) { s.header.number = 9; },
       [](CueSheet& s) { s.header.production_number = "x"; },
       [](CueSheet& s) { s.header.type = "x"; },
       [](CueSheet& s) { s.header.country = "x"; },
       [](CueSheet& s) { s.header.year = "x"; },
       [](CueSheet& s) { s.header.production_company = "x"; },
       [](CueSheet& s) { s.header.broadcaster = "x"; },
       [](CueSheet& s) { s.header.first_transmission = "x"; },
       [](CueSheet& s) { s.header.director = "x"; },
       [](CueSheet& s) { s.header.actors = {"x"}; },
       [](CueSheet& s) { s.header.isan = "x"; },
       [](CueSheet& s) { s.header.eidr = "x"; },
       [](CueSheet& s) { s.header.society_number = "x"; },
       [](CueSheet& s) { s.header.cut = "x"; },
       [](CueSheet& s) { s.header.preparer = "x"; },
       [](CueSheet& s) { s.society = "uk"; },
       [](CueSheet& s) { s.share_basis = ShareBasis::kSplit; },
       [](CueSheet& s) { s.state.incomplete = "x"; },
       [](CueSheet& s) { s.programme_duration = Milliseconds(60'000); },
       [](CueSheet& s) { s.music_duration = s.counted_duration = Milliseconds(99'000); },
       [](CueSheet& s) { s.counted_duration = Milliseconds(1'000); },
       [](CueSheet& s) { s.parts[0].file = "x"; },
       [](CueSheet& s) { s.parts[0].duration = Milliseconds(1); }});
}

TEST(SheetChanges, NoFactOfACueIsForgotten) {
  expect_a_line_for_each({[](CueSheet& s) { s.cues[0].sequence = "9m09"; },
                          [](CueSheet& s) { s.cues[0].part = 2; },
                          [](CueSheet& s) { s.cues[0].title = "x"; },
                          [](CueSheet& s) { s.cues[0].artist = "x"; },
                          [](CueSheet& s) { s.cues[0].version = "x"; },
                          [](CueSheet& s) { s.cues[0].heard[0].end += Milliseconds(1); },
                          [](CueSheet& s) { s.cues[0].reported[0].end += Milliseconds(1'000); },
                          [](CueSheet& s) { s.cues[0].function = CueFunction::kLogo; },
                          [](CueSheet& s) { s.cues[0].usage = "x"; },
                          [](CueSheet& s) { s.cues[0].vocal = CueVocal::kMixed; },
                          [](CueSheet& s) { s.cues[0].perception = CuePerception::kHeard; },
                          [](CueSheet& s) { s.cues[0].origin = CueOrigin::kLibrary; },
                          [](CueSheet& s) { s.cues[0].works[0].title = "x"; },
                          [](CueSheet& s) { s.cues[0].works[0].iswc = "x"; },
                          [](CueSheet& s) { s.cues[0].works[0].parties[0].name = "x"; },
                          [](CueSheet& s) { s.cues[0].works[0].parties[0].role = Role::kArranger; },
                          [](CueSheet& s) { s.cues[0].works[0].parties[0].share = Share{1}; },
                          [](CueSheet& s) { s.cues[0].works[0].parties[0].ipi = "x"; },
                          [](CueSheet& s) { s.cues[0].works[0].parties[0].society = "x"; },
                          [](CueSheet& s) { s.cues[0].isrc = "x"; },
                          [](CueSheet& s) { s.cues[0].album = "x"; },
                          [](CueSheet& s) { s.cues[0].label = "x"; },
                          [](CueSheet& s) { s.cues[0].catalogue_number = "x"; },
                          [](CueSheet& s) { s.cues[0].standing = CueStanding::kDetected; },
                          [](CueSheet& s) { s.cues[0].is_short = true; },
                          [](CueSheet& s) { s.cues[0].clearance = Clearance::kExpired; },
                          [](CueSheet& s) { s.cues[0].licence = "x"; },
                          [](CueSheet& s) { s.cues[0].note = "x"; }});
}

}  // namespace
}  // namespace needledrop
