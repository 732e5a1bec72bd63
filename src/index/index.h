#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "base/result.h"
#include "index/merge_policy.h"
#include "index/segment_merge.h"
#include "index/snapshot.h"
#include "index/source.h"

namespace needledrop {

class IndexWriter;

/// What is wrong with a segment, as found by Index::verify.
struct Damage {
  std::string file;
  Error error;
  std::vector<SourceId> sources;  // that lose something by it, as far as they can be told
};

/// What a merge should do, and how it is watched.
struct MergeOrder {
  bool all = false;  // next_merge_of_all, else next_merge (merge_policy.h)
  std::uint64_t most_bytes = kGreatestSegment;
  std::stop_token stop{};
  MergeProgress progress = [](double) {};
};

/// What a merge did.
struct MergeDone {
  std::size_t segments = 0;  // that became one; 0 when the policy asked for none
  std::uint64_t bytes = 0;   // of that one
};

/// A directory of immutable segments and the manifest that names the live ones. Thread-safe;
/// readers take a snapshot and never wait, writers exclude each other across processes. The file
/// system is borrowed and outlives the index.
class Index {
 public:
  /// A directory that is not there yet is an empty index. Only what every reader needs is checked:
  /// the rest, when it is first touched. A segment that can't be read is left out: see
  /// unreadable(). Errors: kCorrupt and kUnsupported of the manifest, kIo.
  static Result<std::unique_ptr<Index>> open(FileSystem& files, std::string directory);
  virtual ~Index() = default;

  [[nodiscard]] virtual std::shared_ptr<const Snapshot> snapshot() const = 0;
  /// The segments that snapshot() lacks: damaged, missing, or kUnsupported (of another format, or
  /// made with other analysis parameters). Writers leave them where they are.
  [[nodiscard]] virtual std::vector<Damage> unreadable() const = 0;
  /// Sees what other processes have committed since.
  virtual Result<void> refresh() = 0;
  /// Takes the one writer's lock, waiting up to `wait` for another holder; then kBusy naming its
  /// pid. Refreshes under the lock. Creates the directory.
  virtual Result<std::unique_ptr<IndexWriter>> writer(Clock& clock,
                                                      std::chrono::milliseconds wait) = 0;
  /// Reads and checks every byte on disk.
  [[nodiscard]] virtual std::vector<Damage> verify() const = 0;
  /// The same for an index that is too damaged to be opened.
  static std::vector<Damage> verify_directory(FileSystem& files, const std::string& directory);
};

/// Holds the writer's lock while it lives. Single-threaded.
class IndexWriter {
 public:
  virtual ~IndexWriter() = default;
  /// Makes one segment of the sources (ids ascending, not in the index, nor removed from it
  /// before). Durable when it returns. After an error nothing has changed, unless the last step
  /// failed, which makes the change durable: then, as after a crash, the next refresh shows all of
  /// it or nothing.
  virtual Result<void> add(std::span<const NewSource> sources) = 0;
  /// Durable when it returns. Ids that are not there are ignored.
  virtual Result<void> remove(std::span<const SourceId> ids) = 0;
  /// Makes one segment of those that the policy names next, without their removed sources, which
  /// are then forgotten. One merge: call again until it did none. Durable when it returns; after an
  /// error as for add. Errors: kCancelled, kCorrupt, kIo; what was there stays.
  virtual Result<MergeDone> merge(const MergeOrder& order) = 0;
};

}  // namespace needledrop
