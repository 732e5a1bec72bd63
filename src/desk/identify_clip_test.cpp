#include "desk/identify_clip.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "desk/desk.h"
#include "desk/recording_commit.h"

namespace needledrop {
namespace {

namespace fs = std::filesystem;

TEST(KeepKnown, MatchesOfRecordingsThatWereRemovedGo) {
  std::string root = (fs::temp_directory_path() / "identify-clip-test-XXXXXX").string();
  ASSERT_NE(::mkdtemp(root.data()), nullptr);
  const auto files = posix_file_system();
  auto desk = Desk::open(*files, system_clock(), root + "/desk", Desk::Purpose::kCreate);
  ASSERT_TRUE(desk.has_value());
  std::vector<HeardRecording> heard(2);
  for (std::uint8_t i = 0; i < 2; ++i) {
    heard[i].recording.version = "original";
    heard[i].recording.title = i == 0 ? "Stays" : "Goes";
    heard[i].recording.digest.bytes[0] = i;
    heard[i].recording.paths = {i == 0 ? "stays.mp3" : "goes.mp3"};
    heard[i].recording.duration = Milliseconds(1'024);
    heard[i].peaks.length = Tick(64);
    heard[i].peaks.levels.resize(2);
  }
  const auto committed = commit_recordings(*desk, std::move(heard));
  ASSERT_TRUE(committed.has_value()) << committed.error().message;
  ASSERT_TRUE(desk->catalogue().remove_recording(committed->added[1].id).has_value());
  std::vector<Match> matches(3);
  matches[0].recording = committed->added[1].id;
  matches[1].recording = committed->added[0].id;
  matches[2].recording = SourceId(99);
  const auto recordings = keep_known(*desk, matches);
  ASSERT_TRUE(recordings.has_value());
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].recording, committed->added[0].id);
  ASSERT_EQ(recordings->size(), 1U);
  EXPECT_EQ(recordings->front().title, "Stays");
  fs::remove_all(root);
}

}  // namespace
}  // namespace needledrop
