#include "media/wave_head.h"

#include <string_view>

#include "media/byte_source.h"

namespace needledrop {
namespace {

constexpr int kMaxChunks = 64;
constexpr std::uint32_t kUnsaid = 0xFFFFFFFF;

std::uint32_t name(std::string_view text) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(text[i]);
  return value;
}

}  // namespace

std::optional<std::uint64_t> read_wave_sound_bytes(const std::string& path) {
  const auto source = ByteSource::open(path);
  if (!source.has_value()) return std::nullopt;
  AVIOContext* avio = (*source)->avio();
  const auto form = avio_rl32(avio);
  avio_skip(avio, 4);
  const bool large = form == name("RF64") || form == name("BW64");
  if ((form != name("RIFF") && !large) || avio_rl32(avio) != name("WAVE")) return std::nullopt;
  std::uint64_t large_size = 0;
  for (int chunk = 0; chunk < kMaxChunks && avio_feof(avio) == 0; ++chunk) {
    const auto id = avio_rl32(avio);
    const std::uint64_t size = avio_rl32(avio);
    if (id == name("data")) {
      const std::uint64_t bytes = large && size == kUnsaid ? large_size : size;
      if (bytes == 0 || bytes == kUnsaid) return std::nullopt;
      return bytes;
    }
    std::uint64_t read = 0;
    if (id == name("ds64") && size >= 16) {
      avio_skip(avio, 8);
      large_size = avio_rl64(avio);
      read = 16;
    }
    avio_skip(avio, static_cast<std::int64_t>(size + (size & 1U) - read));
  }
  return std::nullopt;
}

}  // namespace needledrop
