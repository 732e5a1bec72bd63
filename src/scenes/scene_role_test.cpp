#include "scenes/scene_role.h"

#include <algorithm>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace needledrop {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Milliseconds kHour{3'600'000};

Span seconds(int start, int end) {
  return {Milliseconds(start * 1'000), Milliseconds(end * 1'000)};
}

/// `length` seconds from `start` on that the other episode has at `other_start`.
CommonFootage piece(int start, int length, int other_start, std::int64_t other = 1,
                    std::optional<bool> is_other_earlier = std::nullopt) {
  return {seconds(start, start + length), other, seconds(other_start, other_start + length), kHour,
          is_other_earlier};
}

std::vector<RoleSpan> roles(const std::vector<CommonFootage>& common) {
  return find_roles(common, kHour);
}

TEST(SceneRole, TheSameAtBothBeginningsIsAnOpening) {
  EXPECT_THAT(roles({piece(130, 60, 95)}),
              ElementsAre(RoleSpan{seconds(130, 190), SceneRole::kOpening}));
}

TEST(SceneRole, TheSameAtBothEndsIsAnEnding) {
  EXPECT_THAT(roles({piece(3'500, 60, 3'400)}),
              ElementsAre(RoleSpan{seconds(3'500, 3'560), SceneRole::kEnding}));
}

TEST(SceneRole, WhatIsLeftAtAnEdgeBelongsToIt) {
  EXPECT_THAT(roles({piece(3, 60, 5)}), ElementsAre(RoleSpan{seconds(0, 63), SceneRole::kOpening}));
  EXPECT_THAT(roles({piece(3'500, 96, 3'400)}),
              ElementsAre(RoleSpan{seconds(3'500, 3'600), SceneRole::kEnding}));
}

