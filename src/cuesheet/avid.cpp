#include "cuesheet/avid.h"

#include <fmt/format.h>

#include "cuesheet/line_text.h"

namespace needledrop {

std::string to_avid_markers(const Timeline& timeline) {
  std::string markers;
  for (const TimelineCue& cue : timeline.cues) {
    std::string comment = on_one_line(cue.name);
    if (!cue.note.empty()) comment += " - " + on_one_line(cue.note);
    markers += fmt::format("needledrop\t{}\tV1\t{}\t{}\t{}\t\t{}\n",
                           timecode_in(timeline, cue.start), to_string(cue.color), comment,
                           (cue.end - cue.start).value, to_string(cue.color));
  }
  return markers;
}

}  // namespace needledrop
