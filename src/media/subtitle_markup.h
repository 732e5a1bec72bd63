#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// A subtitle's text without its markup.
struct PlainText {
  std::string text;         // rows trimmed, separated by '\n', without empty ones
  bool is_italic = false;   // all that is shown
  bool is_karaoke = false;  // timed by syllable, as only lyrics are
};

/// Of SRT, WebVTT and SAMI: tags go, <br> ends a row, <rt> is set in brackets, entities are read.
/// What looks like a tag and is none (a < b) stays. SRT's stray ASS overrides ({\an8}) go too.
PlainText strip_tags(std::string_view text);

/// Of ASS: overrides and drawings go, \N ends a row. `is_italic` is what the line's style says.
PlainText strip_overrides(std::string_view text, bool is_italic);

/// Trims each row of spaces (also those that don't break) and leaves out the empty ones.
std::string trim_rows(std::string_view text);

}  // namespace needledrop
