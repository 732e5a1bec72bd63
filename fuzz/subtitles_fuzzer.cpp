#include <cstddef>
#include <string_view>

#include "fuzz_target.h"
#include "media/subtitles.h"

namespace needledrop {
namespace {

void require(bool promise) {
  if (!promise) __builtin_trap();
}

bool is_shown(const SubtitleLine& line) {
  constexpr std::size_t kMostText = 4'096;
  if (line.text.empty() || line.text.size() > kMostText) return false;
  for (const char c : line.text) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') return false;
  }
  return line.span.start < line.span.end;
}

}  // namespace

/// Whatever is read is text over a span, in order.
void fuzz_subtitles(std::span<const std::uint8_t> bytes) {
  const auto read = parse_subtitles({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (!read.has_value()) return;
  for (const Subtitles& subtitles : read->found) {
    require(!subtitles.lines.empty());
    const SubtitleLine* before = &subtitles.lines.front();
    for (const SubtitleLine& line : subtitles.lines) {
      require(is_shown(line));
      require(before->span <= line.span);
      before = &line;
    }
  }
  for (const std::string& warning : read->warnings) require(!warning.empty());
}

}  // namespace needledrop
