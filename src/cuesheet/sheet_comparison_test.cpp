#include "cuesheet/sheet_comparison.h"

#include <random>

#include <gmock/gmock.h>

#include "cuesheet/line_text.h"
#include "cuesheet/sheet_export.h"
#include "cuesheet/sheet_maker.h"

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
  const auto uses = compare_uses(of_filed, of_heard);
  EXPECT_TRUE(uses.has_value()) << uses.error().message;
  for (const ComparedUse& use : uses.value_or(std::vector<ComparedUse>())) {
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

TEST(SheetComparison, TimesOfAPartCountFromItsStart) {
  CueSheet parts = sheet({heard("Rain", 10, 40, 2)});
  parts.parts[0].part = 1;
  parts.parts.emplace_back().part = 2;
  ReadCue cue = filed("Rain", 10, 40);
  cue.part = 2;
  EXPECT_THAT(results({cue}, parts), ElementsAre("agrees"));
  cue.part = 1;
  EXPECT_THAT(results({cue}, parts), ElementsAre("not heard", "missing"));
}

SheetCue of_spans(std::string title, const std::vector<std::pair<int, int>>& spans) {
  SheetCue cue = heard(std::move(title), 0, 1);
  cue.heard.clear();
  for (const auto& [start, end] : spans) {
    cue.heard.push_back({Milliseconds(start * kSecond), Milliseconds(end * kSecond)});
  }
  cue.reported = cue.heard;
  return cue;
}

TEST(SheetComparison, AUseOfSeveralSpansMayStandInOneLineOrInALineForEach) {
  const CueSheet of = sheet({of_spans("Rain", {{10, 20}, {50, 60}})});
  EXPECT_THAT(results({filed("Rain", 10, 60)}, of), ElementsAre("agrees"));
  EXPECT_THAT(results({filed("Rain", 10, 20), filed("Rain", 50, 60)}, of),
              ElementsAre("agrees", "agrees"));
  EXPECT_THAT(results({filed("Rain", 10, 20)}, of), ElementsAre("agrees", "missing"));
  EXPECT_THAT(results({filed("Rain", 50, 64)}, of),
              ElementsAre("missing", "times differ: ends 0:04 earlier"));
  ReadCue both = filed("Rain", 10, 60, 20);
  both.spans = of.cues[0].heard;
  EXPECT_THAT(results({both}, of), ElementsAre("agrees"));
}

TEST(SheetComparison, AMissingSpanIsShownWhereItIs) {
  const auto uses = compare_uses(std::vector{filed("Rain", 10, 20)},
                                 sheet({of_spans("Rain", {{10, 20}, {50, 65}})}));
  ASSERT_EQ(uses->size(), 2U);
  EXPECT_EQ((*uses)[1].heard_at, (Span{Milliseconds(50'000), Milliseconds(65'000)}));
  EXPECT_EQ((*uses)[1].heard_length, Milliseconds(15'000));
}

TEST(SheetComparison, TitlesAreKnownAgainInAscii) {
  EXPECT_THAT(results({filed("1m01 " + on_one_ascii_line("눈물의 여왕"), 10, 40)},
                      sheet({heard("눈물의 여왕", 10, 40)})),
              ElementsAre("agrees"));
}

TEST(SheetComparison, LinesThatMayMeanAnythingAreBounded) {
  const std::vector<ReadCue> lines(2'000, filed("Rain", {}, {}));
  std::vector<SheetCue> uses;
  uses.reserve(100);
  for (int i = 0; i < 100; ++i) uses.push_back(heard("Rain", i * 5, i * 5 + 4));
  const auto compared = compare_uses(lines, sheet(uses));
  ASSERT_FALSE(compared.has_value());
  EXPECT_EQ(compared.error().kind, Error::Kind::kInvalidArgument);
  EXPECT_THAT(compared.error().message, HasSubstr("100000 ways"));
}

/// A sheet of two parts, with cues that overlap and some of several spans.
CueSheet random_sheet(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto pick = [&random](int most) { return static_cast<int>(random() % most); };
  SheetMaterial material;
  int number = 0;
  for (int part = 1; part <= 2; ++part) {
    SheetMaterial::Part& of_part = material.parts.emplace_back();
    of_part.part.part = part;
    of_part.part.duration = Milliseconds(600'000);
    for (int i = 0; i < 1 + pick(8); ++i) {
      Cue& cue = of_part.cues.emplace_back();
      cue.id = ++number;
      cue.title = "곡 " + std::to_string(number);
      int at = pick(500'000);
      for (int spans = 1 + pick(3); spans > 0; --spans) {
        const int end = at + 4'000 + pick(20'000);
        cue.spans.push_back({Milliseconds(at), Milliseconds(end)});
        at = end + 4'000 + pick(8'000);
      }
    }
  }
  CueSheet made = *make_sheet(material);
  std::erase_if(made.cues, [](const SheetCue& cue) { return cue.reported.empty(); });
  return made;
}

TEST(SheetComparison, OurOwnExportsAgreeWithTheirSheet) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const CueSheet of = random_sheet(seed);
    for (const SheetFormat format :
         {SheetFormat::kCsv, SheetFormat::kCsvWide, SheetFormat::kXlsx}) {
      const auto exported = export_sheet(of, format, {});
      const auto read = read_sheet(exported->bytes, {});
      ASSERT_TRUE(read.has_value()) << read.error().message;
      ASSERT_EQ(read->cues.size(), of.cues.size());
      for (const std::string& result : results(read->cues, of)) {
        EXPECT_EQ(result, "agrees") << traits_of(format).name;
      }
    }
  }
}

}  // namespace
}  // namespace needledrop
