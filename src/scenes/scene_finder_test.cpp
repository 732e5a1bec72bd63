#include "scenes/scene_finder.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "scenes/made_pictures.h"
#include "scenes/scene_boundary.h"
#include "scenes/shot_list.h"

namespace needledrop {
namespace {

using std::chrono::seconds;
using test::Film;
using test::Place;

/// A film whose shots are known, with the sound that belongs to it.
struct Made {
  PictureSeries series;
  std::vector<Transition> transitions;
  std::vector<Shot> shots;
  SoundSeries sound;

  [[nodiscard]] Story story(std::span<const Span> dialogue = {}) const {
    return {series, transitions, shots, sound, dialogue};
  }
};

/// Places one after the other, 4 s each; what is heard in each second is `sounds[second]`.
Made made(const std::vector<std::uint32_t>& places, const std::vector<float>& sounds) {
  Film film;
  Made result;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Milliseconds now = film.now();
    if (i > 0) result.transitions.push_back({TransitionKind::kCut, now, {now, now}});
    film.add_shot(Place(places[i]), 100);
  }
  result.series = film.series();
  result.shots = shots_between(result.transitions, result.series, film.now());
  result.sound.step = seconds(1);
  for (const float sound : sounds) {
    result.sound.entries.emplace_back();
    result.sound.entries.back().fill(sound);
  }
  return result;
}

std::vector<float> two_sounds(std::size_t first, std::size_t second) {
  std::vector<float> sounds(first, 10.0F);
  sounds.resize(first + second, 40.0F);
  // Some variation of its own, by which a change is judged.
  for (std::size_t i = 0; i < sounds.size(); ++i) sounds[i] += static_cast<float>(i % 3);
  return sounds;
}

TEST(SceneFinder, two_people_shown_by_turns_are_one_scene) {
  // A B A B A B, then C D C D C D.
  const std::vector<std::uint32_t> places{1, 2, 1, 2, 1, 2, 1, 2, 5, 6, 5, 6, 5, 6, 5, 6};
  const Made film = made(places, two_sounds(32, 32));
  const auto scenes = find_scenes(film.story());
  ASSERT_EQ(scenes.size(), 2U);
  EXPECT_EQ(scenes[0], (Span{seconds(0), seconds(32)}));
  EXPECT_EQ(scenes[1], (Span{seconds(32), seconds(64)}));
}

TEST(SceneFinder, a_montage_is_not_cut_up) {
  std::vector<std::uint32_t> places{1, 2, 1, 2, 1, 2};
  for (std::uint32_t place = 11; place < 23; ++place) places.push_back(place);
  const Made film = made(places, two_sounds(24, 48));
  EXPECT_LE(find_scenes(film.story()).size(), 4U);
}

TEST(SceneFinder, scenes_are_whole_shots_without_gaps) {
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    test::Random random(seed);
    std::vector<std::uint32_t> places;
    for (int i = 0; i < 20; ++i) places.push_back(static_cast<std::uint32_t>(random.below(6)));
    const Made film = made(places, two_sounds(40, 40));
    const auto scenes = find_scenes(film.story());
    ASSERT_FALSE(scenes.empty());
    EXPECT_EQ(scenes.front().start, film.shots.front().span.start);
    EXPECT_EQ(scenes.back().end, film.shots.back().span.end);
    for (std::size_t i = 0; i < scenes.size(); ++i) {
      EXPECT_EQ(scenes[i].start, i == 0 ? film.shots.front().span.start : scenes[i - 1].end);
      EXPECT_TRUE(std::ranges::any_of(
          film.shots, [&](const Shot& shot) { return shot.span.start == scenes[i].start; }));
    }
  }
}

TEST(SceneFinder, does_without_sound_and_without_shots) {
  const Made film = made({1, 2, 1, 2}, {});
  EXPECT_FALSE(find_scenes(film.story()).empty());
  const Made nothing;
  EXPECT_TRUE(find_scenes(nothing.story()).empty());
}

TEST(BoundaryEvidence, what_comes_back_is_not_new) {
  const Made film = made({1, 2, 1, 2, 7, 8}, {});
  const auto evidence = boundary_evidence(film.story());
  ASSERT_EQ(evidence.size(), 5U);
  EXPECT_LT(evidence[1].seen_new, 0.2);
  EXPECT_GT(evidence[3].seen_new, evidence[1].seen_new + 0.1);
}

TEST(BoundaryEvidence, a_pause_is_counted_up_to_where_somebody_speaks) {
  const Made film = made({1, 2, 3}, {});
  const std::vector<Span> dialogue{{seconds(1), seconds(3)}, {seconds(6), seconds(9)}};
  const auto evidence = boundary_evidence(film.story(dialogue));
  ASSERT_EQ(evidence.size(), 2U);
  EXPECT_DOUBLE_EQ(evidence[0].pause, 1 + 2);  // at 4 s
  EXPECT_DOUBLE_EQ(evidence[1].pause, 0);      // at 8 s, in the middle of a line
  for (const auto& each : boundary_evidence(film.story())) EXPECT_DOUBLE_EQ(each.pause, 0);
}

}  // namespace
}  // namespace needledrop
