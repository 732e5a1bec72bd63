#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <system_error>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_system.h"

namespace needledrop {
namespace {

Error system_error(const std::string& path, int code) {
  std::string reason = std::generic_category().message(code);
  if (!reason.empty()) {
    reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
  }
  const bool missing = code == ENOENT || code == ENOTDIR;
  return fail(missing ? Error::Kind::kNotFound : Error::Kind::kIo,
              fmt::format("{}: {}", path, reason));
}

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }

  [[nodiscard]] int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

Result<Descriptor> open_descriptor(const std::string& path, int flags) {
  int number = -1;
  do {
    number = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  } while (number < 0 && errno == EINTR);
  if (number < 0) {
    return system_error(path, errno);
  }
  return Descriptor(number);
}

Result<void> sync_descriptor(const Descriptor& descriptor, const std::string& path) {
  if (::fsync(descriptor.number()) != 0) {
    return system_error(path, errno);
  }
  return {};
}

Result<void> write_all(const Descriptor& descriptor, std::span<const std::uint8_t> bytes,
                       const std::string& path) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return system_error(path, errno);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

class PosixMappedFile final : public MappedFile {
 public:
  PosixMappedFile(void* start, std::size_t size) : start_(start), size_(size) {}
  PosixMappedFile(const PosixMappedFile&) = delete;
  PosixMappedFile& operator=(const PosixMappedFile&) = delete;
  ~PosixMappedFile() override {
    if (size_ > 0) {
      ::munmap(start_, size_);
    }
  }
  [[nodiscard]] std::span<const std::uint8_t> bytes() const override {
    return {static_cast<const std::uint8_t*>(start_), size_};
  }

 private:
  void* start_;
  std::size_t size_;
};

class PosixWritableFile final : public WritableFile {
 public:
  PosixWritableFile(Descriptor descriptor, std::string path)
      : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

  Result<void> append(std::span<const std::uint8_t> bytes) override {
    return write_all(descriptor_, bytes, path_);
  }
  Result<void> sync() override { return sync_descriptor(descriptor_, path_); }
  Result<void> close() override {
    if (::close(descriptor_.release()) != 0) {
      return system_error(path_, errno);
    }
    return {};
  }

 private:
  Descriptor descriptor_;
  std::string path_;
};

/// The system gives the lock up when the descriptor goes, with its process at the latest.
class PosixFileLock final : public FileLock {
 public:
  explicit PosixFileLock(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

 private:
  Descriptor descriptor_;
};

/// The pid that the holder of a lock has written into it, or words when it has not yet.
std::string holder_of(const Descriptor& lock) {
  std::array<char, 16> text{};
  const auto size = ::pread(lock.number(), text.data(), text.size(), 0);
  long pid = 0;
  if (size > 0) {
    std::from_chars(text.data(), text.data() + size, pid);
  }
  return pid > 0 ? fmt::format("process {}", pid) : "another process";
}

std::string parent_of(const std::string& path) {
  const auto slash = path.find_last_of('/');
  if (slash == std::string::npos) {
    return ".";
  }
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool is_directory(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

class PosixFileSystem final : public FileSystem {
 public:
  Result<std::unique_ptr<MappedFile>> map(const std::string& path) override {
    ND_TRY_ASSIGN(const Descriptor descriptor, open_descriptor(path, O_RDONLY));
    struct stat status {};
    if (::fstat(descriptor.number(), &status) != 0) {
      return system_error(path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
      return fail(Error::Kind::kIo, path + ": not a regular file");
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0) {
      return std::make_unique<PosixMappedFile>(nullptr, 0);
    }
    void* start = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor.number(), 0);
    if (start == MAP_FAILED) {
      return system_error(path, errno);
    }
    return std::make_unique<PosixMappedFile>(start, size);
  }

  Result<std::unique_ptr<WritableFile>> create(const std::string& path) override {
    ND_TRY_ASSIGN(Descriptor descriptor, open_descriptor(path, O_WRONLY | O_CREAT | O_TRUNC));
    return std::make_unique<PosixWritableFile>(std::move(descriptor), path);
  }

  Result<void> rename(const std::string& from, const std::string& to) override {
    return checked(::rename(from.c_str(), to.c_str()), from);
  }

  Result<void> remove(const std::string& path) override {
    return checked(::unlink(path.c_str()), path);
  }

  Result<void> sync_directory(const std::string& path) override {
    ND_TRY_ASSIGN(const Descriptor descriptor, open_descriptor(path, O_RDONLY | O_DIRECTORY));
    return sync_descriptor(descriptor, path);
  }

  Result<void> create_directory(const std::string& path) override {
    if (is_directory(path)) {
      return {};
    }
    const std::string parent = parent_of(path);
    if (parent != path) {
      ND_TRY(create_directory(parent));
    }
    if (::mkdir(path.c_str(), 0777) != 0 && (errno != EEXIST || !is_directory(path))) {
      return system_error(path, errno);
    }
    return sync_directory(parent);
  }

  Result<std::vector<std::string>> list(const std::string& path) override {
    const auto close = [](DIR* directory) { ::closedir(directory); };
    const std::unique_ptr<DIR, decltype(close)> directory(::opendir(path.c_str()), close);
    if (directory == nullptr) {
      return system_error(path, errno);
    }
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(directory.get())) {
      const std::string name = static_cast<const char*>(entry->d_name);
      if (name != "." && name != "..") {
        names.push_back(name);
      }
    }
    if (errno != 0) {
      return system_error(path, errno);
    }
    std::ranges::sort(names);
    return names;
  }

  Result<bool> exists(const std::string& path) override {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
      return true;
    }
    if (errno == ENOENT || errno == ENOTDIR) {
      return false;
    }
    return system_error(path, errno);
  }

  Result<std::unique_ptr<FileLock>> try_lock(const std::string& path) override {
    ND_TRY_ASSIGN(Descriptor descriptor, open_descriptor(path, O_RDWR | O_CREAT));
    if (::flock(descriptor.number(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) {
        return fail(Error::Kind::kBusy, fmt::format("{}: held by {}", path, holder_of(descriptor)));
      }
      return system_error(path, errno);
    }
    const std::string pid = fmt::format("{}\n", ::getpid());
    ND_TRY(checked(::ftruncate(descriptor.number(), 0), path));
    ND_TRY(write_all(descriptor, {reinterpret_cast<const std::uint8_t*>(pid.data()), pid.size()},
                     path));
    return std::make_unique<PosixFileLock>(std::move(descriptor));
  }

 private:
  static Result<void> checked(int returned, const std::string& path) {
    if (returned != 0) {
      return system_error(path, errno);
    }
    return {};
  }
};

}  // namespace

std::unique_ptr<FileSystem> posix_file_system() {
  return std::make_unique<PosixFileSystem>();
}

}  // namespace needledrop
