#pragma once

#include <string>

#include "cuesheet/timeline.h"

namespace needledrop {

/// The cues as a marker file of Avid Media Composer: a line each, user, timecode, track, colour,
/// comment, length in frames, nothing, and the colour again, between tabs, as its marker window
/// writes and reads them. UTF-8. The sequence must have the file's frame rate and timecode.
std::string to_avid_markers(const Timeline& timeline);

}  // namespace needledrop
