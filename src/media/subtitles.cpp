#include "media/subtitles.h"

#include <algorithm>

#include <fmt/format.h>
#include <unicode/locid.h>

#include "media/byte_source.h"
#include "media/subtitle_formats.h"
#include "media/text_encoding.h"
#include "media/text_scan.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr std::uint64_t kMostBytes = 64'000'000;
/// What tells a format stands near the beginning.
constexpr std::size_t kHead = 8'192;

using namespace std::string_view_literals;

Result<std::string> read_bytes(const std::string& path) {
  ND_TRY_ASSIGN(const auto source, ByteSource::open(path));
  if (source->size() > kMostBytes) {
    return fail(Error::Kind::kUnsupported, "is too large for subtitles (over 64 MB)");
  }
  std::string bytes(source->size(), '\0');
  const int count = avio_read(source->avio(), reinterpret_cast<unsigned char*>(bytes.data()),
                              static_cast<int>(bytes.size()));
  if (source->read_errno() != 0 || count < 0) {
    return fail(Error::Kind::kIo, "can't be read");
  }
  bytes.resize(static_cast<std::size_t>(count));
  return bytes;
}

/// Pictures of subtitles, by their first bytes.
bool is_bitmap(std::string_view bytes) {
  return bytes.starts_with("PG") || bytes.starts_with("\0\0\1\xBA"sv) ||
         bytes.starts_with("# VobSub index file") || bytes.starts_with("SP");
}

bool has_times(std::string_view text) {
  while (!text.empty()) {
    if (read_cue_times(take_line(text)).has_value()) return true;
  }
  return false;
}

}  // namespace

Result<ReadSubtitles> parse_subtitles(std::string_view bytes) {
  const std::string text = decode_text(bytes).text;
  const std::string head = lower_case(std::string_view(text).substr(0, kHead));
  const auto holds = [&](std::string_view what) { return head.find(what) != std::string::npos; };
  if (head.starts_with("webvtt")) return parse_webvtt(text);
  if (holds("<sami") || holds("<sync ")) return parse_sami(text);
  if (holds("<tt ") || holds("<tt>") || holds(":tt ") || holds("<tt\n")) return parse_ttml(text);
  if (holds("[script info]") || holds("[events]") || holds("[v4")) return parse_ass(text);
  if (has_times(text)) return parse_srt(text);
  if (is_bitmap(bytes)) {
    return fail(Error::Kind::kUnsupported,
                "holds pictures of subtitles (PGS or VobSub); only text can be read");
  }
  return fail(Error::Kind::kUnsupported,
              "is no subtitles: neither SRT, ASS, WebVTT, SAMI nor TTML is in it");
}

Result<ReadSubtitles> read_subtitle_file(const std::string& path) {
  ND_TRY_ASSIGN(const std::string bytes, read_bytes(path));
  return parse_subtitles(bytes);
}

std::string language_code(std::string_view name) {
  constexpr std::size_t kLongest = 35;  // of a well-formed tag that is met
  std::string tag(trimmed(name));
  std::ranges::replace(tag, '_', '-');
  if (tag.empty() || tag.size() > kLongest) return {};
  UErrorCode code = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(tag, code);
  locale.canonicalize(code);
  const std::string language = U_SUCCESS(code) != 0 ? locale.getLanguage() : "";
  // Korea's country code, which much of Korea's SAMI has for the language; Kanuri is not met.
  if (language == "kr") return "ko";
  return *locale.getISO3Language() == '\0' ? "" : language;
}

}  // namespace needledrop
