#include <optional>
#include <random>
#include <set>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file_system_faulty.h"
#include "base/file_system_memory.h"
#include "index/index.h"
#include "index/synthetic_source.h"

namespace needledrop {
namespace {

using Failure = FaultyFileSystem::Failure;
using Names = MemoryFileSystem::UnsyncedNames;
using Ids = std::set<std::uint32_t>;

constexpr std::chrono::milliseconds kNoWait{0};
const std::string kDirectory = "desk/index";

NewSource recording(std::uint32_t id) {
  std::mt19937 random(id);
  return synthetic_source(SourceId(id), SourceKind::kRecording, {}, random);
}

/// The ids in the index, having compared everything that it says of them.
Ids checked_ids(const Index& index) {
  Ids ids;
  for (const SourceEntry& entry : index.snapshot()->sources()) {
    ids.insert(entry.id.value);
    const NewSource source = recording(entry.id.value);
    EXPECT_EQ(entry, source.entry);
    EXPECT_EQ(*index.snapshot()->peaks(entry.id), source.peaks);
  }
  EXPECT_TRUE(index.verify().empty());
  return ids;
}

/// The states that the index may be in, given what its writer reported.
class Expectation {
 public:
  explicit Expectation(Ids ids) : possible_{std::move(ids)} {}

  template <typename Change>
  void after(const Result<void>& result, Change change) {
    std::set<Ids> next;
    for (const Ids& ids : possible_) {
      if (!result.has_value()) {
        next.insert(ids);
      }
      Ids changed = ids;
      change(changed);
      next.insert(changed);
    }
    possible_ = std::move(next);
  }
  [[nodiscard]] bool allows(const Ids& ids) const { return possible_.contains(ids); }

