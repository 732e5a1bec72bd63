#include "scenes/shot_list.h"

#include <gtest/gtest.h>

#include "scenes/made_pictures.h"

namespace needledrop {
namespace {

using test::Film;
using test::Place;

TEST(ShotList, shots_go_from_middle_to_middle_without_gaps) {
  Film film;
  film.add_shot(Place(1), 100);
  const std::vector<Transition> transitions{
      {TransitionKind::kCut, Milliseconds(1'000), {Milliseconds(1'000), Milliseconds(1'000)}},
      {TransitionKind::kFade, Milliseconds(2'500), {Milliseconds(2'200), Milliseconds(2'800)}}};
  const auto shots = shots_between(transitions, film.series(), film.now());
  ASSERT_EQ(shots.size(), 3U);
  EXPECT_EQ(shots[0].span, (Span{Milliseconds(0), Milliseconds(1'000)}));
  EXPECT_EQ(shots[1].span, (Span{Milliseconds(1'000), Milliseconds(2'500)}));
  EXPECT_EQ(shots[2].span, (Span{Milliseconds(2'500), Milliseconds(4'000)}));
}

TEST(ShotList, a_still_is_none_of_the_pictures_that_are_mixed) {
  Film film;
  film.add_shot(Place(1), 100);
  const std::vector<Transition> transitions{
      {TransitionKind::kDissolve, Milliseconds(2'000), {Milliseconds(1'500), Milliseconds(2'500)}}};
  const auto shots = shots_between(transitions, film.series(), film.now());
  ASSERT_EQ(shots.size(), 2U);
  EXPECT_LT(shots[0].still, Milliseconds(1'500));
  EXPECT_GE(shots[1].still, Milliseconds(2'500));
}

TEST(ShotList, a_still_is_taken_where_the_camera_rests) {
  Film film;
  const Place place(3);
  film.add_shot(place, 40, 60, 60, 2.5, 0);
  film.add_shot(place, 20, 160, 60);
  film.add_shot(place, 40, 160, 60, -2.5, 0);
  const auto shots = shots_between({}, film.series(), film.now());
  ASSERT_EQ(shots.size(), 1U);
  EXPECT_GE(shots[0].still, Milliseconds(1'600));
  EXPECT_LE(shots[0].still, Milliseconds(2'400));
}

TEST(ShotList, without_pictures_there_are_none) {
  EXPECT_TRUE(shots_between({}, {}, Milliseconds(1'000)).empty());
}

TEST(ShotList, one_picture_is_one_shot) {
  Film film;
  film.add(test::flat(80));
  const auto shots = shots_between({}, film.series(), film.now());
  ASSERT_EQ(shots.size(), 1U);
  EXPECT_EQ(shots[0].still, Milliseconds(0));
}

}  // namespace
}  // namespace needledrop
