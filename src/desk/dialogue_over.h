#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalogue/entities.h"

namespace needledrop {

/// A mark of music in the subtitles, over the span that it is shown.
struct MusicMark {
  Span span;
  std::string text;  // "♪ 너를 사랑해 ♪", "[music]"
};

/// What is said around and over a span. A line that is all music mark (lyrics, "[music]") is
/// nobody's dialogue: it stands in `music_marks` alone.
struct DialogueOver {
  std::optional<SubtitleLine> before;  // the last that begins before the span and not over it
  std::vector<SubtitleLine> during;    // those over it, at most kMostLinesOver
  std::optional<SubtitleLine> after;   // the first that begins at the span's end or later
  double share = 0;                    // of the span in which a line is shown
  std::vector<MusicMark> music_marks;  // those over it, at most kMostLinesOver
};

inline constexpr std::size_t kMostLinesOver = 200;

DialogueOver dialogue_over(const Dialogue& dialogue, const Span& span);

/// The first line that begins in a span and is somebody's dialogue.
std::optional<SubtitleLine> first_line_in(const Dialogue& dialogue, const Span& span);

/// The marks alone.
std::vector<MusicMark> music_marks_over(const Dialogue& dialogue, const Span& span);

}  // namespace needledrop
