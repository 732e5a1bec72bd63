#include "desk/season_sheet.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(SeasonName, IsAProductionAndASeason) {
  const auto season = read_season_name("AC/DC Story/S01");
  ASSERT_TRUE(season.has_value());
  EXPECT_EQ(season->production, "AC/DC Story");
  EXPECT_EQ(season->number, 1);
  EXPECT_EQ(read_season_name("눈물의 여왕/s12")->number, 12);
}

TEST(SeasonName, IsNothingElse) {
  for (const char* text : {"", "S01", "/S01", "Queen/", "Queen/S", "Queen/S01E02", "Queen/S-1",
                           "Queen/S1x", "Queen/E01", "Queen/S99999999999", "Queen/S 1", "12"}) {
    EXPECT_FALSE(read_season_name(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace needledrop
