#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/timecode.h"

namespace needledrop {

/// Colours that all editing systems have for markers.
enum class MarkerColor { kBlue, kGreen, kMagenta, kCyan, kYellow, kWhite };

/// "blue", in lower case.
std::string_view to_string(MarkerColor color);

/// One span of a cue where an editor looks for it: on frames of the media file, not empty.
struct TimelineCue {
  int number = 0;     // of the cue on the sheet
  FrameNumber start;  // from the file's first frame
  FrameNumber end;    // the first frame without it
  std::string name;   // "1m02 Rain"
  std::string note;   // one line: who performs it, what for, its identifiers
  MarkerColor color = MarkerColor::kWhite;
};

/// The cues of one media file, for editing systems. All of them want source timecode: that of the
/// file's own frames. A value.
struct Timeline {
  std::string title;     // of the sheet
  std::string file_url;  // of the media file, relative: it is taken to lie beside the document
  std::string file_name;
  Timebase timebase;
  FrameNumber start;              // the timecode of the file's first frame
  FrameNumber length;             // of the file
  std::vector<TimelineCue> cues;  // by start
};

/// The timecode of a frame of the timeline's file.
std::string timecode_in(const Timeline& timeline, FrameNumber frame);

}  // namespace needledrop
