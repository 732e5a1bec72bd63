#include "index/index.h"

#include <atomic>
#include <filesystem>
#include <random>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file_system_faulty.h"
#include "base/file_system_memory.h"
#include "index/synthetic_source.h"

namespace needledrop {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Time that passes only while somebody sleeps.
class TestClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::system_clock::time_point now() const override {
    return std::chrono::system_clock::time_point(slept);
  }
  void sleep(std::chrono::milliseconds duration) override { slept += duration; }
  std::chrono::milliseconds slept{0};
};

NewSource recording(std::uint32_t id) {
  std::mt19937 random(id);
  return synthetic_source(SourceId(id), SourceKind::kRecording, {}, random);
}

std::vector<std::uint32_t> ids_of(const Snapshot& snapshot) {
  std::vector<std::uint32_t> ids;
  for (const SourceEntry& entry : snapshot.sources()) {
    ids.push_back(entry.id.value);
  }
  return ids;
}

struct CountingSink final : HitSink {
  std::size_t count = 0;
  void on_hits(std::span<const Hit> hits) override { count += hits.size(); }
};

class IndexTest : public testing::Test {
 protected:
  std::unique_ptr<Index> open() {
    auto index = Index::open(files_, "desk/index");
    EXPECT_TRUE(index.has_value()) << index.error().message;
    return std::move(*index);
  }
  std::unique_ptr<IndexWriter> writer(Index& index) {
    auto writer = index.writer(clock_, std::chrono::milliseconds(0));
    EXPECT_TRUE(writer.has_value()) << writer.error().message;
    return std::move(*writer);
  }
  static void add(IndexWriter& writer, const std::vector<NewSource>& sources) {
    const auto added = writer.add(sources);
    ASSERT_TRUE(added.has_value()) << added.error().message;
  }

  MemoryFileSystem memory_;
  FaultyFileSystem files_{memory_};
  TestClock clock_;
};

TEST_F(IndexTest, NoDirectoryIsAnEmptyIndex) {
  const auto index = open();
  EXPECT_THAT(ids_of(*index->snapshot()), IsEmpty());
  EXPECT_THAT(index->verify(), IsEmpty());
  EXPECT_FALSE(*files_.exists("desk/index"));
}

TEST_F(IndexTest, WhatWasAddedIsThereAfterOpeningAgain) {
  {
    const auto index = open();
    const auto w = writer(*index);
    add(*w, {recording(1), recording(3)});
    add(*w, {recording(2)});
    EXPECT_THAT(ids_of(*index->snapshot()), ElementsAre(1, 2, 3));
  }
  const auto index = open();
  EXPECT_THAT(ids_of(*index->snapshot()), ElementsAre(1, 2, 3));
  EXPECT_EQ(*index->snapshot()->peaks(SourceId(3)), recording(3).peaks);
  EXPECT_THAT(index->verify(), IsEmpty());
}

TEST_F(IndexTest, WhatWasRemovedIsGoneAndItsFileWithTheLastOfIt) {
  const auto index = open();
  const auto w = writer(*index);
  add(*w, {recording(1), recording(2)});
  add(*w, {recording(3)});
  const auto before = index->snapshot();
  ASSERT_TRUE(w->remove(std::vector{SourceId(1), SourceId(77)}).has_value());
  EXPECT_THAT(ids_of(*index->snapshot()), ElementsAre(2, 3));
  EXPECT_THAT(ids_of(*open()->snapshot()), ElementsAre(2, 3));
  EXPECT_THAT(*files_.list("desk/index"), Contains("segment-00000002"));
  ASSERT_TRUE(w->remove(std::vector{SourceId(2)}).has_value());
  EXPECT_THAT(*files_.list("desk/index"), ElementsAre("manifest", "segment-00000003"));
  EXPECT_THAT(ids_of(*open()->snapshot()), ElementsAre(3));
  EXPECT_EQ(*before->peaks(SourceId(1)), recording(1).peaks);
}

