#include "scenes/footage_packing.h"

#include <cstdint>
#include <span>
#include <tuple>

#include <zlib.h>

namespace needledrop {
namespace {

constexpr char kFormat = 1;
constexpr auto kLatest = static_cast<std::uint64_t>(kLatestFootage.count());
constexpr std::uint64_t kMostStepBytes = 5;
constexpr std::uint64_t kMostBytes =
    kMostFootage * (kMostStepBytes + std::tuple_size_v<FootagePicture::Luma> +
                    2 * std::tuple_size_v<FootagePicture::Chroma>);
constexpr std::uint8_t kSeven = 127;
constexpr int kStep = 4;
constexpr std::uint8_t kMiddle = 32;
constexpr std::uint8_t kMask = 63;

void append_varint(std::string& out, std::uint64_t value) {
  for (; value > kSeven; value >>= 7) out += static_cast<char>((value & kSeven) | 128);
  out += static_cast<char>(value);
}

/// Calls `visit(plane, plane of the picture before, width)` for the three planes.
template <typename Picture, typename Visit>
void for_each_plane(Picture& picture, const FootagePicture& before, Visit visit) {
  visit(std::span(picture.luma), std::span(before.luma), FootagePicture::kWidth);
  visit(std::span(picture.blue), std::span(before.blue), FootagePicture::kChromaWidth);
  visit(std::span(picture.red), std::span(before.red), FootagePicture::kChromaWidth);
}

/// What is expected of cell `i`, in steps.
std::uint8_t expected(bool is_new, std::span<const std::uint8_t> plane,
                      std::span<const std::uint8_t> before, int width, std::size_t i) {
  if (is_new && i % static_cast<std::size_t>(width) == 0) return kMiddle;
  return static_cast<std::uint8_t>((is_new ? plane[i - 1] : before[i]) / kStep);
}

/// Reads hostile bytes front to back.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  Result<std::uint8_t> u8() {
    if (rest_.empty()) return too_short();
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  Result<std::uint64_t> varint(std::uint64_t limit) {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      ND_TRY_ASSIGN(const std::uint8_t byte, u8());
      value |= std::uint64_t{static_cast<std::uint8_t>(byte & kSeven)} << shift;
      if (byte > kSeven) continue;
      if (value > limit || (byte == 0 && shift > 0)) break;
      return value;
    }
    return fail(Error::Kind::kCorrupt, "a number in the footage is out of range");
  }
  Result<std::string_view> take(std::size_t count) {
    if (rest_.size() < count) return too_short();
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  static Error too_short() { return fail(Error::Kind::kCorrupt, "the footage is cut short"); }
  std::string_view rest_;
};

Result<std::string> inflated(std::string_view bytes, std::size_t length) {
  std::string plain(length, '\0');
  uLongf size = length;
  auto taken = static_cast<uLong>(bytes.size());
  const int code = ::uncompress2(reinterpret_cast<Bytef*>(plain.data()), &size,
                                 reinterpret_cast<const Bytef*>(bytes.data()), &taken);
  if (code == Z_MEM_ERROR) throw std::bad_alloc();
  if (code != Z_OK || size != length || taken != bytes.size()) {
    return fail(Error::Kind::kCorrupt, "the footage can't be inflated");
  }
  return plain;
}

Result<FootagePicture> read_picture(Reader& reader, const FootagePicture& before, bool is_first) {
  FootagePicture picture;
  ND_TRY_ASSIGN(const std::uint64_t step, reader.varint(2 * kLatest + 1));
  picture.is_new = step % 2 == 1;
  picture.time = before.time + Milliseconds(static_cast<std::int64_t>(step / 2));
  if (!is_first && picture.time <= before.time) {
    return fail(Error::Kind::kCorrupt, "the pictures of the footage are out of order");
  }
  constexpr std::size_t kBytes =
      std::tuple_size_v<FootagePicture::Luma> + 2 * std::tuple_size_v<FootagePicture::Chroma>;
  ND_TRY_ASSIGN(std::string_view values, reader.take(kBytes));
  const bool is_alone = picture.is_new || is_first;
  bool is_sound = true;
  for_each_plane(picture, before, [&](auto plane, auto plane_before, int width) {
    for (std::size_t i = 0; i < plane.size(); ++i) {
      const auto value = static_cast<std::uint8_t>(values[i]);
      is_sound = is_sound && value <= kMask;
      const int part = (value + expected(is_alone, plane, plane_before, width, i)) & kMask;
      plane[i] = static_cast<std::uint8_t>(kStep * part + kStep / 2);
    }
    values.remove_prefix(plane.size());
  });
  if (!is_sound) return fail(Error::Kind::kCorrupt, "a picture of the footage is damaged");
  return picture;
}

}  // namespace

std::string pack(const Footage& footage) {
  std::string plain;
  const FootagePicture none;
  const FootagePicture* before = &none;
  for (const FootagePicture& picture : footage) {
    const bool is_alone = picture.is_new || before == &none;
    const auto step = static_cast<std::uint64_t>((picture.time - before->time).count());
    append_varint(plain, 2 * step + (picture.is_new ? 1 : 0));
    for_each_plane(picture, *before, [&](auto plane, auto plane_before, int width) {
      for (std::size_t i = 0; i < plane.size(); ++i) {
        const int difference = plane[i] / kStep - expected(is_alone, plane, plane_before, width, i);
        plain += static_cast<char>(difference & kMask);
      }
    });
    before = &picture;
  }
  uLongf size = ::compressBound(plain.size());
  std::string packed(size, '\0');
  // Fails for want of memory only: there is room for whatever comes.
  if (::compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                  reinterpret_cast<const Bytef*>(plain.data()), plain.size(),
                  Z_BEST_COMPRESSION) != Z_OK) {
    throw std::bad_alloc();
  }
  packed.resize(size);
  std::string bytes(1, kFormat);
  append_varint(bytes, plain.size());
  return bytes + packed;
}

Result<Footage> unpack(std::string_view bytes) {
  Reader outside(bytes);
  ND_TRY_ASSIGN(const std::uint8_t format, outside.u8());
  if (format != kFormat) return fail(Error::Kind::kCorrupt, "the footage is of an unknown format");
  ND_TRY_ASSIGN(const std::uint64_t length, outside.varint(kMostBytes));
  // zlib makes at most 1032 bytes of one.
  if (length / 1'032 > bytes.size()) {
    return fail(Error::Kind::kCorrupt, "the footage claims to be larger than it can be");
  }
  ND_TRY_ASSIGN(const std::string plain, inflated(outside.rest(), length));
  Footage footage;
  Reader reader(plain);
  while (!reader.rest().empty()) {
    const FootagePicture before = footage.empty() ? FootagePicture() : footage.back();
    ND_TRY_ASSIGN(FootagePicture picture, read_picture(reader, before, footage.empty()));
    if (picture.time > kLatestFootage) {
      return fail(Error::Kind::kCorrupt, "a picture of the footage is too late to be true");
    }
    footage.push_back(picture);
  }
  return footage;
}

}  // namespace needledrop
