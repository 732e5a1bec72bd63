#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// Text that may stand in a line of a format of lines and tabs: every run of control characters and
/// separators of lines is one space, invalid bytes are U+FFFD, and no space stands at the ends.
std::string on_one_line(std::string_view text);

/// The same in ASCII, for formats that have nothing else: Latin letters lose their accents, other
/// scripts are written letter by letter in Latin ones (눈물 becomes "nunmul"), and what has no such
/// letters becomes '?'. It names a cue so that a person knows it again, and is nobody's name.
std::string on_one_ascii_line(std::string_view text);

/// Text between XML's tags or quotation marks: & < > " ' escaped, and without the characters that
/// XML 1.0 can't hold. Tabs and ends of lines survive, also in attributes.
std::string in_xml(std::string_view text);

/// A value of FFmpeg's metadata format, on one line, with = ; # and \ behind a backslash.
std::string in_ffmetadata(std::string_view text);

/// The language that the script of a text tells, by BCP 47: "ko" of Hangul, "ja" of kana, else
/// "und".
std::string_view likely_language(std::string_view text);

}  // namespace needledrop
