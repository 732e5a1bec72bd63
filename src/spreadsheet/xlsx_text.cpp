#include "spreadsheet/xlsx_text.h"

#include <charconv>
#include <optional>

#include "media/unicode_text.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {
namespace {

constexpr std::size_t kEscapeLength = 7;  // _xHHHH_

std::optional<char32_t> escape_at(std::string_view text) {
  if (text.size() < kEscapeLength || !text.starts_with("_x") || text[kEscapeLength - 1] != '_') {
    return std::nullopt;
  }
  unsigned code = 0;
  const char* end = text.data() + kEscapeLength - 1;
  const auto read = std::from_chars(text.data() + 2, end, code, 16);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return static_cast<char32_t>(code);
}

bool is_kept(char32_t character) {
  const bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
  return (character >= 0x20 || character == U'\t' || character == U'\n') && !is_surrogate;
}

}  // namespace

Result<std::string> take_text(XmlReader& reader) {
  std::string text;
  const int depth = reader.depth();
  int aid_depth = 0;  // of the reading aid around; 0 none
  while (true) {
    ND_TRY_ASSIGN(const XmlReader::Node node, reader.next());
    const bool is_end = node == XmlReader::Node::kElementEnd;
    if (node == XmlReader::Node::kEnd || (is_end && reader.depth() == depth)) break;
    if (node == XmlReader::Node::kElement && aid_depth == 0 && reader.name() == "rPh") {
      aid_depth = reader.depth();
    }
    if (is_end && reader.depth() == aid_depth) aid_depth = 0;
    if (node != XmlReader::Node::kText || aid_depth != 0) continue;
    if (text.size() <= SpreadsheetLimits::kCellBytes) {
      text += reader.text().substr(0, SpreadsheetLimits::kCellBytes + 1);
    }
  }
  return unescaped_text(text);
}

std::string unescaped_text(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto escaped = escape_at(text.substr(at))) {
      if (is_kept(*escaped)) result += to_utf8(std::u32string(1, *escaped));
      at += kEscapeLength;
    } else {
      const char c = text[at++];
      if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') result += c;
    }
  }
  return result;
}

std::string escaped_text(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (escape_at(text.substr(at)).has_value()) {
      result += "_x005F_";
    } else {
      result += text[at];
    }
  }
  return result;
}

}  // namespace needledrop
