#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "media/subtitles.h"

// Private to this folder: the parsers of subtitle files, one file each. All take UTF-8 as
// decode_text makes it; lines are counted from 1.

namespace needledrop {

/// SubRip. Cues begin at their times, so that numbers may be missing and rows be empty.
ReadSubtitles parse_srt(std::string_view text);
/// Advanced SubStation Alpha and its elder, SubStation Alpha.
ReadSubtitles parse_ass(std::string_view text);
/// https://www.w3.org/TR/webvtt1/
ReadSubtitles parse_webvtt(std::string_view text);
/// SAMI: one language a class of its style sheet. Nothing needs to be closed.
ReadSubtitles parse_sami(std::string_view text);
/// https://www.w3.org/TR/ttml2/, with ruby as IMSC 1.1 has it. Nothing outside the text is ever
/// read, and documents that declare a type, hence entities, are refused: kUnsupported.
Result<ReadSubtitles> parse_ttml(std::string_view text);

/// "00:01:02,500 --> 00:01:04,000", as SRT and WebVTT write a cue's times, with whatever follows.
std::optional<Span> read_cue_times(std::string_view line);

}  // namespace needledrop
