#include "desk/dialogue_over.h"

#include <algorithm>

namespace needledrop {
namespace {

bool overlap(const Span& a, const Span& b) {
  return a.start < b.end && b.start < a.end;
}

}  // namespace

DialogueOver dialogue_over(const Dialogue& dialogue, const Span& span) {
  DialogueOver over;
  Milliseconds covered{0};
  Milliseconds reached = span.start;  // what lies before is counted
  const SubtitleLine* before = nullptr;
  for (const SubtitleLine& line : dialogue.subtitles.lines) {
    const bool is_over = overlap(line.span, span);
    if (is_over && !line.music.empty() && over.music_marks.size() < kMostLinesOver) {
      over.music_marks.push_back({line.span, line.music});
    }
    if (line.music == line.text) continue;
    if (is_over) {
      if (over.during.size() < kMostLinesOver) over.during.push_back(line);
      const Milliseconds end = std::min(line.span.end, span.end);
      covered += std::max(Milliseconds(0), end - std::max(reached, line.span.start));
      reached = std::max(reached, end);
    } else if (line.span.start < span.start) {
      before = &line;
    } else if (!over.after.has_value()) {
      over.after = line;
    }
  }
  if (before != nullptr) over.before = *before;
  if (span.length().count() > 0) {
    over.share = static_cast<double>(covered.count()) / static_cast<double>(span.length().count());
  }
  return over;
}

std::vector<MusicMark> music_marks_over(const Dialogue& dialogue, const Span& span) {
  return dialogue_over(dialogue, span).music_marks;
}

std::optional<SubtitleLine> first_line_in(const Dialogue& dialogue, const Span& span) {
  const auto over = dialogue_over(dialogue, span);
  const auto first = std::ranges::find_if(
      over.during, [&](const SubtitleLine& line) { return line.span.start >= span.start; });
  if (first == over.during.end()) return std::nullopt;
  return *first;
}

}  // namespace needledrop
