#include "desk/align_recordings.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <unistd.h>

#include "desk/desk.h"
#include "desk/recording_commit.h"
#include "spotting/test_versions.h"

namespace needledrop {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using testing::SizeIs;

class AlignRecordingsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "align-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { fs::remove_all(root_); }

  Desk open(Desk::Purpose purpose = Desk::Purpose::kCreate) {
    auto desk = Desk::open(*files_, system_clock(), root_ + "/desk", purpose);
    EXPECT_TRUE(desk.has_value());
    return std::move(*desk);
  }
  static void commit(Desk& desk, PeakList peaks, std::uint8_t number) {
    HeardRecording heard;
    heard.recording.title = "Recording " + std::to_string(number);
    heard.recording.version = "original";
    heard.recording.digest.bytes[0] = number;
    heard.recording.paths = {std::to_string(number) + ".flac"};
    heard.peaks = std::move(peaks);
    std::vector<HeardRecording> all;
    all.push_back(std::move(heard));
    EXPECT_TRUE(commit_recordings(desk, std::move(all)).has_value());
  }

  std::unique_ptr<FileSystem> files_ = posix_file_system();
  std::string root_;
  PeakList song_ = test::random_recording(2'000, 1);
};

TEST_F(AlignRecordingsTest, WhatAStopLeftOutIsDoneLater) {
  {
    Desk desk = open();
    commit(desk, song_, 1);
    commit(desk, test::encoded_anew(song_, 2), 2);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = align_recordings(desk, {1, stop.get_token()});
    ASSERT_FALSE(stopped.has_value());
    EXPECT_EQ(stopped.error().kind, Error::Kind::kCancelled);
    EXPECT_THAT(*desk.catalogue().relations(), IsEmpty());
  }
  Desk desk = open();
  EXPECT_THAT(*desk.catalogue().unaligned_recordings(), SizeIs(2));
  ASSERT_TRUE(align_recordings(desk, {}).has_value());
  EXPECT_THAT(*desk.catalogue().unaligned_recordings(), IsEmpty());
  const auto related = related_to(desk, *relatives_in(desk), SourceId(2));
  ASSERT_TRUE(related.has_value());
  ASSERT_THAT(*related, SizeIs(1));
  EXPECT_EQ(related->front().kind, RelationKind::kSame);
  EXPECT_EQ(related->front().recording.title, "Recording 1");
  EXPECT_NEAR(static_cast<double>(related->front().shared.count()), 32'000, 200);
}

TEST_F(AlignRecordingsTest, OrderThreadsAndBatchesDoNotMatter) {
  const std::vector<PeakList> lists = {song_, test::with_voice(song_, 300, 1'500, 3),
                                       test::cut_out(song_, 200, 1'200),
                                       test::random_recording(2'000, 4)};
  const auto relations_when = [&](unsigned threads, bool one_by_one) {
    fs::remove_all(root_ + "/desk");
    Desk desk = open();
    for (std::uint8_t i = 0; i < lists.size(); ++i) {
      commit(desk, lists[i], i);
      if (one_by_one) {
        EXPECT_TRUE(align_recordings(desk, {threads, {}}).has_value());
      }
    }
    EXPECT_TRUE(align_recordings(desk, {threads, {}}).has_value());
    return *desk.catalogue().relations();
  };
  const auto together = relations_when(1, false);
  EXPECT_THAT(together, SizeIs(3));
  EXPECT_EQ(relations_when(2, false), together);
  EXPECT_EQ(relations_when(1, true), together);
}

}  // namespace
}  // namespace needledrop
