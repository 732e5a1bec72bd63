#include "media/byte_source.h"

#include <cerrno>
#include <new>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace needledrop {
namespace {

constexpr int kBufferBytes = 64 * 1024;

std::string system_reason(int code) {
  return std::generic_category().message(code);
}

Error cannot_open(int code) {
  const auto kind = code == ENOENT || code == ENOTDIR ? Error::Kind::kNotFound : Error::Kind::kIo;
  return fail(kind, kind == Error::Kind::kNotFound ? "there is no such file"
                                                   : "can't be opened: " + system_reason(code));
}

}  // namespace

Result<std::unique_ptr<ByteSource>> ByteSource::open(const std::string& path) {
  // Not blocking, so that a pipe without a writer doesn't hold us; regular files don't mind.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return cannot_open(errno);
  std::unique_ptr<ByteSource> source(new ByteSource(descriptor, 0));
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return cannot_open(errno);
  if (S_ISDIR(status.st_mode)) return fail(Error::Kind::kUnsupported, "is a folder, not a file");
  if (!S_ISREG(status.st_mode)) return fail(Error::Kind::kUnsupported, "is not a regular file");
  if (status.st_size == 0) return fail(Error::Kind::kUnsupported, "is empty (0 bytes)");
  source->size_ = static_cast<std::uint64_t>(status.st_size);
  auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
  if (buffer == nullptr) throw std::bad_alloc();
  source->avio_.reset(avio_alloc_context(buffer, kBufferBytes, 0, source.get(), &ByteSource::read,
                                         nullptr, &ByteSource::seek));
  if (source->avio_ == nullptr) {
    av_free(buffer);
    throw std::bad_alloc();
  }
  return source;
}

ByteSource::~ByteSource() {
  ::close(descriptor_);
}

int ByteSource::read(void* self, std::uint8_t* buffer, int size) {
  auto& source = *static_cast<ByteSource*>(self);
  if (source.stop_.stop_requested() || source.budget_spent()) return AVERROR_EXIT;
  ssize_t count = 0;
  do {
    count = ::read(source.descriptor_, buffer, static_cast<std::size_t>(size));
  } while (count < 0 && errno == EINTR);
  if (count < 0) {
    if (source.read_errno_ == 0) source.read_errno_ = errno;
    return AVERROR(errno);
  }
  source.budget_ -= count;
  return count == 0 ? AVERROR_EOF : static_cast<int>(count);
}

std::int64_t ByteSource::seek(void* self, std::int64_t offset, int whence) {
  const auto& source = *static_cast<ByteSource*>(self);
  if (whence == AVSEEK_SIZE) return static_cast<std::int64_t>(source.size_);
  const auto position = ::lseek(source.descriptor_, offset, whence & ~AVSEEK_FORCE);
  return position < 0 ? AVERROR(errno) : position;
}

}  // namespace needledrop