TEST_F(IndexTest, IdsThatAreOrWereThereAreRefused) {
  const auto index = open();
  const auto w = writer(*index);
  add(*w, {recording(1), recording(2)});
  ASSERT_TRUE(w->remove(std::vector{SourceId(1)}).has_value());
  for (const std::vector<NewSource>& sources :
       {std::vector{recording(2)}, {recording(1)}, {recording(5), recording(4)}}) {
    const auto added = w->add(sources);
    ASSERT_FALSE(added.has_value());
    EXPECT_EQ(added.error().kind, Error::Kind::kInvalidArgument);
  }
  EXPECT_THAT(ids_of(*index->snapshot()), ElementsAre(2));
  add(*w, {recording(6)});
  EXPECT_THAT(ids_of(*index->snapshot()), ElementsAre(2, 6));
}

TEST_F(IndexTest, ContradictorySourcesAreRefusedAndChangeNothing) {
  const auto index = open();
  const auto w = writer(*index);
  NewSource late = recording(1);
  late.fingerprint.push_back({Hash(1), late.entry.length});
  NewSource unordered = recording(1);
  std::swap(unordered.peaks.peaks.front(), unordered.peaks.peaks.back());
  NewSource searched_episode = recording(1);
  searched_episode.entry.kind = SourceKind::kEpisode;
  for (const NewSource& source : {late, unordered, searched_episode}) {
    const auto added = w->add(std::vector{recording(0), source});
    ASSERT_FALSE(added.has_value());
    EXPECT_EQ(added.error().kind, Error::Kind::kInvalidArgument);
  }
  EXPECT_THAT(ids_of(*open()->snapshot()), IsEmpty());
  add(*w, {recording(1)});
}

