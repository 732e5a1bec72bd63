#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// A tag's text as UTF-8: invalid bytes become U+FFFD, spaces around it go. Korean text of the
/// code page 949 that was stored as Latin-1 (old ID3 tags) or as raw bytes is read as what it is:
/// when the bytes are valid in that code page, most of what is not ASCII becomes Hangul, and Hangul
/// comes from pairs of high bytes, as it never does in European text. Bounded to 4 KB.
std::string repair_tag_text(std::string_view text);

/// An ISRC in upper case without hyphens; "" when the text holds none. Of several the first.
std::string read_isrc(std::string_view text);

/// A MusicBrainz id in lower case; "" when the text is none. Of several the first.
std::string read_mbid(std::string_view text);

/// The number before a slash or the end: "3/12" is 3; 0 when there is none.
int read_track_number(std::string_view text);

}  // namespace needledrop
