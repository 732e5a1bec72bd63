#pragma once

#include <string>

namespace needledrop {

/// The MusicBrainz recording id in the ID3v2 tag at a file's head; "" when there is none.
/// libavformat does not show it: it is a UFID frame, owner "http://musicbrainz.org", and 36 bytes
/// of id. The tag is searched for that run of bytes instead of being parsed, which also finds it in
/// tags whose sizes are wrong or unsynchronised; at most kMaxId3Head bytes are read.
std::string read_id3_recording(const std::string& path);

inline constexpr std::size_t kMaxId3Head = 4U << 20;

}  // namespace needledrop
