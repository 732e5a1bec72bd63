#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace needledrop {

/// Bytes of a file that stay readable and unchanged while this object lives.
class MappedFile {
 public:
  virtual ~MappedFile() = default;
  [[nodiscard]] virtual std::span<const std::uint8_t> bytes() const = 0;
};

/// A new file being written from its start. Nothing is durable before sync().
class WritableFile {
 public:
  virtual ~WritableFile() = default;
  virtual Result<void> append(std::span<const std::uint8_t> bytes) = 0;
  virtual Result<void> sync() = 0;
  virtual Result<void> close() = 0;
};

/// Held while it lives. One process at a time; released by the system when its holder dies.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

/// The seam to the disk for files of our own, so that tests run in memory and make every call fail
/// in turn. Paths are bytes. Errors name the path and the system's reason. Thread-safe.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  virtual Result<std::unique_ptr<MappedFile>> map(const std::string& path) = 0;
  /// Creates or truncates.
  virtual Result<std::unique_ptr<WritableFile>> create(const std::string& path) = 0;
  /// Replaces `to` in one step. Durable after sync_directory of its folder.
  virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  /// kNotFound when there is no such file.
  virtual Result<void> remove(const std::string& path) = 0;
  virtual Result<void> sync_directory(const std::string& path) = 0;
  /// With parents, durable when it returns; no error when it is there.
  virtual Result<void> create_directory(const std::string& path) = 0;
  /// Names in the folder, sorted by bytes, without "." and "..".
  virtual Result<std::vector<std::string>> list(const std::string& path) = 0;
  virtual Result<bool> exists(const std::string& path) = 0;
  /// Never waits: kBusy with the holder's pid in the message when somebody else holds it.
  virtual Result<std::unique_ptr<FileLock>> try_lock(const std::string& path) = 0;
};

/// The real disk.
std::unique_ptr<FileSystem> posix_file_system();

}  // namespace needledrop
