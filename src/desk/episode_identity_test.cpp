#include "desk/episode_identity.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(EpisodeIdentity, MarksAreRead) {
  const auto full = episode_named_by_mark("S01E12");
  ASSERT_TRUE(full.has_value());
  EXPECT_EQ(full->season, 1);
  EXPECT_EQ(full->number, 12);
  const auto bare = episode_named_by_mark("12");
  ASSERT_TRUE(bare.has_value());
  EXPECT_EQ(bare->season, std::nullopt);
  EXPECT_EQ(bare->number, 12);
}

TEST(EpisodeIdentity, WhatIsNoMarkIsRefused) {
  for (const char* text : {"never", "", "123456", "Drama S01E02"}) {
    const auto mark = episode_named_by_mark(text);
    ASSERT_FALSE(mark.has_value()) << text;
    EXPECT_EQ(mark.error().kind, Error::Kind::kInvalidArgument);
  }
}

TEST(EpisodeIdentity, DatesMustExist) {
  EXPECT_EQ(read_air_date("2024-02-29").value_or(""), "2024-02-29");
  for (const char* text : {"2023-02-29", "2024-13-01", "2024-1-1", "24-01-01", "2024/01/01", ""}) {
    EXPECT_FALSE(read_air_date(text).has_value()) << text;
  }
}

TEST(EpisodeIdentity, TheNameTellsProductionSeasonAndNumber) {
  const EpisodeIdentity identity = read_identity("x/Winter Harbour S02E03.mkv", {}, {});
  EXPECT_EQ(identity.production, "Winter Harbour");
  EXPECT_EQ(identity.episode.season, 2);
  EXPECT_EQ(identity.episode.number, 3);
  EXPECT_EQ(identity.episode.title, "Winter Harbour S02E03");
}

TEST(EpisodeIdentity, ANameWithoutANumberIsATitle) {
  const EpisodeIdentity identity = read_identity("x/Pilot.mkv", {}, {});
  EXPECT_EQ(identity.production, "");
  EXPECT_EQ(identity.episode.number, std::nullopt);
  EXPECT_EQ(identity.episode.title, "Pilot");
}

TEST(EpisodeIdentity, OverridesStandAboveAll) {
  EpisodeOverrides overrides;
  overrides.production = "Other";
  overrides.number = 9;
  overrides.air_date = "2024-03-09";
  const EpisodeIdentity identity = read_identity("Winter Harbour S02E03.mkv", {}, overrides);
  EXPECT_EQ(identity.production, "Other");
  EXPECT_EQ(identity.episode.season, 2);
  EXPECT_EQ(identity.episode.number, 9);
  EXPECT_EQ(identity.episode.air_date, "2024-03-09");
}

}  // namespace
}  // namespace needledrop
