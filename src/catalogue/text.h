#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace needledrop {

/// Is it well-formed UTF-8 without NUL? What every text must be before it is stored.
bool is_text(std::string_view bytes);

/// The form in which texts are compared: Unicode's NFKC_Casefold, so that case, the composed and
/// decomposed forms (file names of macOS are decomposed), full and half width and invisible
/// characters make no difference. Ill-formed bytes become U+FFFD.
std::string folded(std::string_view text);

/// Bytes of any kind as one line for a message: control characters and ill-formed bytes become
/// U+FFFD, and what is longer than `limit` code points ends in "…".
std::string shown(std::string_view bytes, std::size_t limit = 80);

}  // namespace needledrop
