#include "desk/albums.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <unistd.h>

#include "desk/desk.h"
#include "desk/recording_commit.h"
#include "spotting/test_episode.h"

namespace needledrop {
namespace {

namespace fs = std::filesystem;

class AlbumsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "albums-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
    auto desk = Desk::open(*files_, system_clock(), root_ + "/desk", Desk::Purpose::kCreate);
    ASSERT_TRUE(desk.has_value());
    desk_.emplace(std::move(*desk));
  }
  void TearDown() override {
    desk_.reset();
    fs::remove_all(root_);
  }

  void add(const std::string& path, const std::string& album, const std::string& production) {
    HeardRecording heard;
    heard.recording.title = path;
    heard.recording.album = album;
    heard.recording.version = "original";
    heard.recording.digest.bytes[0] = ++count_;
    heard.recording.paths = {path};
    if (!production.empty()) {
      heard.recording.production = desk_->catalogue().production_named(production)->id;
    }
    heard.peaks = test::random_recording(500, count_);
    std::vector<HeardRecording> all;
    all.push_back(std::move(heard));
    ASSERT_TRUE(commit_recordings(*desk_, std::move(all)).has_value());
  }

  [[nodiscard]] bool are_together(std::uint32_t a, std::uint32_t b) {
    const Albums albums = albums_in(*desk_).value();
    return albums.at(SourceId(a)) == albums.at(SourceId(b));
  }

  std::unique_ptr<FileSystem> files_ = posix_file_system();
  std::string root_;
  std::optional<Desk> desk_;
  std::uint8_t count_ = 0;
};

TEST_F(AlbumsTest, ProductionThenTagThenFolder) {
  add("/a/1.flac", "", "");
  add("/a/2.flac", "", "");
  add("/b/3.flac", "", "");
  add("/a/4.flac", "Score", "");
  add("/b/5.flac", "Score", "");
  add("/c/6.flac", "Score", "Drama");
  add("/d/7.flac", "Songs", "Drama");
  EXPECT_TRUE(are_together(1, 2));
  EXPECT_FALSE(are_together(1, 3));
  EXPECT_FALSE(are_together(1, 4));
  EXPECT_TRUE(are_together(4, 5));
  EXPECT_FALSE(are_together(4, 6));
  EXPECT_TRUE(are_together(6, 7));
}

}  // namespace
}  // namespace needledrop
