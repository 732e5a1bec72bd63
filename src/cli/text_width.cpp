#include "cli/text_width.h"

#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace needledrop {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

bool is_unprintable(UChar32 c) {
  const bool turns_direction =
      (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
  return c < 0 || u_iscntrl(c) || turns_direction || c == 0x2028 || c == 0x2029;
}

std::size_t width_of(UChar32 c) {
  // Vowels and finals of decomposed Hangul join the syllable before them.
  if (c >= 0x1160 && c <= 0x11FF) return 0;
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/// Calls `each(code point, bytes)`; the code point is negative where the bytes are no UTF-8.
template <typename Each>
void for_each_code_point(std::string_view text, const Each& each) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t start = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, length, c);
    if (!each(c,
              text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(at - start)))) {
      return;
    }
  }
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  for_each_code_point(text, [&](UChar32 c, std::string_view bytes) {
    shown += is_unprintable(c) ? kReplacement : bytes;
    return true;
  });
  return shown;
}

std::size_t text_width(std::string_view text) {
  std::size_t width = 0;
  for_each_code_point(text, [&](UChar32 c, std::string_view) {
    width += c < 0 ? 1 : width_of(c);
    return true;
  });
  return width;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (text_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::string kept;
  std::size_t used = 1;  // the ellipsis
  for_each_code_point(text, [&](UChar32 c, std::string_view bytes) {
    const std::size_t columns = c < 0 ? 1 : width_of(c);
    if (used + columns > width) return false;
    used += columns;
    kept += bytes;
    return true;
  });
  return kept + std::string(kEllipsis);
}

}  // namespace needledrop
