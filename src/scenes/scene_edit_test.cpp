#include "scenes/scene_edit.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

using std::chrono::seconds;

Span span(int from, int to) {
  return {seconds(from), seconds(to)};
}

const std::vector<Span> kSuggested{span(0, 10), span(10, 30), span(30, 60), span(60, 100)};

std::vector<Span> spans_of(const std::vector<Scene>& scenes) {
  std::vector<Span> spans;
  for (const Scene& scene : scenes) spans.push_back(scene.span);
  return spans;
}

TEST(SceneEdit, without_any_the_suggestions_stand) {
  const auto scenes = edited_scenes(kSuggested, {});
  EXPECT_EQ(spans_of(scenes), kSuggested);
  EXPECT_EQ(scenes[3].number, 4);
  EXPECT_FALSE(scenes[0].is_decided);
  EXPECT_TRUE(edited_scenes({}, {}).empty());
}

TEST(SceneEdit, a_split_adds_a_boundary) {
  const auto before = edited_scenes(kSuggested, {});
  const auto edit = split_edit(before, 2, seconds(17));
  ASSERT_TRUE(edit.has_value());
  const auto scenes = edited_scenes(kSuggested, std::span(&*edit, 1));
  EXPECT_EQ(spans_of(scenes),
            (std::vector{span(0, 10), span(10, 17), span(17, 30), span(30, 60), span(60, 100)}));
  EXPECT_TRUE(scenes[1].is_decided);
  EXPECT_TRUE(scenes[2].is_decided);
  EXPECT_FALSE(scenes[3].is_decided);
}

TEST(SceneEdit, a_merge_takes_one_away) {
  const auto edit = merge_edit(edited_scenes(kSuggested, {}), 2);
  ASSERT_TRUE(edit.has_value());
  const auto scenes = edited_scenes(kSuggested, std::span(&*edit, 1));
  EXPECT_EQ(spans_of(scenes), (std::vector{span(0, 10), span(10, 60), span(60, 100)}));
  EXPECT_TRUE(scenes[1].is_decided);
}

TEST(SceneEdit, a_move_may_go_either_way) {
  const auto before = edited_scenes(kSuggested, {});
  for (const int to : {12, 59}) {
    const auto edit = move_edit(before, 2, seconds(to));
    ASSERT_TRUE(edit.has_value());
    EXPECT_EQ(spans_of(edited_scenes(kSuggested, std::span(&*edit, 1))),
              (std::vector{span(0, 10), span(10, to), span(to, 60), span(60, 100)}));
  }
}

TEST(SceneEdit, a_title_follows_its_scene) {
  const auto edit = title_edit(edited_scenes(kSuggested, {}), 3, "The pier");
  ASSERT_TRUE(edit.has_value());
  const std::vector<Span> others{span(0, 9), span(9, 33), span(33, 61), span(61, 100)};
  EXPECT_EQ(edited_scenes(others, std::span(&*edit, 1))[2].title, "The pier");
  // Half of what it named has gone to other scenes: it says nothing of either.
  const std::vector<Span> torn{span(0, 40), span(40, 48), span(48, 100)};
  for (const Scene& scene : edited_scenes(torn, std::span(&*edit, 1))) {
    EXPECT_EQ(scene.title, "");
  }
}

TEST(SceneEdit, of_two_that_contradict_the_later_holds) {
  std::vector<SceneEdit> edits{*merge_edit(edited_scenes(kSuggested, {}), 2)};
  edits.push_back(*split_edit(edited_scenes(kSuggested, edits), 2, seconds(20)));
  EXPECT_EQ(spans_of(edited_scenes(kSuggested, edits)),
            (std::vector{span(0, 10), span(10, 20), span(20, 60), span(60, 100)}));
  edits.push_back(*merge_edit(edited_scenes(kSuggested, edits), 2));
  EXPECT_EQ(spans_of(edited_scenes(kSuggested, edits)),
            (std::vector{span(0, 10), span(10, 60), span(60, 100)}));
}

TEST(SceneEdit, what_is_not_there_can_not_be_edited) {
  const auto scenes = edited_scenes(kSuggested, {});
  EXPECT_FALSE(split_edit(scenes, 0, seconds(5)).has_value());
  EXPECT_FALSE(split_edit(scenes, 5, seconds(99)).has_value());
  EXPECT_FALSE(split_edit(scenes, 2, seconds(10)).has_value());
  EXPECT_FALSE(split_edit(scenes, 2, seconds(30)).has_value());
  EXPECT_FALSE(merge_edit(scenes, 4).has_value());
  EXPECT_FALSE(move_edit(scenes, 4, seconds(70)).has_value());
  EXPECT_FALSE(move_edit(scenes, 2, seconds(60)).has_value());
  EXPECT_FALSE(title_edit(scenes, 9, "x").has_value());
}

TEST(SceneEdit, kinds_have_names_that_read_back) {
  for (const auto kind :
       {SceneEdit::Kind::kBoundary, SceneEdit::Kind::kJoin, SceneEdit::Kind::kTitle}) {
    EXPECT_EQ(scene_edit_kind(to_string(kind)), kind);
  }
  EXPECT_FALSE(scene_edit_kind("other").has_value());
}

/// Scenes of 5 to 30 s up to 300 s.
std::vector<Span> any_suggestion(std::mt19937& random) {
  std::vector<Span> scenes;
  for (int at = 0; at < 300;) {
    const int end = std::min(at + std::uniform_int_distribution(5, 30)(random), 300);
    scenes.push_back(span(at, end));
    at = end;
  }
  return scenes;
}

TEST(SceneEdit, no_other_suggestion_undoes_what_was_decided) {
  constexpr unsigned kSeed = 20261121;
  std::mt19937 random(kSeed);
  for (int trial = 0; trial < 500; ++trial) {
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", trial " << trial);
    const auto suggested = any_suggestion(random);
    std::vector<SceneEdit> edits;
    for (int i = 0; i < 6; ++i) {
      const auto scenes = edited_scenes(suggested, edits);
      const int number = std::uniform_int_distribution(1, static_cast<int>(scenes.size()))(random);
      const Span& scene = scenes[static_cast<std::size_t>(number) - 1].span;
      const auto at = scene.start + scene.length() / 3;
      const auto edit = i % 3 == 0   ? split_edit(scenes, number, at)
                        : i % 3 == 1 ? merge_edit(scenes, number)
                                     : move_edit(scenes, number, at);
      if (edit.has_value()) edits.push_back(*edit);
    }
    const auto first = edited_scenes(suggested, edits);
    const auto second = edited_scenes(any_suggestion(random), edits);
    // Every boundary that stands by decision stands in both, and inside what was last joined or
    // moved there is none in either but those.
    for (const auto& [one, other] : {std::pair(&first, &second), std::pair(&second, &first)}) {
      for (std::size_t e = 0; e < edits.size(); ++e) {
        if (edits[e].kind != SceneEdit::Kind::kBoundary) continue;
        const auto has = [&](const std::vector<Scene>& scenes) {
          return std::ranges::any_of(
              scenes, [&](const Scene& scene) { return scene.span.start == edits[e].at; });
        };
        EXPECT_EQ(has(*one), has(*other));
      }
      const SceneEdit& last = edits.back();
      for (const Scene& scene : *other) {
        const bool is_inside =
            scene.span.start > last.span.start && scene.span.start < last.span.end;
        EXPECT_TRUE(!is_inside || scene.span.start == last.at);
      }
    }
  }
}

}  // namespace
}  // namespace needledrop
