#include "base/file_system.h"

#include <array>
#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file_system_faulty.h"
#include "base/file_system_memory.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::uint8_t> bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

std::string read(FileSystem& files, const std::string& path) {
  const auto file = files.map(path);
  if (!file.has_value()) {
    return "error: " + file.error().message;
  }
  const auto bytes = (*file)->bytes();
  return {bytes.begin(), bytes.end()};
}

Result<void> write(FileSystem& files, const std::string& path, std::string_view text) {
  ND_TRY_ASSIGN(const auto file, files.create(path));
  ND_TRY(file->append(bytes_of(text)));
  ND_TRY(file->sync());
  return file->close();
}

/// What every file system must do.
class AnyFileSystem : public testing::TestWithParam<bool> {
 protected:
  AnyFileSystem() {
    std::string pattern = testing::TempDir() + "files-XXXXXX";
    root_ = ::mkdtemp(pattern.data());
    files_ = GetParam() ? posix_file_system() : std::make_unique<MemoryFileSystem>();
    EXPECT_TRUE(files_->create_directory(root_).has_value());
  }
  ~AnyFileSystem() override { std::filesystem::remove_all(root_); }

  std::string root_;
  std::unique_ptr<FileSystem> files_;
};

TEST_P(AnyFileSystem, ReadsWhatWasWritten) {
  ASSERT_TRUE(write(*files_, root_ + "/a", "one").has_value());
  EXPECT_EQ(read(*files_, root_ + "/a"), "one");
  ASSERT_TRUE(write(*files_, root_ + "/a", "").has_value());
  EXPECT_EQ(read(*files_, root_ + "/a"), "");
}

TEST_P(AnyFileSystem, RenameReplacesAndMappingsOutliveTheirName) {
  ASSERT_TRUE(write(*files_, root_ + "/old", "old").has_value());
  ASSERT_TRUE(write(*files_, root_ + "/new", "new").has_value());
  const auto mapped = *files_->map(root_ + "/old");
  ASSERT_TRUE(files_->rename(root_ + "/new", root_ + "/old").has_value());
  EXPECT_EQ(read(*files_, root_ + "/old"), "new");
  EXPECT_FALSE(*files_->exists(root_ + "/new"));
  ASSERT_TRUE(files_->remove(root_ + "/old").has_value());
  EXPECT_EQ(std::string(mapped->bytes().begin(), mapped->bytes().end()), "old");
}

TEST_P(AnyFileSystem, ListsNamesInOrder) {
  for (const char* name : {"b", "a", "c"}) {
    ASSERT_TRUE(write(*files_, root_ + "/" + name, "x").has_value());
  }
  EXPECT_THAT(*files_->list(root_), ElementsAre("a", "b", "c"));
  EXPECT_TRUE(files_->sync_directory(root_).has_value());
}

TEST_P(AnyFileSystem, MissingThingsAreNotFoundByName) {
  const std::string path = root_ + "/missing";
  const auto is_not_found = [&](const Error& error) {
    return error.kind == Error::Kind::kNotFound && error.message.starts_with(path);
  };
  EXPECT_TRUE(is_not_found(files_->map(path).error()));
  EXPECT_TRUE(is_not_found(files_->remove(path).error()));
  EXPECT_TRUE(is_not_found(files_->rename(path, root_ + "/x").error()));
  EXPECT_TRUE(is_not_found(files_->list(path).error()));
  EXPECT_TRUE(is_not_found(files_->sync_directory(path).error()));
  EXPECT_TRUE(is_not_found(files_->create(path + "/x").error()));
  EXPECT_FALSE(*files_->exists(path));
}

TEST_P(AnyFileSystem, MakesDirectoriesWithParentsAndAgain) {
  const std::string deep = root_ + "/a/b/c";
  ASSERT_TRUE(files_->create_directory(deep).has_value());
  ASSERT_TRUE(files_->create_directory(deep).has_value());
  EXPECT_TRUE(*files_->exists(deep));
  EXPECT_TRUE(write(*files_, deep + "/file", "x").has_value());
}

TEST_P(AnyFileSystem, OneHolderOfALockAtATime) {
  auto lock = files_->try_lock(root_ + "/lock");
  ASSERT_TRUE(lock.has_value());
  const auto second = files_->try_lock(root_ + "/lock");
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, Error::Kind::kBusy);
  lock->reset();
  EXPECT_TRUE(files_->try_lock(root_ + "/lock").has_value());
}

INSTANTIATE_TEST_SUITE_P(All, AnyFileSystem, testing::Bool(), [](const auto& parameter) {
  return parameter.param ? "Posix" : "Memory";
});

TEST(PosixFileSystem, TheLockGoesWithItsHolderAndNamesIt) {
  std::string pattern = testing::TempDir() + "lock-XXXXXX";
  const std::string path = std::string(::mkdtemp(pattern.data())) + "/lock";
  std::array<int, 2> ready{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto held = posix_file_system()->try_lock(path);
    const char done = held.has_value() ? 'y' : 'n';
    if (::write(ready[1], &done, 1) == 1) {
      ::pause();
    }
    ::_exit(0);
  }
  char done = 0;
  ASSERT_EQ(::read(ready[0], &done, 1), 1);
  ASSERT_EQ(done, 'y');
  const auto files = posix_file_system();
  const auto busy = files->try_lock(path);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ASSERT_FALSE(busy.has_value());
  EXPECT_EQ(busy.error().kind, Error::Kind::kBusy);
  EXPECT_THAT(busy.error().message, HasSubstr("held by process " + std::to_string(child)));
  EXPECT_TRUE(files->try_lock(path).has_value());
}

