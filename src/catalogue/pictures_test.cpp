#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::SizeIs;

constexpr std::string_view kNow = "2026-11-21T10:00:00Z";

class PicturesTest : public CatalogueFixture {
 protected:
  PicturesTest() : catalogue_(open()) {
    EpisodeFile file;
    file.id = value_of(catalogue_.reserve_sources(1)).front();
    file.path = "/tv/e1.mkv";
    file.digest = digest_of(1);
    file.duration = seconds(100);
    needledrop::Run run;
    run.at = std::string(kNow);
    run.catalogue_state = value_of(catalogue_.recordings_state());
    episode_ = value_of(catalogue_.store_run({}, file, run));
    file_ = file.id;
  }

  [[nodiscard]] SeenPicture picture() const {
    SeenPicture picture;
    picture.file = file_;
    picture.depth = PictureDepth::kExact;
    picture.duration = seconds(100);
    picture.transitions = {{TransitionKind::kCut, seconds(10), {seconds(10), seconds(10)}},
                           {TransitionKind::kDissolve, seconds(31), {seconds(30), seconds(32)}},
                           {TransitionKind::kFade, seconds(62), {seconds(60), seconds(64)}}};
    picture.shots = {{{seconds(0), seconds(10)}, seconds(4)},
                     {{seconds(10), seconds(31)}, seconds(20)},
                     {{seconds(31), seconds(62)}, seconds(40)},
                     {{seconds(62), seconds(100)}, seconds(80)}};
    picture.scenes = {{seconds(0), seconds(31)}, {seconds(31), seconds(100)}};
    return picture;
  }

  Catalogue catalogue_;
  std::int64_t episode_ = 0;
  SourceId file_;
};

SceneEdit title(std::string text) {
  return {SceneEdit::Kind::kTitle, {}, {seconds(0), seconds(31)}, std::move(text)};
}

TEST_F(PicturesTest, comes_back_as_it_was_stored) {
  const SeenPicture stored = picture();
  EXPECT_FALSE(value_of(catalogue_.picture_of(file_)).has_value());
  EXPECT_DONE(catalogue_.store_picture(stored));
  const auto read = value_of(catalogue_.picture_of(file_));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->depth, stored.depth);
  EXPECT_EQ(read->duration, stored.duration);
  EXPECT_EQ(read->transitions, stored.transitions);
  ASSERT_THAT(read->shots, SizeIs(4));
  EXPECT_EQ(read->shots[2].span, stored.shots[2].span);
  EXPECT_EQ(read->shots[2].still, stored.shots[2].still);
  EXPECT_EQ(read->scenes, stored.scenes);
}

TEST_F(PicturesTest, another_look_replaces_the_one_before) {
  EXPECT_DONE(catalogue_.store_picture(picture()));
  SeenPicture second = picture();
  second.depth = PictureDepth::kFast;
  second.transitions.resize(1);
  second.shots.resize(2);
  second.scenes.resize(1);
  EXPECT_DONE(catalogue_.store_picture(second));
  const auto read = value_of(catalogue_.picture_of(file_));
  EXPECT_EQ(read->depth, PictureDepth::kFast);
  EXPECT_EQ(read->transitions, second.transitions);
  EXPECT_THAT(read->shots, SizeIs(2));
  EXPECT_EQ(read->scenes, second.scenes);
}

TEST_F(PicturesTest, is_of_a_file_that_exists) {
  SeenPicture stray = picture();
  stray.file = SourceId(99);
  EXPECT_EQ(error_of(catalogue_.store_picture(stray)).kind, Error::Kind::kNotFound);
  EXPECT_EQ(error_of(catalogue_.add_scene_edit(SourceId(99), title("x"), kNow)).kind,
            Error::Kind::kNotFound);
}

TEST_F(PicturesTest, goes_with_its_episode) {
  EXPECT_DONE(catalogue_.store_picture(picture()));
  EXPECT_DONE(catalogue_.add_scene_edit(file_, title("x"), kNow));
  EXPECT_DONE(catalogue_.remove_episode(episode_));
  EXPECT_FALSE(value_of(catalogue_.picture_of(file_)).has_value());
  EXPECT_THAT(value_of(catalogue_.scene_edits(file_)), SizeIs(0));
  EXPECT_THAT(value_of(catalogue_.verify()), SizeIs(0));
}

TEST_F(PicturesTest, decisions_outlive_looks_and_restarts) {
  EXPECT_DONE(catalogue_.store_picture(picture()));
  const SceneEdit boundary{SceneEdit::Kind::kBoundary, seconds(17), {seconds(1), seconds(31)}, {}};
  EXPECT_DONE(catalogue_.add_scene_edit(file_, boundary, kNow));
  EXPECT_DONE(catalogue_.add_scene_edit(file_, title("부두"), kNow));
  EXPECT_DONE(catalogue_.store_picture(picture()));
  Catalogue again = open();
  EXPECT_THAT(value_of(again.scene_edits(file_)), ElementsAre(boundary, title("부두")));
}

TEST_F(PicturesTest, undo_and_redo_go_all_the_way) {
  for (const char* text : {"a", "b", "c"}) {
    EXPECT_DONE(catalogue_.add_scene_edit(file_, title(text), kNow));
  }
  EXPECT_TRUE(value_of(catalogue_.undo_scene_edit(file_)));
  EXPECT_TRUE(value_of(catalogue_.undo_scene_edit(file_)));
  EXPECT_THAT(value_of(catalogue_.scene_edits(file_)), ElementsAre(title("a")));
  Catalogue again = open();
  EXPECT_TRUE(value_of(again.redo_scene_edit(file_)));
  EXPECT_THAT(value_of(again.scene_edits(file_)), ElementsAre(title("a"), title("b")));
  EXPECT_TRUE(value_of(again.redo_scene_edit(file_)));
  EXPECT_FALSE(value_of(again.redo_scene_edit(file_)));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(value_of(again.undo_scene_edit(file_)));
  EXPECT_FALSE(value_of(again.undo_scene_edit(file_)));
}

TEST_F(PicturesTest, what_was_undone_is_gone_once_something_new_is_decided) {
  EXPECT_DONE(catalogue_.add_scene_edit(file_, title("a"), kNow));
  EXPECT_DONE(catalogue_.add_scene_edit(file_, title("b"), kNow));
  value_of(catalogue_.undo_scene_edit(file_));
  EXPECT_DONE(catalogue_.add_scene_edit(file_, title("c"), kNow));
  EXPECT_FALSE(value_of(catalogue_.redo_scene_edit(file_)));
  EXPECT_THAT(value_of(catalogue_.scene_edits(file_)), ElementsAre(title("a"), title("c")));
}

}  // namespace
}  // namespace needledrop
