#include <cstring>
#include <optional>

#include <fmt/format.h>
#include <lmdb.h>

#include "posting_store.h"

namespace needledrop {
namespace {

constexpr std::size_t kGreatestMap = std::size_t{1} << 38;
/// A write transaction keeps a list of the pages that it has touched.
constexpr std::size_t kPostingsACommit = 1 << 20;

std::uint64_t value_of(const PlacedPosting& posting) {
  return std::uint64_t{posting.source.value} << 32 | static_cast<std::uint32_t>(posting.tick.value);
}

PlacedPosting posting_of(const MDB_val& key, const MDB_val& data) {
  std::uint32_t hash = 0;
  std::uint64_t value = 0;
  std::memcpy(&hash, key.mv_data, sizeof(hash));
  std::memcpy(&value, data.mv_data, sizeof(value));
  return {Hash(hash), SourceId(static_cast<std::uint32_t>(value >> 32)),
          Tick(static_cast<std::int32_t>(value & 0xFFFFFFFF))};
}

class LmdbStore final : public PostingStore {
 public:
  explicit LmdbStore(std::string path) : path_(std::move(path)) {}
  LmdbStore(const LmdbStore&) = delete;
  LmdbStore& operator=(const LmdbStore&) = delete;
  ~LmdbStore() override {
    if (cursor_ != nullptr) mdb_cursor_close(cursor_);
    if (transaction_ != nullptr) mdb_txn_abort(transaction_);
    if (environment_ != nullptr) mdb_env_close(environment_);
  }

  Result<void> open(unsigned flags) {
    constexpr mdb_mode_t kMode = 0644;
    ND_TRY(checked(mdb_env_create(&environment_)));
    ND_TRY(checked(mdb_env_set_mapsize(environment_, kGreatestMap)));
    ND_TRY(checked(mdb_env_open(environment_, path_.c_str(), flags | MDB_NOSUBDIR, kMode)));
    return begin(flags & MDB_RDONLY);
  }

  Result<void> append(std::span<const PlacedPosting> postings) override {
    for (const PlacedPosting& posting : postings) {
      std::uint32_t hash = posting.hash.value;
      std::uint64_t value = value_of(posting);
      MDB_val key{sizeof(hash), &hash};
      MDB_val data{sizeof(value), &value};
      const bool is_repeated = last_hash_ == posting.hash;
      ND_TRY(
          checked(mdb_cursor_put(cursor_, &key, &data, is_repeated ? MDB_APPENDDUP : MDB_APPEND)));
      last_hash_ = posting.hash;
      if (++uncommitted_ == kPostingsACommit) {
        ND_TRY(finish());
        ND_TRY(begin(0));
      }
    }
    return {};
  }

  Result<void> finish() override {
    mdb_cursor_close(std::exchange(cursor_, nullptr));
    uncommitted_ = 0;
    return checked(mdb_txn_commit(std::exchange(transaction_, nullptr)));
  }

  Result<void> look_up(Hash first, Hash last, std::vector<PlacedPosting>& found) override {
    std::uint32_t hash = first.value;
    MDB_val key{sizeof(hash), &hash};
    MDB_val data{};
    int code = mdb_cursor_get(cursor_, &key, &data, MDB_SET_RANGE);
    while (code == 0) {
      const PlacedPosting posting = posting_of(key, data);
      if (posting.hash > last) return {};
      found.push_back(posting);
      code = mdb_cursor_get(cursor_, &key, &data, MDB_NEXT);
    }
    return code == MDB_NOTFOUND ? Result<void>() : checked(code);
  }

  /// The map is as large as it may become; what is used of it counts.
  [[nodiscard]] std::uint64_t size() const override {
    MDB_envinfo information{};
    MDB_stat statistics{};
    mdb_env_info(environment_, &information);
    mdb_env_stat(environment_, &statistics);
    return (information.me_last_pgno + 1) * statistics.ms_psize;
  }

 private:
  Result<void> begin(unsigned flags) {
    ND_TRY(checked(mdb_txn_begin(environment_, nullptr, flags, &transaction_)));
    const unsigned kind = MDB_INTEGERKEY | MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP;
    const unsigned creating = (flags & MDB_RDONLY) != 0 ? 0 : MDB_CREATE;
    ND_TRY(checked(mdb_dbi_open(transaction_, nullptr, kind | creating, &table_)));
    return checked(mdb_cursor_open(transaction_, table_, &cursor_));
  }

  Result<void> checked(int code) const {
    if (code == 0) return {};
    return fail(Error::Kind::kIo, fmt::format("{}: {}", path_, mdb_strerror(code)));
  }

  std::string path_;
  MDB_env* environment_ = nullptr;
  MDB_txn* transaction_ = nullptr;
  MDB_cursor* cursor_ = nullptr;
  MDB_dbi table_ = 0;
  std::size_t uncommitted_ = 0;
  std::optional<Hash> last_hash_;
};

Result<std::unique_ptr<PostingStore>> open_store(const std::string& path, unsigned flags) {
  auto store = std::make_unique<LmdbStore>(path);
  ND_TRY(store->open(flags));
  return std::unique_ptr<PostingStore>(std::move(store));
}

}  // namespace

Result<std::unique_ptr<PostingStore>> create_lmdb_store(const std::string& path) {
  return open_store(path, MDB_NOSYNC | MDB_NOLOCK);
}

Result<std::unique_ptr<PostingStore>> open_lmdb_store(const std::string& path) {
  return open_store(path, MDB_RDONLY | MDB_NOLOCK);
}

}  // namespace needledrop
