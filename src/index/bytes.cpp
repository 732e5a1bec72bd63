#include "index/bytes.h"

#include "base/digest.h"

namespace needledrop {
namespace {

Error ends_early() {
  return fail(Error::Kind::kCorrupt, "ends too early");
}

}  // namespace

void append_varint(Bytes& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

void append_checksum(Bytes& out, std::size_t start) {
  append(out, checksum(std::span(out).subspan(start)));
}

bool ends_in_checksum(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < sizeof(std::uint64_t)) {
    return false;
  }
  const auto content = bytes.first(bytes.size() - sizeof(std::uint64_t));
  return load<std::uint64_t>(content.data() + content.size()) == checksum(content);
}

Result<std::uint8_t> ByteReader::u8() {
  ND_TRY_ASSIGN(const auto bytes, take(1));
  return bytes[0];
}

Result<std::uint32_t> ByteReader::varint(std::uint32_t limit) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    ND_TRY_ASSIGN(const std::uint8_t byte, u8());
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      if (value > limit || (byte == 0 && shift > 0)) {
        break;
      }
      return static_cast<std::uint32_t>(value);
    }
  }
  return fail(Error::Kind::kCorrupt, "a number is out of range");
}

Result<std::span<const std::uint8_t>> ByteReader::take(std::size_t count) {
  if (count > rest_.size()) {
    return ends_early();
  }
  const auto bytes = rest_.first(count);
  rest_ = rest_.subspan(count);
  return bytes;
}

}  // namespace needledrop
