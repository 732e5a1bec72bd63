#include <optional>
#include <string>

#include "media/subtitle_builder.h"
#include "media/subtitle_formats.h"
#include "media/text_scan.h"

namespace needledrop {
ReadSubtitles parse_webvtt(std::string_view text) {
  SubtitleBuilder builder("WebVTT");
  std::optional<SubtitleBuilder::Draft> cue;
  std::string rows;
  bool in_header = true;
  const auto end_cue = [&] {
    if (cue.has_value()) {
      cue->text = strip_tags(rows);
      builder.add(std::move(*cue));
    }
    cue.reset();
    rows.clear();
  };
  for (std::size_t place = 1; !text.empty(); ++place) {
    const std::string_view line = take_line(text);
    // A blank line ends a block; a cue may also follow without one.
    if (trimmed(line).empty()) {
      end_cue();
      in_header = false;
    } else if (line.find("-->") != std::string_view::npos) {
      end_cue();
      if (const auto times = read_cue_times(line)) {
        cue.emplace(
            SubtitleBuilder::Draft{.place = place, .start = times->start, .end = times->end});
      } else {
        builder.fault(place, "the times can't be read; left out");
      }
    } else if (cue.has_value()) {
      rows.append(line).append("\n");
    } else if (in_header && begins_with(line, "language:")) {
      const std::string_view value = trimmed(line.substr(line.find(':') + 1));
      builder.about().language = language_code(value);
    }
  }
  end_cue();
  return builder.finish(true);
}

}  // namespace needledrop