 private:
  std::set<Ids> possible_;
};

/// Opens, adds 3, removes 1, adds 4 and removes all of the first segment, each whether or not the
/// ones before failed.
void write_under_faults(FileSystem& files, Expectation& expected) {
  const auto index = Index::open(files, kDirectory);
  if (!index.has_value()) {
    EXPECT_EQ(index.error().kind, Error::Kind::kIo) << index.error().message;
    return;
  }
  const auto writer = (*index)->writer(system_clock(), kNoWait);
  if (!writer.has_value()) {
    EXPECT_EQ(writer.error().kind, Error::Kind::kIo) << writer.error().message;
    return;
  }
  for (const std::uint32_t id : {3U, 4U}) {
    expected.after((*writer)->add(std::vector{recording(id)}), [&](Ids& ids) { ids.insert(id); });
    const std::uint32_t gone = id - 2;
    expected.after((*writer)->remove(std::vector{SourceId(gone)}),
                   [&](Ids& ids) { ids.erase(gone); });
  }
}

/// Opens, merges all, adds 4 and merges again, each whether or not the ones before failed.
void merge_under_faults(FileSystem& files, Expectation& expected) {
  const auto index = Index::open(files, kDirectory);
  if (!index.has_value()) return;
  const auto writer = (*index)->writer(system_clock(), kNoWait);
  if (!writer.has_value()) return;
  const auto merge = [&] {
    const auto merged = (*writer)->merge({.all = true});
    if (!merged.has_value()) {
      EXPECT_EQ(merged.error().kind, Error::Kind::kIo) << merged.error().message;
    }
  };
  merge();
  expected.after((*writer)->add(std::vector{recording(4)}), [](Ids& ids) { ids.insert(4); });
  merge();
}

/// What is done to an index of 1 and 2, and of a second segment with the removed 7 and of 8.
using Work = void (*)(FileSystem&, Expectation&);

/// Works with call number nth failing; then nothing reported may be lost, and all must work again.
/// Returns whether that call was reached.
bool run_with_fault(Work work, std::size_t nth, Failure failure, bool and_after,
                    std::optional<Names> power_loss) {
  MemoryFileSystem memory;
  {
    const auto index = *Index::open(memory, kDirectory);
    const auto writer = *index->writer(system_clock(), kNoWait);
    EXPECT_TRUE(writer->add(std::vector{recording(1), recording(2)}).has_value());
    EXPECT_TRUE(writer->add(std::vector{recording(7), recording(8)}).has_value());
    EXPECT_TRUE(writer->remove(std::vector{SourceId(7)}).has_value());
  }
  FaultyFileSystem files(memory);
  files.fail_call(nth, failure, and_after);
  Expectation expected({1, 2, 8});
  work(files, expected);
  const bool was_reached = files.calls() > nth;
  if (power_loss) {
    memory.lose_power(*power_loss);
  }

  const auto index = Index::open(memory, kDirectory);
  EXPECT_TRUE(index.has_value()) << index.error().message;
  if (!index.has_value()) {
    return was_reached;
  }
  Ids ids = checked_ids(**index);
  EXPECT_TRUE(expected.allows(ids)) << testing::PrintToString(ids);
  const auto writer = *(*index)->writer(system_clock(), kNoWait);
  EXPECT_TRUE(writer->add(std::vector{recording(9)}).has_value());
  ids.insert(9);
  EXPECT_EQ(checked_ids(**Index::open(memory, kDirectory)), ids);
  const auto merged = writer->merge({.all = true});
  EXPECT_TRUE(merged.has_value()) << merged.error().message;
  EXPECT_EQ((*index)->snapshot()->segment_count(), 1U);
  EXPECT_EQ(memory.list(kDirectory)->size(), 2U) << "manifest and segment";
  EXPECT_EQ(checked_ids(**Index::open(memory, kDirectory)), ids);
  return was_reached;
}

class EveryFault
    : public testing::TestWithParam<std::tuple<Work, Failure, bool, std::optional<Names>>> {};

TEST_P(EveryFault, LeavesTheOldStateOrTheNew) {
  const auto [work, failure, and_after, power_loss] = GetParam();
  std::size_t nth = 0;
  while (run_with_fault(work, nth, failure, and_after, power_loss)) {
    ASSERT_FALSE(HasFailure()) << "call " << nth;
    ++nth;
  }
  EXPECT_GT(nth, 40U);
}

INSTANTIATE_TEST_SUITE_P(All, EveryFault,
                         testing::Combine(testing::Values(write_under_faults, merge_under_faults),
                                          testing::Values(Failure::kBefore, Failure::kAfter),
                                          testing::Bool(),
                                          testing::Values(std::nullopt, Names::kKept, Names::kLost,
                                                          Names::kOnlyReplaced,
                                                          Names::kOnlyRemoved)));

/// A writer that could not make its last commit durable is followed by one that clears up after it.
TEST(NextWriter, RemovesNothingThatThePowerMayBringBack) {
  for (const auto names : {Names::kKept, Names::kLost, Names::kOnlyReplaced, Names::kOnlyRemoved}) {
    for (std::size_t nth = 0; nth < 20; ++nth) {
      MemoryFileSystem memory;
      FaultyFileSystem files(memory);
      {
        const auto index = *Index::open(files, kDirectory);
        const auto writer = *index->writer(system_clock(), kNoWait);
        ASSERT_TRUE(writer->add(std::vector{recording(1)}).has_value());
        ASSERT_TRUE(writer->add(std::vector{recording(2)}).has_value());
        files.fail_call(nth, Failure::kBefore, true);
        std::ignore = writer->remove(std::vector{SourceId(1)});
      }
      files.heal();
      ASSERT_TRUE((*Index::open(files, kDirectory))->writer(system_clock(), kNoWait).has_value());
      memory.lose_power(names);
      const auto index = Index::open(memory, kDirectory);
      ASSERT_TRUE(index.has_value()) << "call " << nth << ": " << index.error().message;
      ASSERT_TRUE(checked_ids(**index).contains(2));
    }
  }
}

/// The first writer of all is where the directory and the first manifest come from.
TEST(FirstWriter, MayFailAnywhereAndBeTriedAgain) {
  for (const auto names : {Names::kKept, Names::kLost, Names::kOnlyReplaced, Names::kOnlyRemoved}) {
    for (std::size_t nth = 0;; ++nth) {
      MemoryFileSystem memory;
      FaultyFileSystem files(memory);
      files.fail_call(nth, Failure::kAfter, true);
      Expectation expected({});
      const auto index = Index::open(files, kDirectory);
      if (index.has_value()) {
        const auto writer = (*index)->writer(system_clock(), kNoWait);
        if (writer.has_value()) {
          expected.after((*writer)->add(std::vector{recording(1)}),
                         [](Ids& ids) { ids.insert(1); });
        }
      }
      const bool was_reached = files.calls() > nth;
      memory.lose_power(names);
      const auto again = Index::open(memory, kDirectory);
      ASSERT_TRUE(again.has_value()) << "call " << nth << ": " << again.error().message;
      ASSERT_TRUE(expected.allows(checked_ids(**again))) << "call " << nth;
      ASSERT_TRUE((*again)->writer(system_clock(), kNoWait).has_value());
      if (!was_reached) {
        break;
      }
    }
  }
}

}  // namespace
}  // namespace needledrop
