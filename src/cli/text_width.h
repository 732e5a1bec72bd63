#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace needledrop {

/// The text as it may reach a terminal: invalid bytes, control characters and marks that turn the
/// writing direction become U+FFFD.
std::string printable(std::string_view text);

/// Terminal columns that printable text takes: 2 for Hangul, kana, CJK and emoji, 0 for what
/// combines.
std::size_t text_width(std::string_view text);

/// The text cut to at most `width` columns, with an ellipsis where something was cut.
std::string shortened(std::string_view text, std::size_t width);

}  // namespace needledrop
