#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"

namespace needledrop {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

Dialogue dialogue_in(std::string language, std::string text) {
  Dialogue dialogue;
  dialogue.path = "자막 \xff.smi";
  dialogue.shift = Milliseconds(-2'400);
  dialogue.subtitles = {std::move(language), "SAMI", "Korean", 0, false, {}};
  dialogue.subtitles.lines = {
      {{Milliseconds(-400), Milliseconds(1'000)}, std::move(text), "", true},
      {{Milliseconds(1'000), Milliseconds(2'500)}, "♪ 너를\n사랑해 ♪", "♪ 너를\n사랑해 ♪", false}};
  return dialogue;
}

class DialogueTest : public CatalogueFixture {
 protected:
  DialogueTest() : file_(episode_of(catalogue_, "e.mp4")) { store(catalogue_, file_); }

  Catalogue catalogue_ = open();
  NewEpisode file_;
};

TEST_F(DialogueTest, ComesBackAsItWasStored) {
  const Dialogue dialogue = dialogue_in("ko", "안녕");
  EXPECT_DONE(catalogue_.store_dialogue(file_.file.id, dialogue));
  Catalogue again = open(Catalogue::Mode::kReadOnly);
  const auto stored = value_of(again.dialogue_of(file_.file.id));
  ASSERT_THAT(stored, SizeIs(1));
  EXPECT_EQ(stored[0].path, dialogue.path);
  EXPECT_EQ(stored[0].shift, dialogue.shift);
  EXPECT_EQ(stored[0].subtitles.language, "ko");
  EXPECT_EQ(stored[0].subtitles.format, "SAMI");
  EXPECT_EQ(stored[0].subtitles.name, "Korean");
  EXPECT_EQ(stored[0].subtitles.lines, dialogue.subtitles.lines);
  EXPECT_THAT(value_of(again.verify()), IsEmpty());
}

TEST_F(DialogueTest, AReadingReplacesThatOfItsLanguageAlone) {
  EXPECT_DONE(catalogue_.store_dialogue(file_.file.id, dialogue_in("en", "one")));
  EXPECT_DONE(catalogue_.store_dialogue(file_.file.id, dialogue_in("ko", "two")));
  EXPECT_DONE(catalogue_.store_dialogue(file_.file.id, dialogue_in("en", "three")));
  const auto stored = value_of(catalogue_.dialogue_of(file_.file.id));
  ASSERT_THAT(stored, SizeIs(2));
  EXPECT_EQ(stored[0].subtitles.lines[0].text, "three");
  EXPECT_EQ(stored[1].subtitles.lines[0].text, "two");
}

TEST_F(DialogueTest, ANewRunKeepsIt) {
  EXPECT_DONE(catalogue_.store_dialogue(file_.file.id, dialogue_in("ko", "one")));
  file_.episode.id = value_of(catalogue_.episodes()).front().id;
  store(catalogue_, file_);
  EXPECT_THAT(value_of(catalogue_.dialogue_of(file_.file.id)), SizeIs(1));
}

TEST_F(DialogueTest, ItGoesWithItsFileOrAlone) {
  EXPECT_DONE(catalogue_.store_dialogue(file_.file.id, dialogue_in("ko", "one")));
  EXPECT_DONE(catalogue_.remove_dialogue(file_.file.id));
  EXPECT_THAT(value_of(catalogue_.dialogue_of(file_.file.id)), IsEmpty());
  EXPECT_DONE(catalogue_.store_dialogue(file_.file.id, dialogue_in("ko", "one")));
  EXPECT_DONE(catalogue_.remove_episode(value_of(catalogue_.episodes()).front().id));
  EXPECT_THAT(value_of(catalogue_.dialogue_of(file_.file.id)), IsEmpty());
  EXPECT_THAT(value_of(catalogue_.verify()), IsEmpty());
}

TEST_F(DialogueTest, WhatCannotBeStoredLeavesEverythingAsItWas) {
  EXPECT_DONE(catalogue_.store_dialogue(file_.file.id, dialogue_in("ko", "one")));
  EXPECT_EQ(error_of(catalogue_.store_dialogue(SourceId(99), dialogue_in("ko", "x"))).kind,
            Error::Kind::kNotFound);
  EXPECT_EQ(error_of(catalogue_.store_dialogue(file_.file.id, dialogue_in("ko", "\xff"))).kind,
            Error::Kind::kInvalidArgument);
  Dialogue backwards = dialogue_in("ko", "x");
  backwards.subtitles.lines[1].span.end = backwards.subtitles.lines[1].span.start;
  EXPECT_EQ(error_of(catalogue_.store_dialogue(file_.file.id, backwards)).kind,
            Error::Kind::kInvalidArgument);
  const auto stored = value_of(catalogue_.dialogue_of(file_.file.id));
  ASSERT_THAT(stored, SizeIs(1));
  EXPECT_EQ(stored[0].subtitles.lines[0].text, "one");
}

}  // namespace
}  // namespace needledrop
