#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "posting_stream.h"

namespace needledrop {

/// Postings in somebody else's store, to compare ours with. Single-threaded. Errors are kIo with
/// the store's own words.
class PostingStore {
 public:
  virtual ~PostingStore() = default;
  /// By hash, source and tick, all of it after what came before.
  virtual Result<void> append(std::span<const PlacedPosting> postings) = 0;
  /// Makes all of it ready to be asked.
  virtual Result<void> finish() = 0;
  /// Adds what is under the hashes [first, last] to `found`, in order.
  virtual Result<void> look_up(Hash first, Hash last, std::vector<PlacedPosting>& found) = 0;
  [[nodiscard]] virtual std::uint64_t size() const = 0;  // of the file, in bytes
};

/// A table (hash, source, tick) without row ids, of which all three are the primary key: the table
/// is its own index, and a range of hashes lies in one piece. (A table with row ids and an index on
/// the hash takes 34 bytes a posting instead of 18, and answers a sixth slower.) Loaded in one
/// transaction without a journal; asked through a memory map, by one prepared statement.
Result<std::unique_ptr<PostingStore>> create_sqlite_store(const std::string& path);
Result<std::unique_ptr<PostingStore>> open_sqlite_store(const std::string& path);

/// Hash to (source, tick) with repeated keys: MDB_INTEGERKEY, MDB_DUPSORT, MDB_DUPFIXED and
/// MDB_INTEGERDUP, values of 8 bytes; as in Olaf (Six, JOSS 2023), but with keys of 4 bytes for its
/// 8. Loaded in order without syncs; asked by one cursor in one read transaction. The system reads
/// ahead: with MDB_NORDAHEAD a cold clip takes five times as long among 1,000 recordings.
Result<std::unique_ptr<PostingStore>> create_lmdb_store(const std::string& path);
Result<std::unique_ptr<PostingStore>> open_lmdb_store(const std::string& path);

}  // namespace needledrop
