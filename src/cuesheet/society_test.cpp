#include "cuesheet/society.h"

#include <set>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

Cue use(CueFunction function, CueVocal vocal = CueVocal::kUnknown,
        CuePerception perception = CuePerception::kUnknown) {
  Cue cue;
  cue.function = function;
  cue.vocal = vocal;
  cue.perception = perception;
  return cue;
}

std::string_view code(std::string_view society, const Cue& cue) {
  return usage_code(*find_society(society), cue);
}

TEST(Society, AmericanCodesTellVoicesAndWhoHearsThem) {
  using enum CueFunction;
  EXPECT_EQ(code("us", use(kOpeningTheme)), "MT");
  EXPECT_EQ(code("us", use(kClosingTheme, CueVocal::kVocal)), "ET");
  EXPECT_EQ(code("us", use(kLogo)), "EE");
  EXPECT_EQ(code("us", use(kBackground, CueVocal::kVocal)), "BV");
  EXPECT_EQ(code("us", use(kBackground, CueVocal::kInstrumental)), "BI");
  EXPECT_EQ(code("us", use(kFeatured, CueVocal::kVocal)), "FV");
  EXPECT_EQ(code("us", use(kFeatured, CueVocal::kVocal, CuePerception::kPerformed)), "VV");
  EXPECT_EQ(code("us", use(kBackground, CueVocal::kInstrumental, CuePerception::kHeard)), "VS");
}

TEST(Society, HasNoCodeWhileWhatItDependsOnIsUnknown) {
  EXPECT_EQ(code("us", use(CueFunction::kBackground)), "");
  EXPECT_EQ(code("us", use(CueFunction::kFeatured, CueVocal::kUnknown, CuePerception::kPerformed)),
            "");
}

TEST(Society, InAustraliaMusicUnderARecapIsBackgroundWhoeverHearsIt) {
  EXPECT_EQ(code("apra", use(CueFunction::kTrailer, CueVocal::kVocal, CuePerception::kHeard)),
            "Background");
  EXPECT_EQ(code("apra", use(CueFunction::kClosingTheme)), "Theme");
  EXPECT_EQ(code("apra", use(CueFunction::kBackground, CueVocal::kVocal, CuePerception::kHeard)),
            "Featured");
}

TEST(Society, KoreaCountsFromFiveSecondsOn) {
  EXPECT_EQ(find_society("komca")->minimum, Milliseconds(5'000));
  EXPECT_EQ(code("komca", use(CueFunction::kBumper)), "Signal");
}

TEST(Society, NamesAreDifferentAndSorted) {
  std::set<std::string_view> names;
  for (const Society& society : societies()) {
    EXPECT_TRUE(names.insert(society.name).second);
    EXPECT_EQ(society.name, *names.rbegin());
    EXPECT_EQ(find_society(society.name), &society);
  }
  EXPECT_EQ(find_society("nowhere"), nullptr);
}

}  // namespace
}  // namespace needledrop
