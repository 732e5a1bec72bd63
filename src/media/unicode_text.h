#pragma once

#include <string>
#include <string_view>

namespace needledrop {

bool is_utf8(std::string_view text);

/// ASCII's letters only.
std::string lower_case(std::string_view text);

/// UTF-8 to code points in composed form (NFC, as file names from some systems are decomposed);
/// invalid bytes become U+FFFD.
std::u32string to_code_points(std::string_view utf8);
std::string to_utf8(std::u32string_view text);

/// The text to compare by: compatibility-composed and case-folded (NFKC_Casefold), everything that
/// is neither letter nor digit a space, a space between Latin and other scripts, single spaces, and
/// one space before and after.
std::u32string fold_words(std::u32string_view text);

/// Whether the character is written without spaces between words (Han, kana, Hangul, Thai).
bool is_unspaced_script(char32_t character);

}  // namespace needledrop
