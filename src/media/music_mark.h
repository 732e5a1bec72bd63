#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// What of a subtitle's text its author marks as music: from the first note sign to the last (♪
/// ... ♪, or to the end where there is but one), "# ... #", and brackets that name music, a song or
/// singing in one of the languages of the table: [music], (노래), 〔音楽〕, [música], ... Several
/// are separated by a space; "" when there is none. `text` is UTF-8 without markup.
std::string music_mark_of(std::string_view text);

}  // namespace needledrop
