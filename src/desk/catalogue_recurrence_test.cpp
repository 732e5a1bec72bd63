#include "desk/catalogue_recurrence.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <unistd.h>

#include "desk/desk.h"
#include "spotting/test_versions.h"

namespace needledrop {
namespace {

namespace fs = std::filesystem;
using testing::SizeIs;

class CatalogueRecurrenceTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "catalogue-cue-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { fs::remove_all(root_); }

  /// A desk with one episode, in which the same 16 s are heard twice.
  Desk desk_with_recurrence() {
    Desk desk = *Desk::open(*files_, system_clock(), root_ + "/desk", Desk::Purpose::kCreate);
    const SourceId file = desk.catalogue().reserve_sources(1)->front();
    NewSource source;
    source.peaks = test::random_recording(4'000, 1);
    source.entry = {file, SourceKind::kEpisode, {}, source.peaks.length};
    EXPECT_TRUE((*desk.writer())->add(std::span(&source, 1)).has_value());
    EpisodeFile stored;
    stored.id = file;
    stored.path = "Saga S01E01.mp4";
    stored.duration = Milliseconds(64'000);
    stored.layout = "stereo";
    needledrop::Run run;
    run.at = "2026-03-09T08:00:00Z";
    EXPECT_TRUE(desk.catalogue().store_run({}, stored, run).has_value());
    Recurrence cue;
    for (const int second : {5, 40}) {
      RecurrencePlace place;
      place.episode = file;
      place.span = {std::chrono::seconds(second), std::chrono::seconds(second + 16)};
      cue.places.push_back(place);
    }
    EXPECT_TRUE(
        desk.catalogue().store_recurrences(std::span(&file, 1), std::span(&cue, 1)).has_value());
    return desk;
  }

  std::unique_ptr<FileSystem> files_ = posix_file_system();
  std::string root_;
};

TEST_F(CatalogueRecurrenceTest, AStopWhileItIsComparedIsMadeUpForLater) {
  Desk desk = desk_with_recurrence();
  std::stop_source stop;
  stop.request_stop();
  CueIdentity identity;
  identity.title = "Theme";
  const auto recording = catalogue_recurrence(desk, "1", identity, {1, stop.get_token()});
  ASSERT_TRUE(recording.has_value()) << recording.error().message;
  EXPECT_EQ(recording->title, "Theme");
  EXPECT_EQ(desk.catalogue().find_recurrence("1")->recording, recording->id);
  EXPECT_THAT(*desk.catalogue().unaligned_recordings(), SizeIs(1));
  const auto again = catalogue_recurrence(desk, "1", identity, {});
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().kind, Error::Kind::kInvalidArgument);
}

}  // namespace
}  // namespace needledrop
