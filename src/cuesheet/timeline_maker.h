#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "cuesheet/sheet.h"
#include "cuesheet/timeline.h"

namespace needledrop {

/// What a person says of the media file, over what the sheet knows.
struct TimelineOptions {
  std::optional<int> part;         // of an episode in several files
  std::optional<Fraction> rate;    // frames a second
  std::string start_timecode;      // of the first frame; "" the file's own, else 00:00:00:00
  std::optional<bool> drop_frame;  // nothing: as the start timecode is written
};

/// The cues of one of the sheet's files as they are heard, on its frames. Pure. Errors:
/// kInvalidArgument when the frame rate is not known or does not go with the timecode; the message
/// says what to pass.
Result<Timeline> make_timeline(const CueSheet& sheet, const TimelineOptions& options);

}  // namespace needledrop
