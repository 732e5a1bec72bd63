#include "media/text_encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include "media/unicode_text.h"

namespace needledrop {
namespace {

/// Bytes by which an encoding without a mark is guessed.
constexpr std::size_t kSample = 65'536;

struct ConverterDeleter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
struct DetectorDeleter {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

/// An encoding as people and as ICU call it.
struct Encoding {
  std::string name;
  std::string converter;
};

struct Mark {
  std::string_view bytes;
  std::string_view name;
};
/// The longer first: that of UTF-32LE begins with that of UTF-16LE.
constexpr std::array<Mark, 5> kMarks = {{{{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
                                         {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
                                         {"\xEF\xBB\xBF", "UTF-8"},
                                         {"\xFF\xFE", "UTF-16LE"},
                                         {"\xFE\xFF", "UTF-16BE"}}};

bool is_high(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

/// UTF-16 without a mark: digits, spaces and ends of lines have a zero byte each, always on the
/// same side.
std::string_view unmarked_utf16(std::string_view bytes) {
  constexpr std::size_t kLeastShare = 10;  // one zero in so many places
  constexpr std::size_t kLeastZeros = 3;
  const std::string_view sample = bytes.substr(0, kSample);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < sample.size(); ++i) zeros[i % 2] += sample[i] == '\0' ? 1 : 0;
  const auto is_side = [&](int side) {
    return zeros[side] >= kLeastZeros && zeros[side] * kLeastShare > sample.size() / 2 &&
           zeros[1 - side] * 4 < zeros[side];
  };
  if (is_side(1)) return "UTF-16LE";
  if (is_side(0)) return "UTF-16BE";
  return {};
}

icu::UnicodeString converted(std::string_view bytes, const std::string& converter_name) {
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterDeleter> converter(
      ucnv_open(converter_name.c_str(), &code));
  icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(),
                          code);
  if (U_SUCCESS(code) != 0) return text;
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(bytes.data(), static_cast<std::int32_t>(bytes.size())));
}

/// The lines that are not plain ASCII: the others tell nothing of the encoding.
std::string telling_lines(std::string_view bytes) {
  std::string lines;
  while (!bytes.empty() && lines.size() < kSample) {
    const std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
    if (std::ranges::any_of(line, is_high)) lines.append(line.substr(0, kSample)).append("\n");
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
  }
  return lines;
}

/// Whether the bytes are CP949 by what they are as pairs: Korean text is Hangul of its older part,
/// KS X 1001. In Shift JIS most pairs lie in the newer part, in Chinese two of five are ideographs,
/// in EUC-JP kana stand in the rows of signs.
bool looks_korean(std::string_view lines) {
  int hangul = 0;
  int signs = 0;
  int others = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!is_high(lines[i])) continue;
    const auto lead = static_cast<unsigned char>(lines[i]);
    const auto trail = static_cast<unsigned char>(lines[++i]);
    const bool is_old = lead >= 0xA1 && trail >= 0xA1;
    const bool is_hangul = is_old && lead >= 0xB0 && lead <= 0xC8;
    ++(is_hangul ? hangul : is_old && lead < 0xB0 ? signs : others);
  }
  constexpr double kMostOthers = 0.15;
  return hangul > signs && others <= kMostOthers * (hangul + others);
}

Encoding detected(const std::string& lines) {
  if (looks_korean(lines)) return {"CP949", "windows-949"};
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, DetectorDeleter> detector(ucsdet_open(&code));
  ucsdet_setText(detector.get(), lines.data(), static_cast<std::int32_t>(lines.size()), &code);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &code);
  const char* name = match == nullptr ? nullptr : ucsdet_getName(match, &code);
  if (U_FAILURE(code) != 0 || name == nullptr) return {"windows-1252", "windows-1252"};
  const std::string found = name;
  // What is valid UTF-8 or UTF-16 was recognized before; the rest has a larger sibling in use.
  if (found == "EUC-KR") return {"CP949", "windows-949"};
  if (found == "Shift_JIS") return {"Shift_JIS", "windows-31j"};
  if (found == "ISO-8859-1" || found.starts_with("UTF")) return {"windows-1252", "windows-1252"};
  return {found, found};
}

Encoding encoding_of(std::string_view bytes, std::size_t& mark) {
  for (const Mark& known : kMarks) {
    if (!bytes.starts_with(known.bytes)) continue;
    mark = known.bytes.size();
    return {std::string(known.name), std::string(known.name)};
  }
  const std::string utf16(unmarked_utf16(bytes));
  if (!utf16.empty()) return {utf16, utf16};
  if (is_utf8(bytes)) return {"UTF-8", "UTF-8"};
  return detected(telling_lines(bytes));
}

/// Ends every line in '\n' and drops what no text needs.
std::string tidy(const icu::UnicodeString& text) {
  icu::UnicodeString clean;
  for (std::int32_t i = 0; i < text.length(); ++i) {
    const char16_t c = text[i];
    const bool ends_line = c == u'\r' || c == u'\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
    const bool is_control = (c < 0x20 && c != u'\t') || (c >= 0x7F && c < 0xA0) || c == 0xFEFF;
    if (c == u'\n' && i > 0 && text[i - 1] == u'\r') continue;
    if (ends_line) {
      clean.append(u'\n');
    } else if (!is_control) {
      clean.append(c);
    }
  }
  std::string utf8;
  clean.toUTF8String(utf8);
  return utf8;
}

}  // namespace

DecodedText decode_text(std::string_view bytes) {
  std::size_t mark = 0;
  const Encoding encoding = encoding_of(bytes, mark);
  return {tidy(converted(bytes.substr(mark), encoding.converter)), encoding.name};
}

}  // namespace needledrop
