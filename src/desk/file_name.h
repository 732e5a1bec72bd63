#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// What stands after the last '/'.
std::string_view file_name(std::string_view path);
/// The file's name without its last extension.
std::string_view file_stem(std::string_view path);
/// Without the dot; "" when there is none.
std::string_view file_extension(std::string_view path);

/// The same text with every byte that is no UTF-8 as U+FFFD.
std::string valid_utf8(std::string_view bytes);
bool is_valid_utf8(std::string_view bytes);
/// Every byte that is not an unreserved ASCII character or '/' as %XX.
std::string percent_encoded(std::string_view bytes);

}  // namespace needledrop
