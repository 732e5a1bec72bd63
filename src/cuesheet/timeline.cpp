#include "cuesheet/timeline.h"

namespace needledrop {

std::string_view to_string(MarkerColor color) {
  switch (color) {
    case MarkerColor::kBlue:
      return "blue";
    case MarkerColor::kGreen:
      return "green";
    case MarkerColor::kMagenta:
      return "magenta";
    case MarkerColor::kCyan:
      return "cyan";
    case MarkerColor::kYellow:
      return "yellow";
    case MarkerColor::kWhite:
      break;
  }
  return "white";
}

std::string timecode_in(const Timeline& timeline, FrameNumber frame) {
  return timecode_of(timeline.start + frame, timeline.timebase);
}

}  // namespace needledrop
