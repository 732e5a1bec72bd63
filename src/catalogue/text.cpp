#include "catalogue/text.h"

#include <limits>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>

namespace needledrop {
namespace {

constexpr UChar32 kReplacement = 0xFFFD;

// ICU counts in int32; longer texts are cut by callers' limits long before this one.
icu::StringPiece piece(std::string_view bytes) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max() / 4);
  bytes = bytes.substr(0, kMost);
  return {bytes.data(), static_cast<std::int32_t>(bytes.size())};
}

bool is_unprintable(UChar32 c) {
  switch (u_charType(c)) {
    case U_CONTROL_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_SURROGATE:
      return true;
    case U_FORMAT_CHAR:  // overrides of the writing direction can make a line read as another one
      return c >= 0x202A && c <= 0x2069;
    default:
      return false;
  }
}

}  // namespace

bool is_text(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos ||
      bytes.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    return false;
  }
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t length = 0;
  u_strFromUTF8(nullptr, 0, &length, bytes.data(), static_cast<std::int32_t>(bytes.size()),
                &status);
  return status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status);
}

std::string folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) {
    return std::string(text);  // ICU without its tables; exact comparison still works
  }
  const icu::UnicodeString source = icu::UnicodeString::fromUTF8(piece(text));
  std::string result;
  normalizer->normalize(source, status).toUTF8String(result);
  return U_SUCCESS(status) ? result : std::string(text);
}

std::string shown(std::string_view bytes, std::size_t limit) {
  // Four bytes a code point at most, so the cut cannot remove one that would be shown.
  const icu::UnicodeString source =
      icu::UnicodeString::fromUTF8(piece(bytes.substr(0, (limit + 1) * 4)));
  icu::UnicodeString line;
  std::size_t count = 0;
  for (std::int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1)) {
    if (count++ == limit) {
      line.append(UChar32{0x2026});
      break;
    }
    const UChar32 c = source.char32At(i);
    line.append(is_unprintable(c) ? kReplacement : c);
  }
  std::string result;
  line.toUTF8String(result);
  return result;
}

}  // namespace needledrop
