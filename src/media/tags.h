#pragma once

#include <string>

#include "media/container.h"
#include "media/media_file.h"

namespace needledrop {

/// Reads the tags of ID3, Vorbis comments, MP4, Matroska, APE and RIFF as libavformat shows them,
/// file over streams. What taggers call "MusicBrainz Track Id" is the recording's id; the "Release
/// Track Id" is never taken for it. Of values that may be several, the first that is valid counts.
Tags read_tags(const Container& container, const std::string& path);

}  // namespace needledrop
