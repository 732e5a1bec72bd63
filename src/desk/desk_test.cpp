#include "desk/desk.h"

#include <filesystem>
#include <random>

#include <gtest/gtest.h>
#include <unistd.h>

#include "desk/check.h"
#include "desk/merge_index.h"
#include "desk/missing_recordings.h"
#include "desk/recording_commit.h"
#include "desk/removal.h"
#include "desk/repair.h"
#include "desk/stats.h"

namespace needledrop {
namespace {

namespace fs = std::filesystem;

/// Peaks at random: enough to give landmarks.
PeakList peaks_of(unsigned seed) {
  std::mt19937 dice(seed);
  PeakList list;
  list.length = Tick(640);
  list.levels.resize(20);
  for (std::int32_t tick = 0; tick < 640; tick += 2) {
    Peak peak;
    peak.tick = Tick(tick);
    peak.frequency = static_cast<std::uint16_t>(200 + dice() % 5000);
    peak.level = 150;
    peak.reach = Reach::kFar;
    list.peaks.push_back(peak);
  }
  return list;
}

HeardRecording heard(unsigned seed) {
  HeardRecording made;
  made.recording.title = "Recording " + std::to_string(seed);
  made.recording.version = "original";
  made.recording.digest.bytes[0] = static_cast<std::uint8_t>(seed);
  made.recording.duration = Milliseconds(10'240);
  made.recording.paths = {"r" + std::to_string(seed) + ".mp3"};
  made.peaks = peaks_of(seed);
  return made;
}

class DeskTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "desk-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { fs::remove_all(root_); }

  Result<Desk> open(Desk::Purpose purpose = Desk::Purpose::kCreate) {
    return Desk::open(*files_, system_clock(), root_ + "/desk", purpose);
  }
  static std::vector<SourceId> indexed(Desk& desk) {
    std::vector<SourceId> ids;
    for (const SourceEntry& entry : (*desk.index())->snapshot()->sources()) ids.push_back(entry.id);
    return ids;
  }
  static std::vector<SourceId> commit(Desk& desk, const std::vector<unsigned>& seeds) {
    std::vector<HeardRecording> all;
    all.reserve(seeds.size());
    for (const unsigned seed : seeds) all.push_back(heard(seed));
    auto committed = commit_recordings(desk, std::move(all));
    EXPECT_TRUE(committed.has_value()) << committed.error().message;
    std::vector<SourceId> ids;
    for (const Recording& recording : committed->added) ids.push_back(recording.id);
    return ids;
  }

  std::unique_ptr<FileSystem> files_ = posix_file_system();
  std::string root_;
};

TEST_F(DeskTest, ADeskThatIsNotThereIsMadeOnlyToAdd) {
  const auto missing = open(Desk::Purpose::kUse);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, Error::Kind::kNotFound);
  EXPECT_FALSE(fs::exists(root_ + "/desk"));
  ASSERT_TRUE(open().has_value());
  EXPECT_TRUE(open(Desk::Purpose::kUse).has_value());
}

TEST_F(DeskTest, CommittedRecordingsAreInCatalogueAndIndex) {
  auto desk = open();
  const auto ids = commit(*desk, {1, 2, 3});
  ASSERT_EQ(ids.size(), 3U);
  EXPECT_EQ(indexed(*desk), ids);
  EXPECT_EQ(desk->catalogue().sources().value_or(std::vector<SourceId>()), ids);
  EXPECT_EQ(desk->catalogue().recording(ids[1])->title, "Recording 2");
  EXPECT_TRUE(desk->missing_sources()->empty());
}

TEST_F(DeskTest, TheSameAudioIsNotStoredTwice) {
  auto desk = open();
  const auto ids = commit(*desk, {1});
  std::vector<HeardRecording> again;
  again.push_back(heard(1));
  const auto committed = commit_recordings(*desk, std::move(again));
  ASSERT_TRUE(committed.has_value());
  EXPECT_TRUE(committed->added.empty());
  ASSERT_EQ(committed->known.size(), 1U);
  EXPECT_EQ(committed->known[0].id, ids[0]);
}

TEST_F(DeskTest, WhatACrashLeftInTheIndexAloneIsTombstonedAtOpen) {
  std::vector<SourceId> known;
  {
    auto desk = open();
    known = commit(*desk, {1});
    // A segment without its catalogue transaction: the moment of a crash.
    auto writer = desk->writer();
    ASSERT_TRUE(writer.has_value());
    NewSource orphan;
    orphan.entry = {
        desk->catalogue().reserve_sources(1)->front(), SourceKind::kRecording, {}, Tick(640)};
    orphan.peaks = peaks_of(9);
    ASSERT_TRUE((*writer)->add(std::span(&orphan, 1)).has_value());
  }
  auto desk = open(Desk::Purpose::kUse);
  EXPECT_EQ(indexed(*desk), known);
  EXPECT_TRUE(check_desk(*desk)->faults.empty());
}

TEST_F(DeskTest, AnAddInProgressIsNotTakenForACrash) {
  auto adding = open();
  commit(*adding, {1});
  auto writer = adding->writer();
  NewSource fresh;
  fresh.entry = {
      adding->catalogue().reserve_sources(1)->front(), SourceKind::kRecording, {}, Tick(640)};
  fresh.peaks = peaks_of(9);
  ASSERT_TRUE((*writer)->add(std::span(&fresh, 1)).has_value());
  auto other = open(Desk::Purpose::kUse);
  EXPECT_EQ(indexed(*other).size(), 2U);
}

TEST_F(DeskTest, RecordingsLostFromTheIndexAreMendedUnderTheirIds) {
  std::vector<SourceId> ids;
  {
    auto desk = open();
    ids = commit(*desk, {1, 2});
  }
  fs::remove_all(root_ + "/desk/index");
  auto desk = open();
  EXPECT_EQ(desk->missing_sources().value_or(std::vector<SourceId>()), ids);
  EXPECT_EQ(check_desk(*desk)->faults.size(), 1U);
  EXPECT_EQ(commit(*desk, {1, 2}), ids);
  EXPECT_TRUE(check_desk(*desk)->faults.empty());
}

TEST_F(DeskTest, AnIndexWithoutItsCatalogueIsNotEmptied) {
  {
    auto desk = open();
    commit(*desk, {1});
  }
  for (const char* ending : {"", "-wal", "-shm"}) {
    fs::remove(root_ + "/desk/catalogue.db" + ending);
  }
  const auto desk = open();
  ASSERT_FALSE(desk.has_value());
  EXPECT_EQ(desk.error().kind, Error::Kind::kCorrupt);
}

TEST_F(DeskTest, RemovedRecordingsAreGoneFromBoth) {
  auto desk = open();
  const auto ids = commit(*desk, {1, 2});
  const auto found = find_removable(*desk, "Recording 1", RemovableKind::kAny);
  ASSERT_TRUE(found.has_value()) << found.error().message;
  ASSERT_TRUE(remove(*desk, *found).has_value());
  EXPECT_EQ(indexed(*desk), std::vector{ids[1]});
  EXPECT_EQ(desk->catalogue().sources().value_or(std::vector<SourceId>()), std::vector{ids[1]});
}

TEST_F(DeskTest, MergingLeavesOneSegmentOfWhatIsThere) {
  auto desk = open();
  std::vector<SourceId> ids;
  for (const unsigned seed : {1U, 2U, 3U}) ids.push_back(commit(*desk, {seed}).front());
  ASSERT_TRUE(remove(*desk, {RemovableKind::kRecording, ids[1].value, ""}).has_value());
  double share = 0;
  MergeOptions options;
  options.all = true;
  options.progress = [&](const Progress& progress) {
    EXPECT_EQ(progress.activity, "merging");
    share = progress.share;
  };
  const auto report = merge_index(*desk, options);
  ASSERT_TRUE(report.has_value()) << report.error().message;
  EXPECT_EQ(report->merges, 1U);
  EXPECT_EQ(report->before.segments, 2U);
  EXPECT_EQ(report->after.segments, 1U);
  EXPECT_LT(report->after.bytes, report->before.bytes);
  EXPECT_GT(share, 0);
  EXPECT_EQ(indexed(*desk), (std::vector{ids[0], ids[2]}));
  EXPECT_TRUE(check_desk(*desk)->faults.empty());
  EXPECT_EQ(merge_index(*desk, options)->merges, 0U);
}

TEST_F(DeskTest, MergingWritesNoMoreThanItMayAndStopsWhenAsked) {
  auto desk = open();
  for (const unsigned seed : {1U, 2U, 3U, 4U}) commit(*desk, {seed});
  MergeOptions options;
  options.all = true;
  options.most_bytes = (*desk->index())->snapshot()->size() / 2 + 100;
  const auto some = merge_index(*desk, options);
  ASSERT_TRUE(some.has_value()) << some.error().message;
  EXPECT_EQ(some->merges, 1U);
  EXPECT_EQ(some->after.segments, 3U);
  std::stop_source stop;
  stop.request_stop();
  options = {};
  options.all = true;
  options.stop = stop.get_token();
  const auto stopped = merge_index(*desk, options);
  ASSERT_FALSE(stopped.has_value());
  EXPECT_EQ(stopped.error().kind, Error::Kind::kCancelled);
  EXPECT_EQ((*desk->index())->snapshot()->segment_count(), 3U);
  EXPECT_TRUE(check_desk(*desk)->faults.empty());
}

TEST_F(DeskTest, MergingGivesWayToAnotherWriter) {
  auto desk = open();
  commit(*desk, {1});
  auto other = open();
  const auto writer = other->writer();
  MergeOptions options;
  options.wait = std::chrono::milliseconds(0);
  const auto merged = merge_index(*desk, options);
  ASSERT_FALSE(merged.has_value());
  EXPECT_EQ(merged.error().kind, Error::Kind::kBusy);
}

/// A desk of two segments, of 1 and 2 and of 3; the first one can't be read.
class DamagedDeskTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    auto desk = open();
    first_ = commit(*desk, {1, 2});
    second_ = commit(*desk, {3});
    segment_ = root_ + "/desk/index/segment-00000002";
    fs::resize_file(segment_, fs::file_size(segment_) - 1);
  }

  std::vector<SourceId> first_;
  std::vector<SourceId> second_;
  std::string segment_;
};

