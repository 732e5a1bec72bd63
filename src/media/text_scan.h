#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/units.h"

// Private to this folder: the small steps in which text formats are read. All is ASCII's; other
// characters pass as they are.

namespace needledrop {

/// The first line, without its end; `rest` becomes what follows it.
std::string_view take_line(std::string_view& rest);

/// Takes one of these characters, with the spaces before it, off the front, if it stands there.
bool take_one_of(std::string_view& rest, std::string_view characters);

/// Takes a number of at most so many digits off the front, with the spaces before it; nothing when
/// there is none or a longer one.
std::optional<std::int64_t> take_number(std::string_view& rest, std::size_t most_digits);

/// "[H:]MM:SS[.,:;]fff", also with spaces between; nothing when it is no such time. Hours up to
/// 999, minutes and seconds below 60, decimals as many as there are.
std::optional<Milliseconds> read_clock_time(std::string_view text);

std::string_view trimmed(std::string_view text);
/// Does the text begin with this, whatever the case? `prefix` is in lower case.
bool begins_with(std::string_view text, std::string_view prefix);

}  // namespace needledrop
