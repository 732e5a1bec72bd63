#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace needledrop {

/// What a subtitle shows over one span: something said, sung or heard.
struct SubtitleLine {
  Span span;
  std::string text;  // UTF-8 for display: no tags, '\n' between rows, ruby as 漢字(かんじ)
  std::string music;  // what of the text is marked as music: "♪ 너를 사랑해 ♪", "[music]"; "" none
  bool is_italic = false;  // all of it
  friend bool operator==(const SubtitleLine&, const SubtitleLine&) = default;
};

/// One language's subtitles. In files times count from the file's zero; in streams from the
/// container's time 0, as those of sound do.
struct Subtitles {
  std::string language;    // BCP 47 as far as it was said: "ko"; "" unknown
  std::string format;      // "SRT", "ASS", "WebVTT", "SAMI", "TTML"; of others libav's name
  std::string name;        // of the language class or the stream, as its maker wrote it
  int stream = 0;          // number among the container's subtitle streams; 0: of a file
  bool is_forced = false;  // only what a speaker of the film's language needs
  std::vector<SubtitleLine> lines;  // by start, then end, then place in the file
};

/// What a file or a container holds.
struct ReadSubtitles {
  std::vector<Subtitles> found;  // in the order of the file
  /// One line each, without the file's name; the first faults name their line, the rest are
  /// counted.
  std::vector<std::string> warnings;
};

/// Reads a file of subtitles, whatever its name: SRT, ASS and SSA, WebVTT, SAMI or TTML, in any of
/// UTF-8, UTF-16, CP949 and what decode_text knows besides. Faults (broken times, an end before the
/// start, lines over one another) cost a warning and never the rest. These are parsers of our own,
/// because libavformat's name no line, take no encoding but what they are told, mix SAMI's
/// languages, and lack TTML. Bounded: 64 MB, 64 languages, 200,000 lines, 4 KB of text each.
/// Errors: kNotFound, kIo, kUnsupported (no subtitles, or pictures of them).
Result<ReadSubtitles> read_subtitle_file(const std::string& path);

/// The same for bytes in memory.
Result<ReadSubtitles> parse_subtitles(std::string_view bytes);

/// Reads the text streams of a container in one pass over its packets, through libavcodec; what is
/// no text (PGS, VobSub, DVB) is named in a warning. Bounded: 64 streams, 200,000 lines of them
/// all. A container without any gives nothing. Errors are those of MediaFile::open, and kCancelled.
Result<ReadSubtitles> read_embedded_subtitles(const std::string& path, std::stop_token stop);

/// "ko", "kor", "Korean" and "ko-KR" as "ko": the primary language, as BCP 47 writes it; "" when it
/// is none that is known.
std::string language_code(std::string_view name);

}  // namespace needledrop
