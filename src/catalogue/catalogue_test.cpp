#include "catalogue/catalogue.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/statement.h"

namespace needledrop {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Mode = Catalogue::Mode;

class CatalogueTest : public CatalogueFixture {
 protected:
  [[nodiscard]] Error open_error(Mode mode) const {
    auto catalogue = Catalogue::open(path_, mode);
    return catalogue.has_value() ? Error{Error::Kind::kCancelled, "it opened"} : catalogue.error();
  }
  /// Spoils the tables as no Catalogue would.
  void execute(const std::string& script) const {
    const auto database = value_of(Database::open(path_, Database::Access::kReadWrite));
    EXPECT_DONE(database->execute(script));
  }
};

/// Runs `task` in a process of its own without the rights of root; true when it returned true.
bool succeeds_without_rights(const std::function<bool()>& task) {
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    if (geteuid() == 0 && (setgid(kNobody) != 0 || setuid(kNobody) != 0)) {
      _exit(2);
    }
    _exit(task() ? 0 : 1);
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(CatalogueTest, ReadOnlyNeedsItToBeThere) {
  const Error error = open_error(Mode::kReadOnly);
  EXPECT_EQ(error.kind, Error::Kind::kNotFound);
  EXPECT_THAT(error.message, HasSubstr(path_));
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(CatalogueTest, ReadOnlyReadsAndRefusesToWrite) {
  Catalogue writer = open();
  Catalogue reader = open(Mode::kReadOnly);
  const SourceId id = add(writer, "Song");
  EXPECT_EQ(value_of(reader.recording(id)).title, "Song");  // sees what others commit
  const Error error = error_of(reader.reserve_sources(1));
  EXPECT_EQ(error.kind, Error::Kind::kIo);
  EXPECT_THAT(error.message, HasSubstr("read-only"));
}

TEST_F(CatalogueTest, AFolderWithoutRightsIsReadAndNotWritten) {
  SourceId id;
  {
    Catalogue catalogue = open();
    id = add(catalogue, "Song");
  }
  ASSERT_FALSE(fs::exists(path_ + "-wal"));
  fs::permissions(path_, fs::perms(0444));
  fs::permissions(folder_, fs::perms(0555));
  EXPECT_TRUE(succeeds_without_rights([&] {
    auto catalogue = Catalogue::open(path_, Mode::kReadOnly);
    return catalogue.has_value() && catalogue->recording(id).has_value() &&
           catalogue->find_recording("song").has_value() && catalogue->verify().has_value() &&
           catalogue->verify()->empty() &&
           error_of(catalogue->reserve_sources(1)).message.find("read-only") != std::string::npos;
  }));
  EXPECT_TRUE(succeeds_without_rights([&] {
    const Error error = open_error(Mode::kReadWrite);
    return error.kind == Error::Kind::kIo && error.message.find("read-only") != std::string::npos;
  }));
  fs::permissions(path_, fs::perms(0666));  // the file may be written, its folder not
  EXPECT_TRUE(succeeds_without_rights([&] {
    return Catalogue::open(path_, Mode::kReadOnly).has_value() &&
           open_error(Mode::kReadWrite).kind == Error::Kind::kIo;
  }));
}

TEST_F(CatalogueTest, ChangesThatOnlyTheLogHoldsAreNotPassedOver) {
  {
    Catalogue catalogue = open();
    add(catalogue, "Song");
    fs::copy_file(path_, folder_ + "/copy.db");
    fs::copy_file(path_ + "-wal", folder_ + "/copy.db-wal");
  }
  path_ = folder_ + "/copy.db";
  fs::permissions(path_, fs::perms(0444));
  fs::permissions(path_ + "-wal", fs::perms(0444));
  fs::permissions(folder_, fs::perms(0555));
  EXPECT_TRUE(succeeds_without_rights([&] {
    const Error error = open_error(Mode::kReadOnly);
    return error.kind == Error::Kind::kIo &&
           error.message.find("copy the desk") != std::string::npos;
  }));
}

TEST_F(CatalogueTest, AReaderWithoutRightsSeesALiveWritersChanges) {
  Catalogue writer = open();
  add(writer, "Song");
  fs::permissions(folder_, fs::perms(0555));
  for (const char* end : {"", "-wal", "-shm"}) {
    fs::permissions(path_ + end, fs::perms(0444));
  }
  EXPECT_TRUE(succeeds_without_rights([&] {
    auto catalogue = Catalogue::open(path_, Mode::kReadOnly);
    return catalogue.has_value() && catalogue->find_recording("song").has_value();
  }));
}

TEST_F(CatalogueTest, ADamagedFileSaysWhichAndWhatToDo) {
  {
    Catalogue catalogue = open();
    add(catalogue, "Song");
  }
  const auto spoil = [&](std::streamoff position, std::size_t count) {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(position);
    file << std::string(count, 'x');
  };
  const auto size = fs::file_size(path_);
  spoil(4096, static_cast<std::size_t>(size) - 4096);
  {
    auto catalogue = Catalogue::open(path_, Mode::kReadWrite);
    const Error error =
        catalogue.has_value() ? error_of(catalogue->recordings()) : catalogue.error();
    EXPECT_EQ(error.kind, Error::Kind::kCorrupt);
    EXPECT_THAT(error.message, HasSubstr(path_));
    EXPECT_THAT(error.message, HasSubstr("backup"));
    if (catalogue.has_value()) {
      EXPECT_FALSE(value_of(catalogue->verify()).empty());
    }
  }
  spoil(0, 100);
  for (const Mode mode : {Mode::kReadWrite, Mode::kReadOnly}) {
    const Error error = open_error(mode);
    EXPECT_EQ(error.kind, Error::Kind::kCorrupt);
    EXPECT_THAT(error.message, HasSubstr(path_));
  }
}

TEST_F(CatalogueTest, ATruncatedFileIsDamaged) {
  {
    Catalogue catalogue = open();
    add(catalogue, "Song");
  }
  fs::resize_file(path_, fs::file_size(path_) / 2);
  auto catalogue = Catalogue::open(path_, Mode::kReadWrite);
  if (catalogue.has_value()) {
    const auto faults = catalogue->verify();
    EXPECT_TRUE(!faults.has_value() || !faults->empty());
  } else {
    EXPECT_EQ(catalogue.error().kind, Error::Kind::kCorrupt);
  }
}

TEST_F(CatalogueTest, VerifyFindsWhatSqliteDoesNot) {
  Catalogue catalogue = open();
  const SourceId id = add(catalogue, "Song");
  const NewEpisode episode = episode_of(catalogue, "e.mp4");
  store(catalogue, episode);
  EXPECT_THAT(value_of(catalogue.verify()), IsEmpty());
  execute("PRAGMA foreign_keys = OFF; DELETE FROM recording_path");
  EXPECT_THAT(value_of(catalogue.verify()), ElementsAre("recording 1 has no path"));
  execute(
      "PRAGMA foreign_keys = OFF; DELETE FROM recording;"
      "INSERT INTO spot VALUES (1, 0, 1, 0, 1, 0, 0, 0.5, 0.0, 'background', 1, 0)");
  const auto faults = value_of(catalogue.verify());
  EXPECT_THAT(faults, Contains(HasSubstr("spot")));
  EXPECT_THAT(faults, Contains(HasSubstr("source 1 is said to be a recording")));
  execute("UPDATE state SET last_source = 1, recordings_state = 0");
  EXPECT_THAT(value_of(catalogue.verify()), Contains(HasSubstr("source 2 was never given out")));
  EXPECT_THAT(value_of(catalogue.verify()), Contains(HasSubstr("the run of file 2")));
  EXPECT_EQ(id, SourceId(1));
}

constexpr int kEach = 25;

void add_many(const std::string& path, const std::string& name) {
  auto catalogue = Catalogue::open(path, Mode::kReadWrite);
  for (int i = 0; catalogue.has_value() && i < kEach; ++i) {
    const auto ids = catalogue->reserve_sources(1);
    const bool is_added =
        ids.has_value() &&
        catalogue->add_recordings(std::vector{recording_of(ids->front(), name + std::to_string(i))})
            .has_value();
    if (!is_added || !catalogue->production_named("The Same").has_value()) {
      return;
    }
  }
}

void expect_all_of_two(Catalogue& catalogue) {
  std::set<std::string> titles;
  for (const Recording& recording : value_of(catalogue.recordings())) {
    titles.insert(recording.title);
  }
  EXPECT_EQ(titles.size(), 2U * kEach);
  EXPECT_EQ(value_of(catalogue.recordings_state()), 2U * kEach);
  EXPECT_EQ(value_of(catalogue.productions()).size(), 1U);
  EXPECT_THAT(value_of(catalogue.verify()), IsEmpty());
}

TEST_F(CatalogueTest, TwoThreadsWriteAtOnce) {
  {
    const std::jthread one([&] { add_many(path_, "one"); });
    const std::jthread two([&] { add_many(path_, "two"); });
  }
  Catalogue catalogue = open();
  expect_all_of_two(catalogue);
}

TEST_F(CatalogueTest, TwoProcessesWriteAtOnce) {
  const pid_t child = fork();
  if (child == 0) {
    add_many(path_, "child");
    _exit(0);
  }
  add_many(path_, "parent");
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  Catalogue catalogue = open();
  expect_all_of_two(catalogue);
}

/// Adds recordings until it is killed and writes each id to the pipe once it is stored.
[[noreturn]] void add_until_killed(const std::string& path, int acknowledged) {
  auto catalogue = Catalogue::open(path, Mode::kReadWrite);
  while (catalogue.has_value()) {
    const auto ids = catalogue->reserve_sources(1);
    if (!ids.has_value() ||
        !catalogue->add_recordings(std::vector{recording_of(ids->front(), "Song")}).has_value()) {
      break;
    }
    const SourceId::rep id = ids->front().value;
    if (write(acknowledged, &id, sizeof id) != sizeof id) {
      break;
    }
  }
  _exit(1);
}

TEST_F(CatalogueTest, AKilledWriterLosesNothingThatWasAcknowledged) {
  std::set<SourceId> acknowledged;
  for (int round = 0; round < 12; ++round) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe(ends.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      add_until_killed(path_, ends[1]);
    }
    close(ends[1]);
    std::this_thread::sleep_for(std::chrono::milliseconds(15 + 7 * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    SourceId::rep id = 0;
    while (read(ends[0], &id, sizeof id) == sizeof id) {
      acknowledged.insert(SourceId(id));
    }
    close(ends[0]);
    Catalogue catalogue = open();
    const auto sources = value_of(catalogue.sources());
    EXPECT_TRUE(std::ranges::includes(sources, acknowledged)) << "round " << round;
    EXPECT_THAT(value_of(catalogue.verify()), IsEmpty()) << "round " << round;
  }
  EXPECT_FALSE(acknowledged.empty());
}

}  // namespace
}  // namespace needledrop