TEST_F(DamagedDeskTest, NamesWhatIsMissingAndKeepsTheRest) {
  auto desk = open();
  EXPECT_EQ(indexed(*desk), second_);
  const auto missing = missing_recordings(*desk);
  ASSERT_TRUE(missing.has_value()) << missing.error().message;
  ASSERT_EQ(missing->size(), 2U);
  EXPECT_EQ(missing_warning(*missing),
            "2 of the desk's recordings can't be found now, as the index has lost them: "
            "\"Recording 1\", \"Recording 2\"; run: needledrop check --repair");
  const auto report = check_desk(*desk);
  ASSERT_EQ(report->faults.size(), 1U);
  EXPECT_EQ(report->faults[0].file, segment_);
  EXPECT_EQ(report->faults[0].sources, first_);
  EXPECT_EQ(missing_warning({}), "");
}

TEST_F(DamagedDeskTest, NothingThatItMayHoldIsAddedAgain) {
  auto desk = open();
  std::vector<HeardRecording> again;
  again.push_back(heard(1));
  again.push_back(heard(4));
  const auto committed = commit_recordings(*desk, std::move(again));
  ASSERT_TRUE(committed.has_value()) << committed.error().message;
  EXPECT_EQ(committed->known.size(), 1U);
  ASSERT_EQ(committed->added.size(), 1U);
  EXPECT_EQ(committed->added[0].title, "Recording 4");
  EXPECT_TRUE(fs::exists(segment_));
}

