#include "desk/episode_dialogue.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <unistd.h>

#include "desk/desk.h"
#include "desk/subtitle_shift.h"

namespace needledrop {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto* kSrt = "1\n00:00:01,000 --> 00:00:02,000\nplain\n";

class EpisodeDialogueTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "dialogue-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
    auto desk = Desk::open(*files_, system_clock(), root_ + "/desk", Desk::Purpose::kCreate);
    ASSERT_TRUE(desk.has_value());
    desk_ = std::make_unique<Desk>(std::move(*desk));
    file_.path = root_ + "/Drama S01E01.mp4";
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(root_ + "/" + name) << text;
    return root_ + "/" + name;
  }
  TakenDialogue take(const SubtitleWish& wish = {}) {
    auto taken = take_dialogue(*desk_, file_, wish, {});
    EXPECT_TRUE(taken.has_value());
    return taken.has_value() ? std::move(*taken) : TakenDialogue{};
  }
  /// Makes the file one that the desk knows.
  void store_file() {
    file_.id = desk_->catalogue().reserve_sources(1)->front();
    needledrop::Run run;
    run.at = "2026-03-09T08:00:00Z";
    ASSERT_TRUE(desk_->catalogue().store_run({}, file_, run).has_value());
  }

  std::unique_ptr<FileSystem> files_ = posix_file_system();
  std::string root_;
  std::unique_ptr<Desk> desk_;
  EpisodeFile file_;
};

TEST_F(EpisodeDialogueTest, FilesBesideAreKnownByTheirNames) {
  for (const auto* name :
       {"Drama S01E01.en.srt", "Drama S01E01.SMI", "Drama S01E01.txt", "Drama S01E012.srt",
        "Drama S01E01 - a long other title of its own.srt", "Drama S01E01.ko.forced.ass"}) {
    write(name, kSrt);
  }
  EXPECT_THAT(subtitle_files_beside(file_.path),
              ElementsAre(root_ + "/Drama S01E01.SMI", root_ + "/Drama S01E01.en.srt",
                          root_ + "/Drama S01E01.ko.forced.ass"));
  EXPECT_THAT(subtitle_files_beside(root_ + "/nowhere/x.mp4"), IsEmpty());
}

TEST_F(EpisodeDialogueTest, WhatIsNamedGoesBeforeWhatIsStoredAndThatBeforeWhatLiesBeside) {
  EXPECT_FALSE(take().dialogue.has_value());
  write("Drama S01E01.ko.srt", kSrt);
  store_file();
  TakenDialogue beside = take();
  ASSERT_TRUE(beside.dialogue.has_value());
  EXPECT_TRUE(beside.is_new);
  EXPECT_EQ(beside.dialogue->subtitles.language, "ko");
  ASSERT_TRUE(store_taken(*desk_, file_.id, beside).has_value());

  fs::remove(root_ + "/Drama S01E01.ko.srt");
  TakenDialogue stored = take();
  ASSERT_TRUE(stored.dialogue.has_value());
  EXPECT_FALSE(stored.is_new);
  EXPECT_EQ(stored.dialogue->subtitles.lines, beside.dialogue->subtitles.lines);

  SubtitleWish wish;
  wish.from = SubtitleWish::From::kFile;
  wish.path = write("other.ko.vtt", "WEBVTT\n\n00:03.000 --> 00:04.000\nother\n");
  const TakenDialogue named = take(wish);
  ASSERT_TRUE(named.dialogue.has_value());
  EXPECT_EQ(named.dialogue->subtitles.lines[0].text, "other");
  ASSERT_TRUE(store_taken(*desk_, file_.id, named).has_value());
  EXPECT_THAT(*desk_->catalogue().dialogue_of(file_.id), SizeIs(1));

  wish.from = SubtitleWish::From::kNone;
  ASSERT_TRUE(store_taken(*desk_, file_.id, take(wish)).has_value());
  EXPECT_THAT(*desk_->catalogue().dialogue_of(file_.id), IsEmpty());
}

TEST_F(EpisodeDialogueTest, AShiftCountsFromTheTimesAsRead) {
  write("Drama S01E01.srt", kSrt);
  store_file();
  SubtitleWish wish;
  wish.shift = Milliseconds(2'400);
  const TakenDialogue first = take(wish);
  EXPECT_EQ(first.dialogue->subtitles.lines[0].span.start, Milliseconds(3'400));
  ASSERT_TRUE(store_taken(*desk_, file_.id, first).has_value());
  EXPECT_EQ(take().dialogue->shift, Milliseconds(2'400));
  wish.shift = Milliseconds(-2'000);
  const TakenDialogue second = take(wish);
  EXPECT_TRUE(second.is_new);
  EXPECT_EQ(second.dialogue->subtitles.lines[0].span.start, Milliseconds(-1'000));
}

TEST_F(EpisodeDialogueTest, ALanguageIsChosenOrMissedInWords) {
  write("Drama S01E01.smi",
        "<sami><style>.k {lang: ko-KR} .e {lang: en-US}</style><sync start=0><p class=k>하나"
        "<p class=e>one<sync start=9><p class=k>&nbsp;<p class=e>&nbsp;");
  SubtitleWish wish;
  EXPECT_EQ(take().dialogue->subtitles.lines[0].text, "하나");
  wish.language = "en";
  EXPECT_EQ(take(wish).dialogue->subtitles.lines[0].text, "one");
  wish.language = "fr";
  EXPECT_FALSE(take(wish).dialogue.has_value());
  EXPECT_THAT(take(wish).warnings, ElementsAre("there are no subtitles in fr"));
  wish.from = SubtitleWish::From::kFile;
  wish.path = root_ + "/Drama S01E01.smi";
  EXPECT_THAT(take(wish).warnings,
              ElementsAre("Drama S01E01.smi: has no subtitles in fr; there are: ko, en"));
}

TEST_F(EpisodeDialogueTest, WhatCannotBeReadIsSaidAndCostsNothingElse) {
  write("Drama S01E01.srt", "not subtitles");
  write("Drama S01E01.xml", "<project/>");
  const TakenDialogue taken = take();
  EXPECT_FALSE(taken.dialogue.has_value());
  EXPECT_THAT(taken.warnings, ElementsAre(HasSubstr("Drama S01E01.srt: is no subtitles")));
  EXPECT_FALSE(taken.failure.has_value());
  write("Drama S01E01.mp4", "no film");
  EXPECT_THAT(take().warnings, ElementsAre(HasSubstr("Drama S01E01.srt: is no subtitles"),
                                           HasSubstr("subtitles in the file could not be read: ")));
  SubtitleWish wish;
  wish.from = SubtitleWish::From::kFile;
  wish.path = root_ + "/gone.srt";
  EXPECT_EQ(take(wish).failure->error.kind, Error::Kind::kNotFound);
}

TEST(SubtitleFitTest, SaysWhatToDo) {
  Dialogue dialogue;
  EXPECT_EQ(fit_warning(dialogue, {}), "");
  EXPECT_EQ(fit_warning(dialogue, {Milliseconds(2'400), 1}),
            "the subtitles are 2.4 s early: add --subtitles-shift 2.4");
  dialogue.shift = Milliseconds(5'000);
  EXPECT_EQ(fit_warning(dialogue, {Milliseconds(2'400), 1}),
            "the subtitles are 2.6 s late: add --subtitles-shift 2.4");
  EXPECT_THAT(fit_warning(dialogue, {std::nullopt, 25.0 / 24}), HasSubstr("4.2 % slower"));
}

}  // namespace
}  // namespace needledrop