TEST_F(IndexTest, OthersWaitForTheWriterThenSayBusy) {
  const auto index = open();
  auto first = writer(*index);
  const auto second = open()->writer(clock_, std::chrono::milliseconds(10'000));
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, Error::Kind::kBusy);
  EXPECT_THAT(second.error().message, HasSubstr("desk/index/lock: held by"));
  EXPECT_EQ(clock_.slept, std::chrono::milliseconds(10'000));
  first.reset();
  EXPECT_TRUE(index->writer(clock_, std::chrono::milliseconds(0)).has_value());
}

TEST_F(IndexTest, ReadersSeeOneStateUntilTheyRefresh) {
  const auto reader = open();
  const auto index = open();
  const auto w = writer(*index);
  add(*w, {recording(1)});
  EXPECT_THAT(ids_of(*reader->snapshot()), IsEmpty());
  ASSERT_TRUE(reader->refresh().has_value());
  const auto held = reader->snapshot();
  ASSERT_TRUE(w->remove(std::vector{SourceId(1)}).has_value());
  ASSERT_TRUE(reader->refresh().has_value());
  EXPECT_THAT(ids_of(*reader->snapshot()), IsEmpty());
  EXPECT_THAT(ids_of(*held), ElementsAre(1));
  EXPECT_TRUE(held->peaks(SourceId(1)).has_value());
  EXPECT_GT(reader->snapshot()->generation(), held->generation());
}

TEST_F(IndexTest, ASegmentThatGoesWhileAReaderOpensMeansReadingAgain) {
  const auto index = open();
  const auto w = writer(*index);
  add(*w, {recording(1)});
  bool is_done = false;
  files_.before_map([&](const std::string& path) {
    if (path.ends_with("segment-00000002") && !std::exchange(is_done, true)) {
      add(*w, {recording(2)});
      ASSERT_TRUE(w->remove(std::vector{SourceId(1)}).has_value());
    }
  });
  EXPECT_THAT(ids_of(*open()->snapshot()), ElementsAre(2));
  EXPECT_TRUE(is_done);
}

TEST_F(IndexTest, AMissingSegmentIsNamedAndTheRestIsRead) {
  const auto w = writer(*open());
  add(*w, {recording(1)});
  add(*w, {recording(2)});
  ASSERT_TRUE(memory_.remove("desk/index/segment-00000002").has_value());
  const auto index = open();
  EXPECT_THAT(ids_of(*index->snapshot()), ElementsAre(2));
  for (const auto& damage : {index->unreadable(), index->verify()}) {
    ASSERT_EQ(damage.size(), 1U);
    EXPECT_EQ(damage[0].file, "desk/index/segment-00000002");
    EXPECT_EQ(damage[0].error.kind, Error::Kind::kCorrupt);
    EXPECT_THAT(damage[0].error.message, HasSubstr("desk/index/segment-00000002"));
  }
}

TEST_F(IndexTest, AnotherSegmentUnderTheNameIsDamage) {
  const auto w = writer(*open());
  add(*w, {recording(1)});
  add(*w, {recording(2)});
  memory_.replace("desk/index/segment-00000002", *memory_.content("desk/index/segment-00000003"));
  const auto index = open();
  EXPECT_THAT(ids_of(*index->snapshot()), ElementsAre(2));
  ASSERT_EQ(index->unreadable().size(), 1U);
  EXPECT_THAT(index->unreadable()[0].error.message,
              HasSubstr("not the file that the manifest names"));
}

TEST_F(IndexTest, ASegmentThatTheSystemRefusesIsNoDamage) {
  add(*writer(*open()), {recording(1)});
  files_.fail_call(1, FaultyFileSystem::Failure::kBefore, false);
  const auto index = Index::open(files_, "desk/index");
  ASSERT_FALSE(index.has_value());
  EXPECT_EQ(index.error().kind, Error::Kind::kIo);
}

/// What is in a segment that can't be read is neither forgotten nor changed by any writer.
TEST_F(IndexTest, WritersLeaveAnUnreadableSegmentAsItIs) {
  const std::string path = "desk/index/segment-00000002";
  {
    const auto w = writer(*open());
    add(*w, {recording(1), recording(2)});
    add(*w, {recording(3)});
    add(*w, {recording(4), recording(5)});
    ASSERT_TRUE(w->remove(std::vector{SourceId(1)}).has_value());
  }
  const auto whole = *memory_.content(path);
  memory_.replace(path, {1, 2, 3});
  {
    const auto index = open();
    const auto w = writer(*index);
    add(*w, {recording(6)});
    ASSERT_TRUE(w->remove(std::vector{SourceId(5), SourceId(2)}).has_value());
    const auto merged = w->merge({.all = true});
    ASSERT_TRUE(merged.has_value()) << merged.error().message;
    EXPECT_EQ(merged->segments, 3U);
    EXPECT_EQ(w->merge({.all = true})->segments, 0U);
    EXPECT_THAT(ids_of(*index->snapshot()), ElementsAre(3, 4, 6));
    EXPECT_EQ(index->unreadable().size(), 1U);
  }
  memory_.replace(path, whole);
  const auto index = open();
  EXPECT_THAT(ids_of(*index->snapshot()), ElementsAre(2, 3, 4, 6));
  EXPECT_THAT(index->unreadable(), IsEmpty());
  EXPECT_THAT(index->verify(), IsEmpty());
}

TEST_F(IndexTest, TheNextWriterRemovesWhatADeadOneLeft) {
  add(*writer(*open()), {recording(1)});
  memory_.replace("desk/index/segment-00000003", {1, 2, 3});
  memory_.replace("desk/index/manifest.new", {1});
  const auto reader = open();
  EXPECT_THAT(*files_.list("desk/index"), Contains("segment-00000003"));
  const auto w = writer(*reader);
  EXPECT_THAT(*files_.list("desk/index"), ElementsAre("manifest", "segment-00000002"));
  add(*w, {recording(2)});
  EXPECT_THAT(ids_of(*open()->snapshot()), ElementsAre(1, 2));
}

TEST_F(IndexTest, AFullDiskIsAClearErrorAndLosesNothing) {
  const auto index = open();
  const auto w = writer(*index);
  add(*w, {recording(1)});
  for (std::uint64_t room = 0; room < 2'000; room += 50) {
    files_.fill_disk(room);
    const auto added = w->add(std::vector{recording(2)});
    if (added.has_value()) {
      break;
    }
    EXPECT_THAT(added.error().message, HasSubstr("no space left on device"));
    EXPECT_THAT(added.error().message, HasSubstr("desk/index/"));
    EXPECT_THAT(ids_of(*open()->snapshot()), ElementsAre(1));
  }
  files_.heal();
  if (index->snapshot()->find(SourceId(2)) == nullptr) {
    add(*w, {recording(2)});
  }
  EXPECT_THAT(ids_of(*open()->snapshot()), ElementsAre(1, 2));
}

TEST_F(IndexTest, AMergeMakesOneSegmentAndForgetsWhatIsRemoved) {
  const auto index = open();
  const auto w = writer(*index);
  for (const std::uint32_t id : {5U, 1U, 3U}) add(*w, {recording(id), recording(id + 1)});
  ASSERT_TRUE(w->remove(std::vector{SourceId(1), SourceId(6)}).has_value());
  const auto before = index->snapshot();
  const auto merged = w->merge({.all = true});
  ASSERT_TRUE(merged.has_value()) << merged.error().message;
  EXPECT_EQ(merged->segments, 3U);
  EXPECT_EQ(merged->bytes, index->snapshot()->size());
  EXPECT_EQ(w->merge({.all = true})->segments, 0U);
  EXPECT_THAT(*files_.list("desk/index"), ElementsAre("manifest", "segment-00000006"));
  const auto text = *memory_.content("desk/index/manifest");
  EXPECT_THAT(std::string(text.begin(), text.end()), Not(HasSubstr("removed")));
  for (const auto& snapshot : {index->snapshot(), before, open()->snapshot()}) {
    EXPECT_THAT(ids_of(*snapshot), ElementsAre(2, 3, 4, 5));
    EXPECT_EQ(*snapshot->peaks(SourceId(4)), recording(4).peaks);
  }
  EXPECT_THAT(index->verify(), IsEmpty());
  add(*w, {recording(1), recording(6)});
  EXPECT_THAT(ids_of(*open()->snapshot()), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST_F(IndexTest, TheSameContentMergedIsTheSameBytes) {
  std::vector<std::vector<std::uint8_t>> contents;
  for (const std::vector<std::vector<std::uint32_t>>& adds :
       {std::vector<std::vector<std::uint32_t>>{{1}, {2}, {3}, {4}},
        {{2, 4}, {1, 3}},
        {{3, 4}, {1}, {2}}}) {
    MemoryFileSystem files;
    const auto index = *Index::open(files, "i");
    const auto w = writer(*index);
    for (const auto& ids : adds) {
      std::vector<NewSource> sources;
      sources.reserve(ids.size());
      for (const std::uint32_t id : ids) sources.push_back(recording(id));
      add(*w, sources);
    }
    ASSERT_TRUE(w->merge({.all = true}).has_value());
    contents.push_back(*files.content("i/" + files.list("i")->back()));
  }
  EXPECT_EQ(contents[0], contents[1]);
  EXPECT_EQ(contents[0], contents[2]);
}

TEST_F(IndexTest, TiersKeepTheSegmentsFewOverManyAdds) {
  const auto index = open();
  const auto w = writer(*index);
  std::vector<std::uint32_t> ids;
  for (std::uint32_t id = 1; id <= 100; ++id) {
    add(*w, {recording(id)});
    ids.push_back(id);
    while (w->merge({})->segments > 0) {
    }
    ASSERT_LE(index->snapshot()->segment_count(), 15U);
  }
  EXPECT_EQ(ids_of(*open()->snapshot()), ids);
  EXPECT_THAT(index->verify(), IsEmpty());
}

TEST_F(IndexTest, AMergeThatIsStoppedOrFailsLeavesNothing) {
  const auto index = open();
  const auto w = writer(*index);
  add(*w, {recording(1)});
  add(*w, {recording(2)});
  const auto names = *files_.list("desk/index");
  std::stop_source stop;
  const auto stopped = w->merge(
      {.all = true, .stop = stop.get_token(), .progress = [&](double) { stop.request_stop(); }});
  ASSERT_FALSE(stopped.has_value());
  EXPECT_EQ(stopped.error().kind, Error::Kind::kCancelled);
  EXPECT_EQ(*files_.list("desk/index"), names);
  files_.fill_disk(500);
  const auto full = w->merge({.all = true});
  ASSERT_FALSE(full.has_value());
  EXPECT_THAT(full.error().message, HasSubstr("no space left on device"));
  files_.heal();
  EXPECT_EQ(*files_.list("desk/index"), names);
  EXPECT_THAT(ids_of(*open()->snapshot()), ElementsAre(1, 2));
  EXPECT_EQ(w->merge({.all = true})->segments, 2U);
}

TEST_F(IndexTest, SnapshotsAreWholeWhileAnotherThreadWrites) {
  const auto index = open();
  std::atomic<bool> is_done = false;
  std::vector<Hash> probes;
  for (std::uint32_t hash = 0; hash < 40; ++hash) {
    probes.emplace_back(hash);
  }
  std::jthread reader([&] {
    while (!is_done) {
      ASSERT_TRUE(index->refresh().has_value());
      const auto snapshot = index->snapshot();
      std::size_t expected = 0;
      for (const SourceEntry& entry : snapshot->sources()) {
        ASSERT_TRUE(snapshot->peaks(entry.id).has_value());
        expected += recording(entry.id.value).fingerprint.size();
      }
      CountingSink sink;
      ASSERT_TRUE(snapshot->search(probes, 1, 1e9, sink).has_value());
      ASSERT_EQ(sink.count, expected);
    }
  });
  const auto w = writer(*index);
  for (std::uint32_t id = 1; id <= 30; ++id) {
    add(*w, {recording(id)});
    if (id % 3 == 0) {
      ASSERT_TRUE(w->remove(std::vector{SourceId(id - 1)}).has_value());
    }
    ASSERT_TRUE(w->merge({.all = id % 10 == 0}).has_value());
  }
  is_done = true;
}

TEST(IndexOnDisk, WorksOnTheRealDisk) {
  std::string pattern = testing::TempDir() + "index-XXXXXX";
  const std::string root = ::mkdtemp(pattern.data());
  const auto files = posix_file_system();
  {
    const auto index = *Index::open(*files, root + "/index");
    const auto w = *index->writer(system_clock(), std::chrono::milliseconds(0));
    ASSERT_TRUE(w->add(std::vector{recording(1), recording(2)}).has_value());
    const auto busy = index->writer(system_clock(), std::chrono::milliseconds(60));
    ASSERT_FALSE(busy.has_value());
    EXPECT_THAT(busy.error().message, HasSubstr("held by process " + std::to_string(::getpid())));
    ASSERT_TRUE(w->remove(std::vector{SourceId(1)}).has_value());
    EXPECT_EQ(w->merge({.all = true})->segments, 1U);
  }
  const auto index = *Index::open(*files, root + "/index");
  EXPECT_THAT(ids_of(*index->snapshot()), ElementsAre(2));
  EXPECT_EQ(*index->snapshot()->peaks(SourceId(2)), recording(2).peaks);
  EXPECT_THAT(index->verify(), IsEmpty());
  std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace needledrop
