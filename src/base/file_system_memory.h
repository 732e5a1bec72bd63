#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/file_system.h"

namespace needledrop {

/// A disk in memory that can lose power, for tests of durability. It keeps, as a real disk may, no
/// byte that was not synced and no name that was not synced with its directory. Thread-safe.
/// Mapped files stay readable whatever happens to the file; locks are per object, not per process.
class MemoryFileSystem final : public FileSystem {
 public:
  /// What power loss does to changes of names that were not synced. All happen on real disks.
  enum class UnsyncedNames {
    kLost,
    kKept,
    kOnlyReplaced,  // a name that was there has its new file; new names are lost, removals undone
    kOnlyRemoved,   // removals are kept, all else is undone
  };

  void lose_power(UnsyncedNames names);

  /// A file's bytes as readers see them now; null when there is none.
  [[nodiscard]] std::shared_ptr<const std::vector<std::uint8_t>> content(
      const std::string& path) const;
  /// Puts bytes in place, durably, behind the back of whoever owns the file.
  void replace(const std::string& path, std::vector<std::uint8_t> bytes);

  Result<std::unique_ptr<MappedFile>> map(const std::string& path) override;
  Result<std::unique_ptr<WritableFile>> create(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<void> sync_directory(const std::string& path) override;
  Result<void> create_directory(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& path) override;
  Result<bool> exists(const std::string& path) override;
  Result<std::unique_ptr<FileLock>> try_lock(const std::string& path) override;

  /// A file's bytes, now and as they survive.
  struct Inode {
    std::shared_ptr<const std::vector<std::uint8_t>> bytes;
    std::shared_ptr<const std::vector<std::uint8_t>> durable;
  };

 private:
  using Names = std::map<std::string, std::shared_ptr<Inode>>;

  mutable std::mutex mutex_;  // guards all below
  Names names_;
  Names durable_names_;
  std::set<std::string> directories_;
  std::shared_ptr<std::set<std::string>> locked_ = std::make_shared<std::set<std::string>>();
};

}  // namespace needledrop
