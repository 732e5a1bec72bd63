#include "spotting/repeat_grouping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace needledrop {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr double kSure = kSureMusicOdds + 1;
constexpr double kDoubtful = kLeastMusicOdds + 0.1;

SourceId id(std::uint32_t number) {
  return SourceId(number);
}

/// Seconds [start, end) of a are those of b from `there` on.
Repeat repeat_of(std::uint32_t a, int start, int end, std::uint32_t b, int there,
                 double odds = kSure, double evidence = 200) {
  const auto tick = [](int seconds) { return seconds * 125 / 2; };
  return {id(a), id(b), {tick(start), tick(end), evidence}, Tick(tick(start) - tick(there)), 0.2,
          1,     odds};
}

class RepeatGroupingTest : public testing::Test {
 protected:
  RepeatGroupingTest() {
    for (std::uint32_t i = 1; i <= 4; ++i)
      outlines_.push_back({id(i), Milliseconds(3'600'000), {}});
  }
  [[nodiscard]] std::vector<Recurrence> group(const std::vector<Repeat>& repeats) const {
    return group_repeats(repeats, outlines_);
  }
  std::vector<EpisodeOutline> outlines_;
};

TEST_F(RepeatGroupingTest, WhatIsAlikeToOneIsAlikeToTheOthers) {
  const auto found = group({repeat_of(1, 600, 640, 2, 900), repeat_of(2, 900, 930, 3, 1'200)});
  ASSERT_THAT(found, SizeIs(1));
  ASSERT_THAT(found[0].places, SizeIs(3));
  EXPECT_EQ(found[0].places[2].episode, id(3));
  EXPECT_EQ(found[0].kind, RecurrenceKind::kMusic);
  for (const RecurrencePlace& place : found[0].places) EXPECT_EQ(place.position, Milliseconds(0));
}

TEST_F(RepeatGroupingTest, PositionsAreThoseOfTheMusic) {
  // Episode 3 begins 20 s into the music, episode 1 at its beginning.
  const auto found =
      group({repeat_of(1, 600, 640, 2, 900), repeat_of(1, 620, 650, 3, 1'200, kSure, 100)});
  ASSERT_THAT(found, SizeIs(1));
  ASSERT_THAT(found[0].places, SizeIs(3));
  EXPECT_EQ(found[0].places[0].position, Milliseconds(0));
  EXPECT_EQ(found[0].places[0].span.length(), Milliseconds(50'000));
  EXPECT_EQ(found[0].places[2].position, Milliseconds(20'000));
}

TEST_F(RepeatGroupingTest, TheOrderInWhichRepeatsComeDoesNotMatter) {
  std::vector<Repeat> repeats = {repeat_of(1, 600, 640, 2, 900), repeat_of(2, 900, 930, 3, 1'200),
                                 repeat_of(1, 50, 80, 4, 700), repeat_of(3, 2'000, 2'030, 4, 60)};
  const auto found = group(repeats);
  std::ranges::reverse(repeats);
  EXPECT_EQ(group(repeats), found);
  EXPECT_THAT(found, SizeIs(3));
}

TEST_F(RepeatGroupingTest, WordsAreNoRecurrenceButFootageIs) {
  Repeat words = repeat_of(1, 600, 610, 2, 900, -3);
  EXPECT_THAT(group({words}), IsEmpty());
  words.likeness = 0.8;
  const auto found = group({words});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].kind, RecurrenceKind::kFootage);
  Repeat recap = repeat_of(1, 3'000, 3'020, 2, 10, -3);
  recap.likeness = 0.8;
  EXPECT_EQ(group({recap}).at(0).kind, RecurrenceKind::kRecap);
}

TEST_F(RepeatGroupingTest, TheSoundOfASceneIsFootageThoughItsWordsAreFew) {
  Repeat scene = repeat_of(1, 600, 640, 2, 900);
  scene.likeness = 0.8;
  EXPECT_EQ(group({scene}).at(0).kind, RecurrenceKind::kMusic) << "the same music, undisturbed";
  scene.music = 0.1;
  EXPECT_EQ(group({scene}).at(0).kind, RecurrenceKind::kFootage);
}

TEST_F(RepeatGroupingTest, ADoubtfulRepeatOnlyAddsToWhatIsSure) {
  EXPECT_THAT(group({repeat_of(1, 600, 640, 2, 900, kDoubtful)}), IsEmpty());
  const auto found =
      group({repeat_of(1, 600, 640, 2, 900), repeat_of(2, 900, 930, 3, 1'200, kDoubtful)});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].places, SizeIs(3));
  // Nor does it unite two.
  EXPECT_THAT(group({repeat_of(1, 600, 640, 2, 900), repeat_of(3, 600, 640, 4, 900),
                     repeat_of(2, 900, 930, 3, 600, kDoubtful)}),
              SizeIs(2));
}

TEST_F(RepeatGroupingTest, ALoopIsOnePlace) {
  outlines_[0].music = {{{Milliseconds(590'000), Milliseconds(700'000)}, 1}};
  EXPECT_THAT(group({repeat_of(1, 640, 660, 1, 600)}), IsEmpty()) << "nothing but music between";
  outlines_[0].music.clear();
  ASSERT_THAT(group({repeat_of(1, 640, 660, 1, 600)}), SizeIs(1));
  // The repeat of a loop's turn with the next one of another episode changes no alignment.
  const auto found = group(
      {repeat_of(1, 600, 660, 2, 900, kSure, 900), repeat_of(1, 600, 640, 2, 920, kSure, 300)});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].places, SizeIs(2));
  EXPECT_EQ(found[0].places[1].span.start, Milliseconds(900'000));
}

TEST(RecurrenceKind, IsToldFromPlaces) {
  std::vector<EpisodeOutline> episodes;
  for (std::uint32_t i = 1; i <= 3; ++i) episodes.push_back({id(i), Milliseconds(3'600'000), {}});
  const auto at = [](std::uint32_t episode, int start, int end) {
    return RecurrencePlace{id(episode), {Milliseconds(start * 1'000), Milliseconds(end * 1'000)}};
  };
  const auto kind = [&](std::vector<RecurrencePlace> places) {
    return kind_of({RecurrenceKind::kMusic, std::move(places), 0}, false, episodes);
  };
  EXPECT_EQ(kind({at(1, 60, 120), at(2, 30, 90)}), RecurrenceKind::kTitle);
  EXPECT_EQ(kind({at(1, 3'500, 3'590), at(2, 3'480, 3'570)}), RecurrenceKind::kEnding);
  EXPECT_EQ(kind({at(1, 60, 120), at(1, 1'000, 1'060)}), RecurrenceKind::kMusic);
  EXPECT_EQ(kind({at(1, 900, 905), at(2, 1'000, 1'005), at(3, 50, 55)}), RecurrenceKind::kJingle);
  EXPECT_EQ(kind({at(1, 60, 120), at(2, 1'000, 1'060), at(3, 2'000, 2'060)}),
            RecurrenceKind::kMusic);
}

}  // namespace
}  // namespace needledrop