TEST(PosixFileSystem, AFullDiskIsNamedWithThePath) {
  const auto files = posix_file_system();
  const auto file = files->create("/dev/full");
  ASSERT_TRUE(file.has_value());
  const auto written = (*file)->append(bytes_of("x"));
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().message, "/dev/full: no space left on device");
}

TEST(PosixFileSystem, ADirectoryIsNoFile) {
  const auto mapped = posix_file_system()->map(testing::TempDir());
  ASSERT_FALSE(mapped.has_value());
  EXPECT_THAT(mapped.error().message, HasSubstr("not a regular file"));
}

TEST(MemoryFileSystem, PowerLossKeepsOnlyWhatWasSynced) {
  MemoryFileSystem files;
  ASSERT_TRUE(files.create_directory("d").has_value());
  ASSERT_TRUE(write(files, "d/kept", "synced").has_value());
  ASSERT_TRUE(files.sync_directory("d").has_value());
  ASSERT_TRUE(write(files, "d/nameless", "x").has_value());
  const auto unsynced = *files.create("d/kept2");
  ASSERT_TRUE(unsynced->append(bytes_of("y")).has_value());
  ASSERT_TRUE(files.rename("d/kept", "d/renamed").has_value());
  files.lose_power(MemoryFileSystem::UnsyncedNames::kLost);
  EXPECT_THAT(*files.list("d"), ElementsAre("kept"));
  EXPECT_EQ(read(files, "d/kept"), "synced");
}

TEST(MemoryFileSystem, PowerLossMayKeepNamesWithoutTheirBytes) {
  MemoryFileSystem files;
  ASSERT_TRUE(files.create_directory("d").has_value());
  const auto file = *files.create("d/a");
  ASSERT_TRUE(file->append(bytes_of("lost")).has_value());
  files.lose_power(MemoryFileSystem::UnsyncedNames::kKept);
  EXPECT_EQ(read(files, "d/a"), "");
}

TEST(MemoryFileSystem, PowerLossMayKeepSomeChangesOfNamesAndUndoOthers) {
  for (const auto names : {MemoryFileSystem::UnsyncedNames::kOnlyReplaced,
                           MemoryFileSystem::UnsyncedNames::kOnlyRemoved}) {
    MemoryFileSystem files;
    ASSERT_TRUE(files.create_directory("d").has_value());
    ASSERT_TRUE(write(files, "d/removed", "x").has_value());
    ASSERT_TRUE(write(files, "d/replaced", "old").has_value());
    ASSERT_TRUE(files.sync_directory("d").has_value());
    ASSERT_TRUE(files.remove("d/removed").has_value());
    ASSERT_TRUE(write(files, "d/new", "new").has_value());
    ASSERT_TRUE(files.rename("d/new", "d/replaced").has_value());
    ASSERT_TRUE(write(files, "d/made", "x").has_value());
    files.lose_power(names);
    if (names == MemoryFileSystem::UnsyncedNames::kOnlyReplaced) {
      EXPECT_THAT(*files.list("d"), ElementsAre("removed", "replaced"));
      EXPECT_EQ(read(files, "d/replaced"), "new");
    } else {
      EXPECT_THAT(*files.list("d"), ElementsAre("replaced"));
      EXPECT_EQ(read(files, "d/replaced"), "old");
    }
  }
}

TEST(FaultyFileSystem, FailsTheCallAskedForAndNoOther) {
  MemoryFileSystem memory;
  ASSERT_TRUE(memory.create_directory("d").has_value());
  FaultyFileSystem files(memory);
  for (const auto failure :
       {FaultyFileSystem::Failure::kBefore, FaultyFileSystem::Failure::kAfter}) {
    for (std::size_t nth = 0; nth < 4; ++nth) {  // create, append, sync, close
      files.fail_call(nth, failure, false);
      const auto written = write(files, "d/a", "text");
      ASSERT_FALSE(written.has_value()) << nth;
      EXPECT_EQ(written.error().message, "d/a: input/output error");
      EXPECT_EQ(files.calls(), nth + 1);
    }
  }
  files.fail_call(4, FaultyFileSystem::Failure::kBefore, false);
  EXPECT_TRUE(write(files, "d/a", "text").has_value());
}

TEST(FaultyFileSystem, AFullDiskTakesWhatFits) {
  MemoryFileSystem memory;
  ASSERT_TRUE(memory.create_directory("d").has_value());
  FaultyFileSystem files(memory);
  files.fill_disk(3);
  const auto written = write(files, "d/a", "12345");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().message, "d/a: no space left on device");
  EXPECT_EQ(read(memory, "d/a"), "123");
  files.heal();
  EXPECT_TRUE(write(files, "d/a", "12345").has_value());
}

}  // namespace
}  // namespace needledrop
