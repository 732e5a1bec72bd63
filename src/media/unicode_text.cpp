#include "media/unicode_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace needledrop {
namespace {

std::u32string to_code_points(const icu::UnicodeString& text) {
  std::u32string result;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    result += static_cast<char32_t>(text.char32At(i));
  }
  return result;
}

icu::UnicodeString to_icu(std::u32string_view text) {
  icu::UnicodeString result;
  for (const char32_t c : text) result.append(static_cast<UChar32>(c));
  return result;
}

/// By one of ICU's normalizers; the text as it is should ICU lack its tables.
icu::UnicodeString normalized(const icu::Normalizer2* normalizer, const icu::UnicodeString& text) {
  UErrorCode code = U_ZERO_ERROR;
  if (normalizer == nullptr) return text;
  auto result = normalizer->normalize(text, code);
  return U_SUCCESS(code) != 0 ? result : text;
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool is_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c < 0) return false;
  }
  return true;
}

std::u32string to_code_points(std::string_view utf8) {
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  UErrorCode code = U_ZERO_ERROR;
  return to_code_points(normalized(icu::Normalizer2::getNFCInstance(code), text));
}

std::string to_utf8(std::u32string_view text) {
  std::string result;
  to_icu(text).toUTF8String(result);
  return result;
}

std::u32string fold_words(std::u32string_view text) {
  UErrorCode code = U_ZERO_ERROR;
  const auto folded =
      to_code_points(normalized(icu::Normalizer2::getNFKCCasefoldInstance(code), to_icu(text)));
  std::u32string result = U" ";
  for (const char32_t c : folded) {
    const auto point = static_cast<UChar32>(c);
    const bool part_of_word = u_isalnum(point) != 0 || (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0;
    if (!part_of_word) {
      if (result.back() != U' ') result += U' ';
      continue;
    }
    if (result.back() != U' ' && is_unspaced_script(c) != is_unspaced_script(result.back())) {
      result += U' ';
    }
    result += c;
  }
  if (result.back() != U' ') result += U' ';
  return result;
}

bool is_unspaced_script(char32_t character) {
  // The long-vowel mark belongs to both kana and to no script.
  if (character == U'ー') return true;
  UErrorCode code = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(character), &code)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_THAI:
      return true;
    default:
      return false;
  }
}

}  // namespace needledrop
