#include "cuesheet/line_text.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "media/unicode_text.h"

namespace needledrop {
namespace {

bool is_control(char32_t character) {
  return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x2028 ||
         character == 0x2029;
}

std::u32string single_line(std::string_view text) {
  std::u32string line;
  bool is_gap = false;
  for (const char32_t character : to_code_points(text)) {
    if (is_control(character) || character == U' ') {
      is_gap = true;
      continue;
    }
    if (is_gap && !line.empty()) line += U' ';
    is_gap = false;
    line += character;
  }
  return line;
}

bool is_in_xml(char32_t character) {
  if (character < 0x20) return character == U'\t' || character == U'\n' || character == U'\r';
  return character != 0xFFFE && character != 0xFFFF;
}

}  // namespace

std::string on_one_line(std::string_view text) {
  return to_utf8(single_line(text));
}

std::string on_one_ascii_line(std::string_view text) {
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> latin(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, code));
  icu::UnicodeString line = icu::UnicodeString::fromUTF8(on_one_line(text));
  if (U_SUCCESS(code) != 0) latin->transliterate(line);
  std::string ascii;
  for (std::int32_t i = 0; i < line.length(); i = line.moveIndex32(i, 1)) {
    const UChar32 character = line.char32At(i);
    ascii += character >= 0x20 && character < 0x7F ? static_cast<char>(character) : '?';
  }
  return ascii;
}

std::string in_xml(std::string_view text) {
  std::string xml;
  for (const char32_t character : to_code_points(text)) {
    switch (character) {
      case U'&':
        xml += "&amp;";
        break;
      case U'<':
        xml += "&lt;";
        break;
      case U'>':
        xml += "&gt;";
        break;
      case U'"':
        xml += "&quot;";
        break;
      case U'\'':
        xml += "&apos;";
        break;
      case U'\t':
      case U'\n':
      case U'\r':
        xml += fmt::format("&#{};", static_cast<unsigned>(character));
        break;
      default:
        if (is_in_xml(character)) xml += to_utf8(std::u32string_view(&character, 1));
    }
  }
  return xml;
}

std::string in_ffmetadata(std::string_view text) {
  std::string result;
  for (const char c : on_one_line(text)) {
    if (std::string_view("=;#\\").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string_view likely_language(std::string_view text) {
  const std::u32string characters = to_code_points(text);
  const auto has = [&](char32_t first, char32_t last) {
    return std::ranges::any_of(characters, [=](char32_t c) { return c >= first && c <= last; });
  };
  if (has(0x3040, 0x30FF)) return "ja";
  return has(0xAC00, 0xD7A3) ? "ko" : "und";
}

}  // namespace needledrop
