#include "media/tag_text.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr std::size_t kMaxText = 4'096;

struct ConverterDeleter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

/// The bytes that were read as Latin-1; nothing when the text can't come from that.
std::optional<std::string> latin1_bytes(std::string_view utf8) {
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  std::string bytes;
  for (std::int32_t i = 0; i < text.length(); ++i) {
    if (text[i] > 0xFF) return std::nullopt;
    bytes += static_cast<char>(text[i]);
  }
  return bytes;
}

bool has_high_hangul_pair(std::string_view bytes) {
  const auto is_high = [](char c) { return static_cast<unsigned char>(c) >= 0xA1; };
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead >= 0xB0 && lead <= 0xC8 && is_high(bytes[i + 1])) return true;
  }
  return false;
}

std::optional<std::string> hangul_of(std::string_view bytes) {
  if (!has_high_hangul_pair(bytes)) return std::nullopt;
  UErrorCode code = U_ZERO_ERROR;
  std::unique_ptr<UConverter, ConverterDeleter> converter(ucnv_open("windows-949", &code));
  if (U_FAILURE(code) != 0) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                converter.get(), code);
  if (U_FAILURE(code) != 0) return std::nullopt;
  int hangul = 0;
  int others = 0;
  for (std::int32_t i = 0; i < text.length(); ++i) {
    if (text[i] < 0x80) continue;
    ++(text[i] >= 0xAC00 && text[i] <= 0xD7A3 ? hangul : others);
  }
  if (hangul <= others) return std::nullopt;
  std::string result;
  text.toUTF8String(result);
  return result;
}

std::string trimmed(std::string_view text) {
  const auto is_space = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

/// Calls `read` with what stands between separators of values until it gives a text.
template <typename Read>
std::string first_value(std::string_view text, Read read) {
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find_first_of(std::string_view(";,/\0", 4), at), text.size());
    if (auto value = read(text.substr(at, end - at)); !value.empty()) return value;
    at = end + 1;
  }
  return {};
}

std::string one_isrc(std::string_view text) {
  std::string isrc;
  for (const char c : text) {
    if (c != '-' && c != ' ') isrc += upper(c);
  }
  if (isrc.starts_with("ISRC") && isrc.size() > 12) isrc.erase(0, 4);
  if (isrc.size() != 12) return {};
  const auto is_sound = [&](std::size_t i) {
    if (i < 2) return is_upper(isrc[i]);
    return is_digit(isrc[i]) || (i < 5 && is_upper(isrc[i]));
  };
  for (std::size_t i = 0; i < isrc.size(); ++i) {
    if (!is_sound(i)) return {};
  }
  return isrc;
}

std::string one_mbid(std::string_view text) {
  auto id = trimmed(text);
  if (id.size() != 36) return {};
  for (std::size_t i = 0; i < id.size(); ++i) {
    id[i] = lower(id[i]);
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hexadecimal = is_digit(id[i]) || (id[i] >= 'a' && id[i] <= 'f');
    if (dash ? id[i] != '-' : !hexadecimal) return {};
  }
  return id;
}

}  // namespace

std::string repair_tag_text(std::string_view text) {
  bool cut = false;
  if (text.size() > kMaxText) {
    text = text.substr(0, kMaxText);
    cut = true;
  }
  // A cut may have split a character at the end.
  for (int i = 0; cut && i < 3 && !text.empty() && !is_utf8(text); ++i) text.remove_suffix(1);
  const auto bytes = is_utf8(text) ? latin1_bytes(text) : std::string(text);
  if (bytes.has_value()) {
    if (const auto hangul = hangul_of(*bytes)) return trimmed(*hangul);
  }
  std::string clean;
  icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())))
      .toUTF8String(clean);
  return trimmed(clean);
}

std::string read_isrc(std::string_view text) {
  return first_value(text, one_isrc);
}

std::string read_mbid(std::string_view text) {
  return first_value(text, one_mbid);
}

int read_track_number(std::string_view text) {
  const auto clean = trimmed(text);
  int number = 0;
  const auto [end, code] = std::from_chars(clean.data(), clean.data() + clean.size(), number);
  const bool ends = end == clean.data() + clean.size() || *end == '/' || *end == ' ' || *end == ';';
  return code == std::errc() && ends && number > 0 && number < 100'000 ? number : 0;
}

}  // namespace needledrop