TEST_F(DamagedDeskTest, ARepairNeedsNoFileWhereThePeaksAreWhole) {
  auto desk = open();
  const auto report = repair_desk(*desk, {});
  ASSERT_TRUE(report.has_value()) << report.error().message;
  ASSERT_EQ(report->set_aside.size(), 1U);
  EXPECT_EQ(report->set_aside[0].salvaged, first_);
  EXPECT_EQ(report->set_aside[0].kept_as, root_ + "/desk/index/quarantine/segment-00000002");
  EXPECT_TRUE(report->left.faults.empty());
  EXPECT_FALSE(report->ended_by.has_value());
  EXPECT_EQ(indexed(*desk).size(), 3U);
  EXPECT_EQ(*(*desk->index())->snapshot()->peaks(first_[1]), peaks_of(2));
  EXPECT_GT(measure_desk(*desk)->quarantine_bytes, 0U);
  EXPECT_TRUE(repair_desk(*desk, {})->set_aside.empty());
}

TEST_F(DamagedDeskTest, WhatWasRemovedMeanwhileDoesNotComeBack) {
  auto desk = open();
  ASSERT_TRUE(remove(*desk, {RemovableKind::kRecording, first_[0].value, ""}).has_value());
  const auto report = repair_desk(*desk, {});
  ASSERT_TRUE(report.has_value()) << report.error().message;
  EXPECT_EQ(report->set_aside[0].salvaged, std::vector{first_[1]});
  EXPECT_EQ(indexed(*desk), (std::vector{first_[1], second_[0]}));
}

