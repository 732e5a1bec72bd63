#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "base/result.h"

namespace needledrop {

using Bytes = std::vector<std::uint8_t>;

/// Little-endian integers at any address. The caller has checked that the bytes are there.
template <typename T>
T load(const std::uint8_t* bytes) {
  static_assert(std::endian::native == std::endian::little, "add a byte swap for this machine");
  T value = 0;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

template <typename T>
void append(Bytes& out, T value) {
  static_assert(std::endian::native == std::endian::little, "add a byte swap for this machine");
  std::uint8_t bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.insert(out.end(), bytes, bytes + sizeof value);
}

/// Seven bits a byte, lowest first; the top bit says that more follow.
void append_varint(Bytes& out, std::uint64_t value);

/// Appends the checksum of everything in `out` from `start` on.
void append_checksum(Bytes& out, std::size_t start);

/// Is the last eight bytes' number the checksum of those before?
bool ends_in_checksum(std::span<const std::uint8_t> bytes);

/// Reads from hostile bytes, front to back. Every call fails with kCorrupt rather than pass the
/// end.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  Result<std::uint8_t> u8();
  /// At most `limit`, in its shortest form.
  Result<std::uint32_t> varint(std::uint32_t limit);
  Result<std::span<const std::uint8_t>> take(std::size_t count);
  [[nodiscard]] std::span<const std::uint8_t> rest() const { return rest_; }

 private:
  std::span<const std::uint8_t> rest_;
};

}  // namespace needledrop
