#include "catalogue/file_image.h"

#include <cerrno>
#include <optional>
#include <span>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalogue/text.h"

namespace needledrop {
namespace {

/// What tells one state of a file from another, without its content.
struct FileState {
  dev_t device;
  ino_t node;
  off_t size;
  timespec changed;
  timespec modified;

  static std::optional<FileState> of(int descriptor) {
    struct stat status {};
    if (fstat(descriptor, &status) != 0) {
      return std::nullopt;
    }
    return FileState{status.st_dev, status.st_ino, status.st_size, status.st_ctim, status.st_mtim};
  }
  friend bool operator==(const FileState& a, const FileState& b) {
    const auto same = [](const timespec& x, const timespec& y) {
      return x.tv_sec == y.tv_sec && x.tv_nsec == y.tv_nsec;
    };
    return a.device == b.device && a.node == b.node && a.size == b.size &&
           same(a.changed, b.changed) && same(a.modified, b.modified);
  }
};

class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : value_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) {
      ::close(value_);
    }
  }
  [[nodiscard]] int value() const { return value_; }

 private:
  int value_;
};

bool has_bytes(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && status.st_size > 0;
}

/// Fills `bytes` from the file's start; false when it ends before or can't be read.
bool read_fully(int descriptor, std::span<unsigned char> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count =
        pread(descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (count <= 0 && !(count < 0 && errno == EINTR)) {
      return false;
    }
    done += count > 0 ? static_cast<std::size_t>(count) : 0;
  }
  return true;
}

}  // namespace

Result<std::vector<unsigned char>> read_file_image(const std::string& path) {
  const std::string where = shown(path, 1000);
  const Descriptor file(path);
  const auto before = file.value() < 0 ? std::nullopt : FileState::of(file.value());
  if (!before) {
    return fail(Error::Kind::kIo,
                fmt::format("{}: {}", where, std::generic_category().message(errno)));
  }
  const std::string log = path + "-wal";
  if (has_bytes(log)) {
    return fail(Error::Kind::kIo,
                fmt::format("{}: its latest changes can't be read in a read-only folder; copy the "
                            "desk to a place that can be written",
                            where));
  }
  std::vector<unsigned char> bytes(static_cast<std::size_t>(before->size));
  if (!read_fully(file.value(), bytes) || FileState::of(file.value()) != before || has_bytes(log)) {
    return fail(Error::Kind::kBusy, fmt::format("{}: it is being written to; try again", where));
  }
  return bytes;
}

}  // namespace needledrop
