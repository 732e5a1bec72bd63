#include "media/id3_head.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "media/byte_source.h"
#include "media/tag_text.h"

namespace needledrop {
namespace {

constexpr std::size_t kHeader = 10;
constexpr std::size_t kIdLength = 36;
constexpr std::string_view kOwner("http://musicbrainz.org\0", 23);

/// The tag's length behind its header: four bytes of seven bits; 0 when this is no ID3v2 header.
std::size_t tag_length(const std::array<unsigned char, kHeader>& header) {
  if (header[0] != 'I' || header[1] != 'D' || header[2] != '3') return 0;
  if (header[3] < 2 || header[3] > 4) return 0;
  std::size_t length = 0;
  for (std::size_t i = 6; i < kHeader; ++i) length = length << 7 | (header.at(i) & 0x7FU);
  return length;
}

}  // namespace

std::string read_id3_recording(const std::string& path) {
  const auto source = ByteSource::open(path);
  if (!source.has_value()) return {};
  std::array<unsigned char, kHeader> header{};
  AVIOContext* avio = (*source)->avio();
  if (avio_read(avio, header.data(), kHeader) != kHeader) return {};
  std::string tag(std::min(tag_length(header), kMaxId3Head), '\0');
  const int got =
      avio_read(avio, reinterpret_cast<unsigned char*>(tag.data()), static_cast<int>(tag.size()));
  tag.resize(static_cast<std::size_t>(std::max(got, 0)));
  for (std::size_t at = tag.find(kOwner); at != std::string::npos; at = tag.find(kOwner, at + 1)) {
    // The frame's name stands before its header of 10 bytes in all (6 in ID3v2.2).
    const auto before = std::string_view(tag).substr(0, at);
    const bool ufid =
        before.size() >= 6 &&
        (before.substr(before.size() - 6, 3) == "UFI" ||
         (before.size() >= kHeader && before.substr(before.size() - kHeader, 4) == "UFID"));
    if (!ufid) continue;
    auto id = read_mbid(std::string_view(tag).substr(at + kOwner.size(), kIdLength));
    if (!id.empty()) return id;
  }
  return {};
}

}  // namespace needledrop
