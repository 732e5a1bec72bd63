#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/file_system.h"

namespace needledrop {

/// Hands every call on to another file system, but for those that are told to fail. Thread-safe;
/// borrows the other.
class FaultyFileSystem final : public FileSystem {
 public:
  /// How a call fails: before it does anything, or after it has done all of it but its report (or,
  /// for an append, half of it).
  enum class Failure { kBefore, kAfter };

  explicit FaultyFileSystem(FileSystem& files);
  ~FaultyFileSystem() override;

  /// From now on the call number `nth`, counted from 0, fails, and with `and_after` all that
  /// follow.
  void fail_call(std::size_t nth, Failure failure, bool and_after);
  /// From now on there is room for so many more bytes.
  void fill_disk(std::uint64_t room);
  /// No more failures.
  void heal();
  /// Calls since the last fail_call.
  [[nodiscard]] std::size_t calls() const;
  /// Runs before each map of a path, as if another process acted at that moment.
  void before_map(std::function<void(const std::string& path)> action);

  Result<std::unique_ptr<MappedFile>> map(const std::string& path) override;
  Result<std::unique_ptr<WritableFile>> create(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<void> sync_directory(const std::string& path) override;
  Result<void> create_directory(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& path) override;
  Result<bool> exists(const std::string& path) override;
  Result<std::unique_ptr<FileLock>> try_lock(const std::string& path) override;

  struct Plan;

 private:
  FileSystem& files_;
  std::shared_ptr<Plan> plan_;
};

}  // namespace needledrop
