#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// A text file's content, whoever wrote it.
struct DecodedText {
  std::string text;      // UTF-8, lines end in '\n', no other control characters than tabs
  std::string encoding;  // as its name is usually written: "UTF-8", "UTF-16LE", "CP949", ...
};

/// Decodes the bytes of a text: by its byte order mark; without one as UTF-16 where every other
/// byte of a part is zero, as UTF-8 where that is valid, else by what the bytes look like, Korean's
/// CP949 (of which EUC-KR is a part) first. Bytes that are invalid in it become U+FFFD. At most 2
/// GB.
DecodedText decode_text(std::string_view bytes);

}  // namespace needledrop
