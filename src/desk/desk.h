#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "base/result.h"
#include "catalogue/catalogue.h"
#include "index/index.h"

namespace needledrop {

/// The user's directory, open:
///
///     DIR/catalogue.db   decides what exists
///     DIR/index/         segments and their manifest
///     DIR/cache/         may be deleted at any time
///
/// Single-threaded; several processes may have the same desk open. The file system and the clock
/// are borrowed and outlive the desk.
class Desk {
 public:
  enum class Purpose {
    kCreate,  // a directory that is not there is made; writing is the point
    kChange,  // the desk must be there and writable
    kUse,     // the desk must be there; a read-only one will do
  };

  /// Errors: kNotFound (no desk there), kCorrupt (damaged, or without its catalogue), kUnsupported
  /// (made by a newer version), kIo (not writable where it must be).
  static Result<Desk> open(FileSystem& files, Clock& clock, const std::string& directory,
                           Purpose purpose);

  [[nodiscard]] const std::string& directory() const { return directory_; }
  [[nodiscard]] std::string index_directory() const { return directory_ + "/index"; }
  [[nodiscard]] std::string catalogue_path() const { return directory_ + "/catalogue.db"; }
  [[nodiscard]] bool is_read_only() const { return read_only_; }
  [[nodiscard]] FileSystem& files() { return *files_; }
  [[nodiscard]] Catalogue& catalogue() { return catalogue_; }
  [[nodiscard]] Clock& clock() { return *clock_; }

  /// The index, opened and recovered on the first call: sources that the catalogue does not know
  /// are tombstoned if the writer's lock is free. Later calls see what others have committed since.
  Result<Index*> index();
  /// Takes the index writer's lock, waiting for another holder; then kBusy with its pid.
  Result<std::unique_ptr<IndexWriter>> writer(std::chrono::milliseconds wait = kLockWait);
  static constexpr std::chrono::milliseconds kLockWait{10'000};
  /// Sources of the catalogue that the index lacks, ascending. Not an error: a repair mends it.
  Result<std::vector<SourceId>> missing_sources();

 private:
  Desk(FileSystem& files, Clock& clock, std::string directory, bool read_only, Catalogue catalogue);
  Result<void> tombstone_unknown();
  Result<std::vector<SourceId>> unknown_sources();

  FileSystem* files_;
  Clock* clock_;
  std::string directory_;
  bool read_only_;
  Catalogue catalogue_;
  std::unique_ptr<Index> index_;
};

}  // namespace needledrop