TEST_F(DamagedDeskTest, WhatIsLostForGoodIsToldWithItsPathAndTheRestGoesOn) {
  fs::remove(segment_);
  auto desk = open();
  const auto report = repair_desk(*desk, {});
  ASSERT_TRUE(report.has_value()) << report.error().message;
  ASSERT_EQ(report->rebuilt.failed.size(), 2U);
  EXPECT_EQ(report->rebuilt.failed[0].id, first_[0]);
  EXPECT_EQ(report->rebuilt.failed[0].path, "r1.mp3");
  ASSERT_EQ(report->left.faults.size(), 1U);
  EXPECT_EQ(report->left.faults[0].sources, first_);
  EXPECT_EQ(commit(*desk, {1, 2}), first_);
  EXPECT_TRUE(check_desk(*desk)->faults.empty());
}

TEST_F(DamagedDeskTest, AStoppedRepairHasChangedNothing) {
  auto desk = open();
  std::stop_source stop;
  stop.request_stop();
  RebuildOptions options;
  options.stop = stop.get_token();
  const auto report = repair_desk(*desk, options);
  ASSERT_TRUE(report.has_value()) << report.error().message;
  ASSERT_TRUE(report->ended_by.has_value());
  EXPECT_EQ(report->ended_by->kind, Error::Kind::kCancelled);
  EXPECT_TRUE(fs::exists(segment_));
}

TEST_F(DeskTest, ANameThatFitsAProductionAndARecordingIsAmbiguous) {
  auto desk = open();
  commit(*desk, {1});
  ASSERT_TRUE(desk->catalogue().production_named("Recording 1").has_value());
  const auto found = find_removable(*desk, "Recording 1", RemovableKind::kAny);
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().kind, Error::Kind::kAmbiguous);
  const auto production = find_removable(*desk, "Recording 1", RemovableKind::kProduction);
  ASSERT_TRUE(production.has_value());
  EXPECT_EQ(production->kind, RemovableKind::kProduction);
}

}  // namespace
}  // namespace needledrop
