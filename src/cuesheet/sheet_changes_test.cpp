#include "cuesheet/sheet_changes.h"

#include <gmock/gmock.h>

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
          "broadcaster: nothing is now Sea TV",
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

}  // namespace
}  // namespace needledrop
