#include "desk/located_places.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

Span seconds(int from, int to) {
  return {Milliseconds(from * 1'000), Milliseconds(to * 1'000)};
}

SoundPlace heard(std::uint32_t file, Span span, int episode_start, double evidence = 300) {
  return {SourceId(file), span, Milliseconds(episode_start * 1'000), 1, evidence, 0.8};
}

PicturePlace seen(std::uint32_t file, Span span, int offset, double evidence = 4) {
  FootagePlace place;
  place.span = span;
  place.alignment.offset = Milliseconds(offset * 1'000);
  place.evidence = evidence;
  place.likeness = 0.9;
  return {SourceId(file), place};
}

TEST(LocatedPlaces, WhatBothSayIsOnePlace) {
  const std::vector sound{heard(3, seconds(1, 9), 101)};
  std::vector picture{seen(3, seconds(0, 10), 100)};
  picture[0].place.alignment.framing.mirrored = true;
  const auto places = join_places(sound, picture);
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].by, FoundBy::kBoth);
  EXPECT_EQ(places[0].span, seconds(0, 10));
  EXPECT_EQ(places[0].episode_start, Milliseconds(100'000));
  EXPECT_TRUE(places[0].mirrored);
  EXPECT_GT(places[0].confidence, join_places(sound, {})[0].confidence);
}

TEST(LocatedPlaces, AnotherTimeOrFileIsAnotherPlace) {
  const std::vector sound{heard(3, seconds(0, 10), 100)};
  for (const auto& other : {seen(3, seconds(0, 10), 102), seen(4, seconds(0, 10), 100)}) {
    const auto places = join_places(sound, std::vector{other});
    ASSERT_EQ(places.size(), 2U);
    EXPECT_NE(places[0].by, FoundBy::kBoth);
    EXPECT_NE(places[1].by, FoundBy::kBoth);
  }
}

TEST(LocatedPlaces, OfPicturesTheMostConvincingIsTold) {
  const auto places =
      join_places({}, std::vector{seen(1, seconds(0, 10), 50, 3), seen(2, seconds(0, 10), 70, 4)});
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].file, SourceId(2));
}

TEST(LocatedPlaces, TheSoundTellsShotsApartThatLookAlike) {
  const std::vector sound{heard(1, seconds(0, 10), 50)};
  const auto places = join_places(
      sound, std::vector{seen(1, seconds(0, 10), 50, 3), seen(2, seconds(0, 10), 70, 4)});
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].by, FoundBy::kBoth);
  EXPECT_EQ(places[0].file, SourceId(1));
}

TEST(LocatedPlaces, ARivalAsGoodMakesItAGuess) {
  const std::vector alone{seen(1, seconds(0, 10), 50, 4)};
  const std::vector rivals{alone[0], seen(1, seconds(0, 10), 80, 4)};
  EXPECT_GT(join_places({}, alone)[0].confidence, 0.95);
  EXPECT_LT(join_places({}, rivals)[0].confidence, 0.55);
}

TEST(LocatedPlaces, WhatBothSayLeavesNoRoomForAnotherPicture) {
  const std::vector sound{heard(1, seconds(0, 10), 50)};
  const auto places = join_places(
      sound, std::vector{seen(1, seconds(3, 10), 50, 3), seen(2, seconds(0, 3), 70, 1.5)});
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].by, FoundBy::kBoth);
}

TEST(LocatedPlaces, AnotherMayHaveWhatIsLeft) {
  const auto places =
      join_places({}, std::vector{seen(1, seconds(0, 6), 50, 3), seen(2, seconds(4, 10), 70, 2)});
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].span, seconds(0, 6));
  EXPECT_EQ(places[1].span, seconds(6, 10));
  EXPECT_EQ(places[1].episode_start, Milliseconds(76'000));
}

TEST(LocatedPlaces, WhatLooksLikeNothingMuchIsNotTold) {
  auto weak = seen(1, seconds(0, 10), 50, 0.5);
  EXPECT_TRUE(join_places({}, std::vector{weak}).empty());
  weak.place.evidence = 2;
  weak.place.likeness = 0.5;
  EXPECT_TRUE(join_places({}, std::vector{weak}).empty());
}

}  // namespace
}  // namespace needledrop
