#pragma once

#include <string>

#include "cuesheet/timeline.h"

namespace needledrop {

/// The cues as an OpenTimelineIO document in the schemas of release 0.18: Timeline.1 with one clip
/// (Clip.2), the media file, that has a Marker.2 for each cue. Markers lie in the clip's own time,
/// which is the file's source timecode.
std::string to_otio(const Timeline& timeline);

}  // namespace needledrop
