#include "cuesheet/sheet_comparison.h"

#include <gmock/gmock.h>

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr int kSecond = 1000;

ReadCue filed(std::string title, std::optional<int> start, std::optional<int> end,
              std::optional<int> length = std::nullopt) {
  const auto time = [](std::optional<int> seconds) {
    return seconds.has_value() ? std::optional(Milliseconds(*seconds * kSecond)) : std::nullopt;
  };
  ReadCue cue;
  cue.title = std::move(title);
  cue.start = time(start);
  cue.end = time(end);
  cue.duration = time(length);
  return cue;
}

SheetCue heard(std::string title, int start, int end, std::optional<int> part = std::nullopt) {
  SheetCue cue;
  cue.title = std::move(title);
  cue.heard = cue.reported = {{Milliseconds(start * kSecond), Milliseconds(end * kSecond)}};
  cue.part = part;
  return cue;
}

CueSheet sheet(std::vector<SheetCue> cues) {
  CueSheet result;
  result.parts.emplace_back().duration = Milliseconds(600 * kSecond);
  result.cues = std::move(cues);
  return result;
}

std::vector<std::string> results(const std::vector<ReadCue>& of_filed, const CueSheet& of_heard) {
  std::vector<std::string> all;
  for (const ComparedUse& use : compare_uses(of_filed, of_heard)) {
    all.push_back(std::string(to_string(use.difference)) +
                  (use.remark.empty() ? "" : ": " + use.remark));
  }
  return all;
}

TEST(SheetComparison, WhatAgreesAgrees) {
  EXPECT_THAT(results({filed("Rain", 10, 40)}, sheet({heard("RAIN (Inst.)", 11, 41)})),
              ElementsAre("agrees"));
}

TEST(SheetComparison, TellsHowTimesDiffer) {
  EXPECT_THAT(results({filed("Rain", 10, 40)}, sheet({heard("Rain", 5, 43)})),
              ElementsAre("times differ: begins 0:05 earlier, ends 0:03 later"));
}

TEST(SheetComparison, FindsWhatIsMissingAndWhatWasNotHeard) {
  EXPECT_THAT(results({filed("Rain", 10, 40), filed("Wind", 300, 320)},
                      sheet({heard("Rain", 10, 40), heard("Snow", 100, 130)})),
              ElementsAre("agrees", "missing", "not heard"));
}

TEST(SheetComparison, AnotherTitleAtTheSameTimeIsRenamedMusic) {
  EXPECT_THAT(results({filed("Love Theme", 10, 40)}, sheet({heard("Rain", 10, 40)})),
              ElementsAre("title differs"));
  SheetCue registered = heard("Rain", 10, 40);
  registered.works = {{"Love Theme", "", {}, {}}};
  EXPECT_THAT(results({filed("Love Theme", 10, 40)}, sheet({registered})), ElementsAre("agrees"));
}

TEST(SheetComparison, AnotherTitleWithinALongerUseIsNotThatUse) {
  EXPECT_THAT(results({filed("Wind", 20, 25)}, sheet({heard("Rain", 10, 40)})),
              ElementsAre("missing", "not heard"));
}

TEST(SheetComparison, OfTwoAtOneTimeTheOneOfItsTitleIsMeant) {
  EXPECT_THAT(results({filed("Rain", 10, 40), filed("Snow", 12, 38)},
                      sheet({heard("Snow", 10, 40), heard("Rain", 12, 38)})),
              ElementsAre("agrees", "agrees"));
}

TEST(SheetComparison, WithoutTimesTitlesAndLengthsAreCompared) {
  EXPECT_THAT(results({filed("Rain", {}, {}, 30), filed("Rain", {}, {}, 10)},
                      sheet({heard("Rain", 10, 40), heard("Rain", 100, 130)})),
              ElementsAre("agrees", "times differ: 0:20 longer"));
}

TEST(SheetComparison, WithAStartAloneTheUseThatBeginsThereIsMeant) {
  EXPECT_THAT(
      results({filed("Rain", 101, {})}, sheet({heard("Rain", 10, 40), heard("Rain", 100, 130)})),
      ElementsAre("missing", "agrees"));
  EXPECT_THAT(results({filed("Rain", 90, {})}, sheet({heard("Rain", 100, 130)})),
              ElementsAre("times differ: begins 0:10 later"));
}

TEST(SheetComparison, WhatIsReportedIsAsGoodAsWhatIsHeard) {
  SheetCue carved = heard("Rain", 10, 40);
  carved.reported[0].end = Milliseconds(30 * kSecond);
  EXPECT_THAT(results({filed("Rain", 10, 30)}, sheet({carved})), ElementsAre("agrees"));
  EXPECT_THAT(results({filed("Rain", 10, 40)}, sheet({carved})), ElementsAre("agrees"));
}

TEST(SheetComparison, OurOwnMarkersHaveTheirNumberBeforeTheTitle) {
  EXPECT_THAT(results({filed("1m01 Rain", 10, 40), filed("2m12s Snow", 50, 60)},
                      sheet({heard("Rain", 10, 40), heard("Snow", 50, 60)})),
              ElementsAre("agrees", "agrees"));
}

TEST(SheetComparison, PartsFollowOneAnother) {
  CueSheet parts = sheet({heard("Rain", 10, 40, 2)});
  parts.parts[0].part = 1;
  parts.parts.emplace_back().part = 2;
  EXPECT_THAT(results({filed("Rain", 610, 640)}, parts), ElementsAre("agrees"));
}

TEST(SheetComparison, IsATableAndADocument) {
  SheetComparison comparison{
      "filed.csv", {filed("=Rain", 10, 40, 30)}, sheet({heard("Snow", 100, 130)}), {}};
  comparison.uses = compare_uses(comparison.filed, comparison.sheet);
  EXPECT_THAT(
      comparison_rows(comparison),
      ElementsAre(ElementsAre("not heard", "=Rain", "0:10", "0:40", "0:30", "", "", "", "", ""),
                  ElementsAre("missing", "", "", "", "", "Snow", "1:40", "2:10", "0:30", "")));
  EXPECT_THAT(comparison_csv(comparison), HasSubstr("not heard,'=Rain,0:10,"));
  const auto workbook = comparison_xlsx(comparison, std::chrono::sys_seconds{});
  ASSERT_TRUE(workbook.has_value());
  EXPECT_THAT(*workbook, testing::StartsWith("PK"));
}

}  // namespace
}  // namespace needledrop
