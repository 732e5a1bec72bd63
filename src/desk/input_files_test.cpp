#include "desk/input_files.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace needledrop {
namespace {

namespace fs = std::filesystem;

class InputFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "input-files-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { fs::remove_all(root_); }

  void make(const std::string& name) const {
    fs::create_directories(fs::path(root_ + "/" + name).parent_path());
    std::ofstream(root_ + "/" + name) << "12345";
  }
  /// Below the root.
  [[nodiscard]] std::vector<std::string> names(const InputFiles& inputs) const {
    std::vector<std::string> found;
    for (const InputFile& file : inputs.files) found.push_back(file.path.substr(root_.size() + 1));
    return found;
  }
  [[nodiscard]] InputFiles find() const { return find_input_files(std::vector{root_}); }

  std::string root_;
};

TEST_F(InputFilesTest, FoldersAreWalkedInTheOrderOfBytes) {
  for (const char* name : {"b.mp3", "a/z.mp3", "B.mp3", "\xEB\x82\x98.mp3", "a.mp3"}) make(name);
  const InputFiles inputs = find();
  EXPECT_THAT(names(inputs),
              testing::ElementsAre("B.mp3", "a/z.mp3", "a.mp3", "b.mp3", "\xEB\x82\x98.mp3"));
  EXPECT_TRUE(inputs.holds_folder);
  EXPECT_EQ(inputs.files[0].size, 5U);
}

TEST_F(InputFilesTest, HiddenFilesPicturesAndTextsAreNoMedia) {
  for (const char* name : {".x.mp3", "cover.JPG", "a.cue", "notes.txt", ".git/a.mp3", "a.mp3",
                           "a.ko.smi", "a.ass", "a.TTML"}) {
    make(name);
  }
  EXPECT_THAT(names(find()), testing::ElementsAre("a.mp3"));
}

TEST_F(InputFilesTest, AFileThatIsNamedIsAlwaysTakenAndOnce) {
  make("notes.txt");
  const std::string path = root_ + "/notes.txt";
  const InputFiles inputs = find_input_files(std::vector{path, path});
  EXPECT_THAT(names(inputs), testing::ElementsAre("notes.txt"));
  EXPECT_FALSE(inputs.holds_folder);
}

TEST_F(InputFilesTest, LinksInACircleAreWalkedOnce) {
  make("in/a.mp3");
  fs::create_directory_symlink(root_, root_ + "/in/back");
  EXPECT_THAT(names(find()), testing::ElementsAre("in/a.mp3"));
}

TEST_F(InputFilesTest, WhatIsMissingOrNoFileIsAFailure) {
  const std::string pipe = root_ + "/pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const InputFiles inputs = find_input_files(std::vector{root_ + "/none", pipe});
  EXPECT_TRUE(inputs.files.empty());
  ASSERT_EQ(inputs.failures.size(), 2U);
  EXPECT_EQ(inputs.failures[0].error.kind, Error::Kind::kNotFound);
  EXPECT_EQ(inputs.failures[1].error.kind, Error::Kind::kUnsupported);
}

TEST_F(InputFilesTest, ASeasonIsInTheOrderOfItsEpisodes) {
  for (const char* name :
       {"S01E10.mp4", "S01E2.mp4", "S02E1.mp4", "E2 Part 2.mp4", "E2 Part 1.mp4"}) {
    make(name);
  }
  EXPECT_THAT(names(find_episode_files(std::vector{root_})),
              testing::ElementsAre("E2 Part 1.mp4", "E2 Part 2.mp4", "S01E2.mp4", "S01E10.mp4",
                                   "S02E1.mp4"));
}

TEST_F(InputFilesTest, EpisodesKeepTheOrderInWhichTheyAreNamed) {
  make("b.mp4");
  make("a.mp4");
  EXPECT_THAT(names(find_episode_files(std::vector{root_ + "/b.mp4", root_ + "/a.mp4"})),
              testing::ElementsAre("b.mp4", "a.mp4"));
}

}  // namespace
}  // namespace needledrop