TEST(SceneRole, PiecesOfAnEarlierEpisodeAtTheBeginningAreARecap) {
  const std::vector<CommonFootage> pieces{
      piece(10, 4, 1'900, 1, true), piece(15, 5, 1'200, 1, true), piece(22, 6, 3'200, 1, true)};
  EXPECT_THAT(roles(pieces), ElementsAre(RoleSpan{seconds(10, 28), SceneRole::kRecap}));
}

TEST(SceneRole, TheEarlierEndShownAgainIsARecap) {
  EXPECT_THAT(roles({piece(10, 40, 3'500, 1, true)}),
              ElementsAre(RoleSpan{seconds(10, 50), SceneRole::kRecap}));
  // Seen from the earlier episode it is the story.
  EXPECT_THAT(roles({piece(3'500, 40, 10, 1, false)}), IsEmpty());
}

TEST(SceneRole, WhatALaterEpisodeRecapitulatesIsTheStory) {
  EXPECT_THAT(roles({piece(100, 4, 10, 1, false), piece(300, 5, 15, 1, false),
                     piece(3'100, 5, 22, 1, false), piece(3'500, 5, 30, 1, false)}),
              IsEmpty());
}

TEST(SceneRole, PiecesOfAnotherEpisodeAtTheEndAreAPreview) {
  const std::vector<CommonFootage> pieces{piece(3'550, 5, 1'900), piece(3'556, 5, 1'200),
                                          piece(3'563, 6, 2'200)};
  EXPECT_THAT(roles(pieces), ElementsAre(RoleSpan{seconds(3'550, 3'569), SceneRole::kPreview}));
}

TEST(SceneRole, AMemoryNearTheEndIsNoPreview) {
  const std::vector<CommonFootage> pieces{piece(3'550, 5, 1'900, 1, true),
                                          piece(3'556, 5, 1'200, 1, true),
                                          piece(3'563, 6, 2'200, 1, true)};
  EXPECT_THAT(roles(pieces), IsEmpty());
}

TEST(SceneRole, OneShotIsTooLittle) {
  EXPECT_THAT(roles({piece(10, 5, 12)}), IsEmpty());
  EXPECT_THAT(roles({piece(10, 5, 12), piece(10, 5, 40, 2)}),
              ElementsAre(RoleSpan{seconds(10, 15), SceneRole::kOpening}));
  EXPECT_THAT(roles({piece(10, 7, 1'900, 1, true)}), IsEmpty());
}

TEST(SceneRole, ARerunIsNoOpening) {
  EXPECT_THAT(roles({piece(0, 580, 0)}), IsEmpty());
}

TEST(SceneRole, OfTwoThatOverlapWhatMoreEpisodesShowCounts) {
  const std::vector<CommonFootage> pieces{piece(10, 20, 1'900, 1, true), piece(31, 5, 200, 1, true),
                                          piece(32, 20, 1'000, 1, true), piece(10, 60, 15, 2),
                                          piece(10, 60, 18, 3)};
  EXPECT_THAT(roles(pieces), ElementsAre(RoleSpan{seconds(10, 70), SceneRole::kOpening}));
}

TEST(SceneRole, TheOrderOfThePiecesDoesNotMatter) {
  std::vector<CommonFootage> pieces{piece(10, 60, 15, 2), piece(3'550, 5, 1'900),
                                    piece(3'556, 5, 1'200), piece(3'563, 6, 2'200),
                                    piece(100, 4, 130, 3)};
  const auto expected = roles(pieces);
  ASSERT_FALSE(expected.empty());
  std::mt19937 random(7);
  for (int i = 0; i < 50; ++i) {
    std::ranges::shuffle(pieces, random);
    EXPECT_EQ(roles(pieces), expected);
  }
}

TEST(SceneRole, MusicWithoutAWordInQuickShotsLooksLikeTitles) {
  std::vector<SceneLook> scenes{{seconds(0, 100), 20, 0.4, true},
                                {seconds(100, 160), 20, 0.95, false},
                                {seconds(160, 3'540), 500, 0.3, true},
                                {seconds(3'540, 3'600), 1, 1.0, false}};
  EXPECT_THAT(roles_by_look(scenes, kHour),
              ElementsAre(RoleSpan{seconds(100, 160), SceneRole::kOpening},
                          RoleSpan{seconds(3'540, 3'600), SceneRole::kEnding}));
  scenes[1].shots = 5;  // a song over a quiet scene
  scenes[3].is_spoken = true;
  EXPECT_THAT(roles_by_look(scenes, kHour), IsEmpty());
  scenes[1] = {seconds(100, 1'600), 900, 0.95, false};
  EXPECT_THAT(roles_by_look(scenes, kHour), IsEmpty());
  EXPECT_THAT(roles_by_look({}, kHour), IsEmpty());
}

TEST(SceneRole, TheEdgesHoldAllThatMayHaveARole) {
  EXPECT_THAT(role_edges(kHour), ElementsAre(seconds(0, 750), seconds(2'850, 3'600)));
  EXPECT_THAT(role_edges(Milliseconds(60'000)), ElementsAre(seconds(0, 60)));
}

TEST(SceneRole, ARoleIsASceneOfItsOwn) {
  const std::vector<Span> suggested{seconds(0, 40), seconds(40, 71), seconds(71, 200)};
  const std::vector<RoleSpan> opening{{seconds(10, 70), SceneRole::kOpening}};
  EXPECT_THAT(with_roles(suggested, opening),
              ElementsAre(seconds(0, 10), seconds(10, 70), seconds(70, 200)));
  EXPECT_EQ(role_of(seconds(10, 70), opening), SceneRole::kOpening);
  EXPECT_EQ(role_of(seconds(0, 10), opening), SceneRole::kStory);
  EXPECT_EQ(role_of(seconds(0, 200), opening), SceneRole::kStory);
}

TEST(SceneRole, RolesSideBySideShareTheirBoundary) {
  const std::vector<Span> suggested{seconds(0, 200)};
  const std::vector<RoleSpan> both{{seconds(0, 30), SceneRole::kRecap},
                                   {seconds(30, 90), SceneRole::kOpening}};
  EXPECT_THAT(with_roles(suggested, both),
              ElementsAre(seconds(0, 30), seconds(30, 90), seconds(90, 200)));
}

TEST(SceneRole, WithoutRolesScenesStayAsTheyAre) {
  const std::vector<Span> suggested{seconds(0, 40), seconds(40, 71), seconds(71, 200)};
  EXPECT_EQ(with_roles(suggested, {}), suggested);
  EXPECT_THAT(with_roles({}, {}), IsEmpty());
}

}  // namespace
}  // namespace needledrop
