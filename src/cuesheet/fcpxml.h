#pragma once

#include <string>

#include "cuesheet/timeline.h"

namespace needledrop {

/// The cues as Final Cut Pro XML 1.10: an event with a clip of the media file, on which each cue is
/// a keyword range, and a project with the same clip, on which each is a marker at its first frame.
/// Times are fractions of a second that lie on frames; inside the clip they are source timecode.
std::string to_fcpxml(const Timeline& timeline);

}  // namespace needledrop
