#include "index/index_repair.h"

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file_system_faulty.h"
#include "base/file_system_memory.h"
#include "fingerprint/fingerprinter.h"
#include "index/bytes.h"
#include "index/index.h"
#include "index/manifest.h"
#include "index/synthetic_source.h"

namespace needledrop {
namespace {

using Failure = FaultyFileSystem::Failure;
using Names = MemoryFileSystem::UnsyncedNames;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::SizeIs;

constexpr std::chrono::milliseconds kNoWait{0};
const std::string kDirectory = "desk/index";
const std::string kFirst = kDirectory + "/segment-00000002";
const std::string kSecond = kDirectory + "/segment-00000003";

/// Made once: every test compares with it many times.
const NewSource& source(std::uint32_t id) {
  static std::map<std::uint32_t, NewSource> made_before;
  if (const auto at = made_before.find(id); at != made_before.end()) return at->second;
  std::mt19937 random(id);
  const auto kind = id == 3 ? SourceKind::kEpisode : SourceKind::kRecording;
  NewSource made = synthetic_source(SourceId(id), kind, {.ticks = 70, .peaks = 30}, random);
  made.fingerprint =
      kind == SourceKind::kRecording ? recording_fingerprint(made.peaks) : Fingerprint();
  return made_before.emplace(id, std::move(made)).first->second;
}

/// 4 was removed.
const std::set<std::uint32_t> kAll = {1, 2, 3, 5, 6};

struct Hits final : HitSink {
  std::vector<std::pair<std::uint32_t, Tick>> all;  // source, tick
  void on_hits(std::span<const Hit> hits) override {
    for (const Hit& hit : hits) all.emplace_back(hit.source.value, hit.tick);
  }
};

/// All hashes that any source has.
std::vector<Hash> probes() {
  std::vector<Hash> hashes;
  for (const std::uint32_t id : kAll) {
    for (const HashedLandmark& landmark : source(id).fingerprint) hashes.push_back(landmark.hash);
  }
  return hashes;
}

/// What a search for all of them must find.
std::vector<std::pair<std::uint32_t, Tick>> expected_hits(const std::set<std::uint32_t>& ids) {
  std::map<Hash, int> asked;
  for (const Hash hash : probes()) ++asked[hash];
  std::vector<std::pair<std::uint32_t, Tick>> hits;
  for (const std::uint32_t id : ids) {
    for (const HashedLandmark& landmark : source(id).fingerprint) {
      hits.insert(hits.end(), static_cast<std::size_t>(asked[landmark.hash]), {id, landmark.tick});
    }
  }
  std::ranges::sort(hits);
  return hits;
}

/// 1, 2 and 3 in one segment, 4 (removed) and 5 in the next, 6 in the last.
std::unique_ptr<MemoryFileSystem> new_index() {
  auto files = std::make_unique<MemoryFileSystem>();
  const auto index = *Index::open(*files, kDirectory);
  const auto writer = *index->writer(system_clock(), kNoWait);
  EXPECT_TRUE(writer->add(std::vector{source(1), source(2), source(3)}).has_value());
  EXPECT_TRUE(writer->add(std::vector{source(4), source(5)}).has_value());
  EXPECT_TRUE(writer->add(std::vector{source(6)}).has_value());
  EXPECT_TRUE(writer->remove(std::vector{SourceId(4)}).has_value());
  return files;
}

RepairOrder order() {
  RepairOrder order;
  order.known = []() -> Result<std::vector<KnownSource>> {
    std::vector<KnownSource> sources;
    for (const std::uint32_t id : kAll) {
      const SourceEntry entry = source(id).entry;
      sources.push_back({entry.id, entry.kind, entry.digest});
    }
    return sources;
  };
  return order;
}

std::vector<SetAside> repaired(FileSystem& files) {
  std::vector<SetAside> done;
  const auto ended = repair_index(files, kDirectory, system_clock(), order(), done);
  EXPECT_TRUE(ended.has_value()) << ended.error().message;
  return done;
}

/// The ids in the index, having compared every answer that it gives.
std::set<std::uint32_t> checked_ids(FileSystem& files) {
  const auto index = Index::open(files, kDirectory);
  EXPECT_TRUE(index.has_value()) << index.error().message;
  if (!index.has_value()) return {};
  const auto snapshot = (*index)->snapshot();
  std::set<std::uint32_t> ids;
  for (const SourceEntry& entry : snapshot->sources()) {
    EXPECT_TRUE(ids.insert(entry.id.value).second) << "twice: " << entry.id.value;
    EXPECT_EQ(entry, source(entry.id.value).entry);
    EXPECT_EQ(*snapshot->peaks(entry.id), source(entry.id.value).peaks);
  }
  Hits hits;
  EXPECT_TRUE(snapshot->search(probes(), 1, 100'000, hits).has_value());
  std::ranges::sort(hits.all);
  EXPECT_EQ(hits.all, expected_hits(ids));
  EXPECT_THAT((*index)->verify(), IsEmpty());
  return ids;
}

/// The sources of the first segment that the byte at `at` belongs to alone.
std::set<std::uint32_t> owners_of(const std::vector<std::uint8_t>& segment, std::size_t at) {
  const std::size_t rows_at = segment.size() - 80 - std::size_t{3} * 40;
  std::set<std::uint32_t> owners;
  for (std::uint32_t i = 0; i < 3; ++i) {
    const std::size_t row_at = rows_at + std::size_t{40} * i;
    const auto block_at = load<std::uint64_t>(segment.data() + row_at + 16);
    const auto block_size = load<std::uint32_t>(segment.data() + row_at + 12);
    const bool is_in_block = at >= block_at && at < block_at + block_size;
    if (is_in_block || (at >= row_at && at < row_at + 40)) owners.insert(i + 1);
  }
  return owners;
}

Bytes first_bytes(const Bytes& bytes, std::size_t count) {
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count)};
}

TEST(IndexRepair, AWholeIndexStaysAsItIs) {
  const auto files = new_index();
  const auto before = *files->list(kDirectory);
  EXPECT_THAT(repaired(*files), IsEmpty());
  EXPECT_EQ(*files->list(kDirectory), before);
  EXPECT_EQ(checked_ids(*files), kAll);
}

TEST(IndexRepair, AFlippedByteCostsNoMoreThanTheSourceThatItIsOf) {
  const auto whole = *new_index()->content(kFirst);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    const auto files = new_index();
    auto flipped = whole;
    flipped[at] ^= 0xA5;
    files->replace(kFirst, flipped);
    const auto done = repaired(*files);
    ASSERT_THAT(done, SizeIs(1));
    auto expected = kAll;
    for (const std::uint32_t id : owners_of(whole, at)) expected.erase(id);
    ASSERT_EQ(checked_ids(*files), expected) << "byte " << at;
    ASSERT_EQ(done.front().salvaged.size(), expected.size() - 2);
    ASSERT_EQ(done.front().file, kFirst);
    ASSERT_EQ(*files->content(done.front().kept_as), flipped);
    ASSERT_THAT(repaired(*files), IsEmpty());
    ASSERT_FALSE(HasFailure()) << "byte " << at;
  }
}

TEST(IndexRepair, ACutCostsWhatIsCutOff) {
  const auto whole = *new_index()->content(kFirst);
  const std::size_t rows_end = whole.size() - 80;
  for (std::size_t size = 0; size < whole.size(); size += size + 140 < rows_end ? 7 : 1) {
    const auto files = new_index();
    files->replace(kFirst, first_bytes(whole, size));
    EXPECT_THAT(repaired(*files), SizeIs(1));
    std::set<std::uint32_t> expected = {5, 6};
    for (std::uint32_t id = 1; id <= 3; ++id) {
      if (size >= rows_end - std::size_t{40} * (3 - id)) expected.insert(id);
    }
    ASSERT_EQ(checked_ids(*files), expected) << size << " bytes";
  }
  const auto files = new_index();
  auto longer = whole;
  longer.insert(longer.end(), 100, 0);
  files->replace(kFirst, longer);
  EXPECT_THAT(repaired(*files), SizeIs(1));
  EXPECT_EQ(checked_ids(*files), kAll);
}

TEST(IndexRepair, AMissingSegmentIsForgottenAndWhatItHeldCanBeAddedAgain) {
  const auto files = new_index();
  ASSERT_TRUE(files->remove(kFirst).has_value());
  const auto done = repaired(*files);
  ASSERT_THAT(done, SizeIs(1));
  EXPECT_EQ(done.front().kept_as, "");
  EXPECT_THAT(done.front().salvaged, IsEmpty());
  EXPECT_THAT(checked_ids(*files), ElementsAre(5, 6));
  const auto index = *Index::open(*files, kDirectory);
  const auto writer = *index->writer(system_clock(), kNoWait);
  ASSERT_TRUE(writer->add(std::vector{source(1), source(2), source(3)}).has_value());
  EXPECT_EQ(checked_ids(*files), kAll);
}

TEST(IndexRepair, AnotherSegmentUnderTheNameGivesNoSourceTwice) {
  const auto files = new_index();
  files->replace(kFirst, *files->content(kSecond));
  EXPECT_THAT(repaired(*files), SizeIs(1));
  EXPECT_THAT(checked_ids(*files), ElementsAre(5, 6));
}

TEST(IndexRepair, OnlyWhatIsKnownIsKept) {
  const auto files = new_index();
  auto flipped = *files->content(kFirst);
  flipped.back() ^= 1;
  files->replace(kFirst, flipped);
  RepairOrder fewer = order();
  fewer.known = []() -> Result<std::vector<KnownSource>> {
    std::vector<KnownSource> known = *order().known();
    known[1].digest.bytes[0] ^= 1;  // 2 is another sound now
    known.erase(known.begin());     // 1 does not exist
    return known;
  };
  std::vector<SetAside> done;
  ASSERT_TRUE(repair_index(*files, kDirectory, system_clock(), fewer, done).has_value());
  EXPECT_THAT(checked_ids(*files), ElementsAre(3, 5, 6));
}

/// The file with its header saying another version or other parameters, rightly checked.
Bytes with_header(Bytes segment, std::size_t at, std::uint8_t value) {
  segment[at] = value;
  Bytes header = first_bytes(segment, 32);
  append_checksum(header, 0);
  std::ranges::copy(header, segment.begin());
  return segment;
}

TEST(IndexRepair, WhatWasMadeOtherwiseGivesNothingAndWhatIsNewerStays) {
  const auto whole = *new_index()->content(kFirst);
  for (const Bytes& other : {with_header(whole, 8, 0), with_header(whole, 20, whole[20] ^ 1)}) {
    const auto files = new_index();
    files->replace(kFirst, other);
    const auto done = repaired(*files);
    ASSERT_THAT(done, SizeIs(1));
    EXPECT_EQ(done.front().error.kind, Error::Kind::kUnsupported);
    EXPECT_EQ(*files->content(done.front().kept_as), other);
    EXPECT_THAT(checked_ids(*files), ElementsAre(5, 6));
  }
  const auto files = new_index();
  files->replace(kFirst, with_header(whole, 8, 2));
  EXPECT_THAT(repaired(*files), IsEmpty());
  EXPECT_THAT((*Index::open(*files, kDirectory))->unreadable(), SizeIs(1));
  files->replace(kFirst, whole);
  EXPECT_EQ(checked_ids(*files), kAll);
}

TEST(IndexRepair, EveryDamageToTheManifestIsMended) {
  const Bytes whole = *new_index()->content(manifest_path(kDirectory));
  for (std::size_t at = 0; at <= whole.size(); ++at) {
    const auto files = new_index();
    if (at == whole.size()) {
      ASSERT_TRUE(files->remove(manifest_path(kDirectory)).has_value());
    } else {
      auto flipped = whole;
      flipped[at] ^= 0x11;
      files->replace(manifest_path(kDirectory), flipped);
    }
    ASSERT_THAT(repaired(*files), SizeIs(1));
    ASSERT_EQ(checked_ids(*files), kAll) << "byte " << at;
    const Manifest manifest = *read_manifest(*files, kDirectory);
    ASSERT_GT(manifest.generation, at == whole.size() ? 4U : 3U);
    ASSERT_THAT(manifest.removed, ElementsAre(SourceId(4)));
    ASSERT_THAT(repaired(*files), IsEmpty());
  }
}

TEST(IndexRepair, ALostManifestIsMadeOfTheNewestSegmentsAndTheirDamageMended) {
  const auto files = new_index();
  const auto first = *files->content(kFirst);
  const auto second = *files->content(kSecond);
  {
    const auto index = *Index::open(*files, kDirectory);
    ASSERT_EQ((*index->writer(system_clock(), kNoWait))->merge({.all = true})->segments, 3U);
  }
  const std::string merged = kDirectory + "/segment-00000006";
  auto damaged = *files->content(merged);
  damaged[45] ^= 1;  // the peaks of 1
  // What a merge left behind, and a segment that no manifest ever named.
  files->replace(kFirst, first);
  files->replace(kSecond, second);
  files->replace(kDirectory + "/segment-00000009", {1, 2, 3});
  ASSERT_TRUE(files->remove(manifest_path(kDirectory)).has_value());
  EXPECT_THAT(repaired(*files), SizeIs(2));
  EXPECT_EQ(checked_ids(*files), kAll);
  EXPECT_GT(read_manifest(*files, kDirectory)->generation, 9U);

  const auto again = new_index();
  again->replace(kFirst, first);
  again->replace(merged, damaged);
  ASSERT_TRUE(again->remove(manifest_path(kDirectory)).has_value());
  EXPECT_THAT(repaired(*again), SizeIs(2));
  EXPECT_EQ(checked_ids(*again), kAll);
}

TEST(IndexRepair, ManyHoursAreSalvagedIntoSeveralSegments) {
  MemoryFileSystem files;
  std::vector<NewSource> sources;
  for (std::uint32_t id = 1; id <= 5; ++id) {
    NewSource one = source(id == 3 ? 7 : id);
    one.entry.id = SourceId(id);
    one.entry.length = Tick(3'000'000);
    one.peaks.length = one.entry.length;
    sources.push_back(std::move(one));
  }
  {
    const auto index = *Index::open(files, kDirectory);
    ASSERT_TRUE((*index->writer(system_clock(), kNoWait))->add(sources).has_value());
  }
  auto damaged = *files.content(kFirst);
  damaged.back() ^= 1;
  files.replace(kFirst, damaged);
  RepairOrder all = order();
  all.known = [&]() -> Result<std::vector<KnownSource>> {
    std::vector<KnownSource> known;
    known.reserve(sources.size());
    for (const NewSource& one : sources) {
      known.push_back({one.entry.id, one.entry.kind, one.entry.digest});
    }
    return known;
  };
  std::vector<SetAside> done;
  ASSERT_TRUE(repair_index(files, kDirectory, system_clock(), all, done).has_value());
  const auto index = *Index::open(files, kDirectory);
  EXPECT_EQ(index->snapshot()->segment_count(), 2U);
  EXPECT_EQ(index->snapshot()->sources().size(), 5U);
  EXPECT_THAT(index->verify(), IsEmpty());
  const auto writer = *index->writer(system_clock(), kNoWait);
  EXPECT_TRUE(writer->merge({.all = true}).has_value());
  EXPECT_EQ(index->snapshot()->segment_count(), 1U);
}

TEST(IndexRepair, StopsWhenAskedAndWaitsForNobodyElse) {
  const auto files = new_index();
  files->replace(kFirst, {1});
  std::stop_source stop;
  stop.request_stop();
  RepairOrder stopped = order();
  stopped.stop = stop.get_token();
  std::vector<SetAside> done;
  const auto ended = repair_index(*files, kDirectory, system_clock(), stopped, done);
  ASSERT_FALSE(ended.has_value());
  EXPECT_EQ(ended.error().kind, Error::Kind::kCancelled);
  const auto index = *Index::open(*files, kDirectory);
  const auto writer = *index->writer(system_clock(), kNoWait);
  const auto busy = repair_index(*files, kDirectory, system_clock(), order(), done);
  ASSERT_FALSE(busy.has_value());
  EXPECT_EQ(busy.error().kind, Error::Kind::kBusy);
  EXPECT_EQ(*files->content(kFirst), Bytes{1});
}

TEST(IndexRepair, AFullDiskGetsItsRoomBack) {
  std::size_t failures = 0;
  for (std::uint64_t room = 0;; room += 50) {
    const auto memory = new_index();
    auto damaged = *memory->content(kFirst);
    damaged.back() ^= 1;
    memory->replace(kFirst, damaged);
    const auto before = *memory->list(kDirectory);
    FaultyFileSystem files(*memory);
    files.fill_disk(room);
    std::vector<SetAside> done;
    const auto ended = repair_index(files, kDirectory, system_clock(), order(), done);
    if (ended.has_value()) break;
    ++failures;
    ASSERT_EQ(ended.error().kind, Error::Kind::kIo);
    const bool is_manifest = ended.error().message.find("manifest") != std::string::npos;
    ASSERT_TRUE(is_manifest || *memory->list(kDirectory) == before) << room;
    ASSERT_FALSE(*memory->exists(kDirectory + "/quarantine/unfinished")) << room;
    files.heal();
    ASSERT_THAT(repaired(files), SizeIs(1));
    ASSERT_EQ(checked_ids(files), kAll);
  }
  EXPECT_GT(failures, 20U);
}

/// A damage to an index that costs no source but those of a missing segment.
using DamageOf = void (*)(MemoryFileSystem&);

void break_postings_and_footer(MemoryFileSystem& files) {
  auto first = *files.content(kFirst);
  first[first.size() - 300] ^= 1;
  files.replace(kFirst, first);
  auto second = *files.content(kSecond);
  second.back() ^= 1;
  files.replace(kSecond, second);
}

void lose_manifest(MemoryFileSystem& files) {
  break_postings_and_footer(files);
  files.replace(manifest_path(kDirectory), {1, 2, 3});
}

/// Repairs with call number nth failing; the next repair must go on from there, whatever a power
/// loss has left. Returns whether that call was reached.
bool repair_with_fault(DamageOf damage, std::size_t nth, Failure failure, bool and_after,
                       std::optional<Names> power_loss) {
  const auto memory = new_index();
  damage(*memory);
  const auto first = *memory->content(kFirst);
  const auto second = *memory->content(kSecond);
  FaultyFileSystem files(*memory);
  files.fail_call(nth, failure, and_after);
  std::vector<SetAside> done;
  const auto ended = repair_index(files, kDirectory, system_clock(), order(), done);
  if (!ended.has_value()) {
    EXPECT_EQ(ended.error().kind, Error::Kind::kIo) << ended.error().message;
  }
  const bool was_reached = files.calls() > nth;
  if (power_loss) memory->lose_power(*power_loss);
  // An ordinary writer may come in between, and clears up.
  if (const auto index = Index::open(*memory, kDirectory); index.has_value()) {
    EXPECT_TRUE((*index)->writer(system_clock(), kNoWait).has_value());
  }
  repaired(*memory);
  EXPECT_EQ(checked_ids(*memory), kAll);
  EXPECT_THAT(repaired(*memory), IsEmpty());
  std::vector<Bytes> kept;
  const std::string folder = kDirectory + "/quarantine";
  const auto names = memory->list(folder);
  for (const std::string& name : *names) {
    kept.push_back(*memory->content(std::string(folder).append("/").append(name)));
  }
  EXPECT_THAT(kept, IsSupersetOf({first, second}));
  return was_reached;
}

class RepairFault
    : public testing::TestWithParam<std::tuple<DamageOf, Failure, bool, std::optional<Names>>> {};

TEST_P(RepairFault, LosesNothingAndIsMendedByTheNextRepair) {
  const auto [damage, failure, and_after, power_loss] = GetParam();
  std::size_t nth = 0;
  while (repair_with_fault(damage, nth, failure, and_after, power_loss)) {
    ASSERT_FALSE(HasFailure()) << "call " << nth;
    ++nth;
  }
  EXPECT_GT(nth, 50U);
}

INSTANTIATE_TEST_SUITE_P(All, RepairFault,
                         testing::Combine(testing::Values(break_postings_and_footer, lose_manifest),
                                          testing::Values(Failure::kBefore, Failure::kAfter),
                                          testing::Bool(),
                                          testing::Values(std::nullopt, Names::kKept, Names::kLost,
                                                          Names::kOnlyReplaced,
                                                          Names::kOnlyRemoved)));

}  // namespace
}  // namespace needledrop
