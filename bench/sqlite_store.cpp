#include <filesystem>

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "posting_store.h"

namespace needledrop {
namespace {

class SqliteStore final : public PostingStore {
 public:
  explicit SqliteStore(std::string path) : path_(std::move(path)) {}
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;
  ~SqliteStore() override {
    sqlite3_finalize(statement_);
    sqlite3_close(database_);
  }

  Result<void> open(int flags) {
    return checked(sqlite3_open_v2(path_.c_str(), &database_, flags, nullptr));
  }
  Result<void> run(const char* sql) {
    return checked(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr));
  }
  Result<void> prepare(const char* sql) {
    return checked(sqlite3_prepare_v2(database_, sql, -1, &statement_, nullptr));
  }

  Result<void> append(std::span<const PlacedPosting> postings) override {
    for (const PlacedPosting& posting : postings) {
      sqlite3_bind_int64(statement_, 1, posting.hash.value);
      sqlite3_bind_int64(statement_, 2, posting.source.value);
      sqlite3_bind_int64(statement_, 3, posting.tick.value);
      const int stepped = sqlite3_step(statement_);
      sqlite3_reset(statement_);
      if (stepped != SQLITE_DONE) return checked(stepped);
    }
    return {};
  }

  Result<void> finish() override { return run("COMMIT"); }

  Result<void> look_up(Hash first, Hash last, std::vector<PlacedPosting>& found) override {
    sqlite3_bind_int64(statement_, 1, first.value);
    sqlite3_bind_int64(statement_, 2, last.value);
    int stepped = sqlite3_step(statement_);
    while (stepped == SQLITE_ROW) {
      found.push_back({Hash(static_cast<std::uint32_t>(sqlite3_column_int64(statement_, 0))),
                       SourceId(static_cast<std::uint32_t>(sqlite3_column_int64(statement_, 1))),
                       Tick(sqlite3_column_int(statement_, 2))});
      stepped = sqlite3_step(statement_);
    }
    sqlite3_reset(statement_);
    return stepped == SQLITE_DONE ? Result<void>() : checked(stepped);
  }

  [[nodiscard]] std::uint64_t size() const override { return std::filesystem::file_size(path_); }

 private:
  Result<void> checked(int code) {
    if (code == SQLITE_OK) return {};
    return fail(Error::Kind::kIo, fmt::format("{}: {}", path_, sqlite3_errmsg(database_)));
  }

  std::string path_;
  sqlite3* database_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

Result<std::unique_ptr<PostingStore>> create_sqlite_store(const std::string& path) {
  auto store = std::make_unique<SqliteStore>(path);
  ND_TRY(store->open(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  ND_TRY(
      store->run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = "
                 "EXCLUSIVE; CREATE TABLE postings (hash INTEGER, source INTEGER, tick INTEGER, "
                 "PRIMARY KEY (hash, source, tick)) WITHOUT ROWID; BEGIN"));
  ND_TRY(store->prepare("INSERT INTO postings VALUES (?, ?, ?)"));
  return std::unique_ptr<PostingStore>(std::move(store));
}

Result<std::unique_ptr<PostingStore>> open_sqlite_store(const std::string& path) {
  auto store = std::make_unique<SqliteStore>(path);
  ND_TRY(store->open(SQLITE_OPEN_READONLY));
  ND_TRY(store->run("PRAGMA mmap_size = 1099511627776; PRAGMA locking_mode = EXCLUSIVE; BEGIN"));
  ND_TRY(store->prepare("SELECT hash, source, tick FROM postings WHERE hash BETWEEN ? AND ?"));
  return std::unique_ptr<PostingStore>(std::move(store));
}

}  // namespace needledrop
