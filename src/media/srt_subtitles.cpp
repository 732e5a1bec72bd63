#include <optional>
#include <string>

#include "media/subtitle_builder.h"
#include "media/subtitle_formats.h"
#include "media/text_scan.h"

namespace needledrop {
namespace {

constexpr std::string_view kArrow = "-->";

bool is_number(std::string_view line) {
  line = trimmed(line);
  return !line.empty() && line.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A line that was meant to hold times.
bool looks_like_times(std::string_view line) {
  const std::size_t arrow = line.find(kArrow);
  return arrow != std::string_view::npos && line.find(':') != std::string_view::npos &&
         line.find_first_of("0123456789") != std::string_view::npos;
}

/// The text of a cue while its lines come in.
class OpenCue {
 public:
  OpenCue(Span span, std::size_t place) : span_(span), place_(place) {}

  void add(std::string_view line) {
    before_last_ = rows_.size();
    rows_ += line;
    rows_ += '\n';
    last_ = line;
  }

  /// When the next cue's times follow at once, the last line is that cue's number.
  void end(SubtitleBuilder& builder, bool before_times) {
    if (before_times && is_number(last_)) rows_.resize(before_last_);
    builder.add(
        {.place = place_, .start = span_.start, .end = span_.end, .text = strip_tags(rows_)});
  }

 private:
  Span span_;
  std::size_t place_;
  std::string rows_;
  std::string_view last_;
  std::size_t before_last_ = 0;
};

}  // namespace

std::optional<Span> read_cue_times(std::string_view line) {
  const std::size_t arrow = line.find(kArrow);
  if (arrow == std::string_view::npos) return std::nullopt;
  const std::string_view after = trimmed(line.substr(arrow + kArrow.size()));
  const auto start = read_clock_time(line.substr(0, arrow));
  // Settings may follow, after a space; a space may also stand within a time.
  auto end = read_clock_time(after);
  if (!end.has_value()) end = read_clock_time(after.substr(0, after.find_first_of(" \t")));
  if (!start.has_value() || !end.has_value()) return std::nullopt;
  return Span{*start, *end};
}

ReadSubtitles parse_srt(std::string_view text) {
  SubtitleBuilder builder("SRT");
  std::optional<OpenCue> cue;
  for (std::size_t place = 1; !text.empty(); ++place) {
    const std::string_view line = take_line(text);
    if (!looks_like_times(line)) {
      if (cue.has_value()) cue->add(line);
      continue;
    }
    if (cue.has_value()) cue->end(builder, true);
    cue.reset();
    if (const auto times = read_cue_times(line)) {
      cue.emplace(*times, place);
    } else {
      builder.fault(place, "the times can't be read; left out");
    }
  }
  if (cue.has_value()) cue->end(builder, false);
  return builder.finish(true);
}

}  // namespace needledrop
