#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "media/ffmpeg_handles.h"

namespace needledrop {

/// The bytes of one regular file, as libav reads them. Being ours, it knows the system's own reason
/// when reading fails, ends a read when a person stops, and can bound how much a look may cost.
/// Single-threaded; must outlive the AVFormatContext that reads from it.
class ByteSource {
 public:
  /// kNotFound, kIo, or kUnsupported for a folder, a device or an empty file. Never waits on a
  /// pipe.
  static Result<std::unique_ptr<ByteSource>> open(const std::string& path);
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ~ByteSource();

  [[nodiscard]] AVIOContext* avio() const { return avio_.get(); }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// The system's reason of the first failed read; 0 while all went well.
  [[nodiscard]] int read_errno() const { return read_errno_; }
  [[nodiscard]] bool budget_spent() const { return budget_ <= 0; }

  void stop_on(std::stop_token stop) { stop_ = std::move(stop); }
  /// From here on reading ends (as with a stop) after about so many bytes.
  void limit(std::int64_t bytes) { budget_ = bytes; }

 private:
  ByteSource(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  static int read(void* self, std::uint8_t* buffer, int size);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);

  int descriptor_;
  std::uint64_t size_;
  int read_errno_ = 0;
  std::int64_t budget_ = std::numeric_limits<std::int64_t>::max();
  std::stop_token stop_;
  AvioHandle avio_;
};

}  // namespace needledrop
