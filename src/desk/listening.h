#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "fingerprint/peak.h"
#include "media/media_file.h"

namespace needledrop {

/// What one pass over a file's sound gave.
struct Listened {
  DecodedSound sound;
  PeakList peaks;
  std::chrono::nanoseconds decode_cpu{0};  // processor time of decoding alone
};

using PositionSink = std::function<void(Milliseconds)>;

/// Decodes a recording into its peak list. Errors: MediaFile::decode's, and kUnsupported for sound
/// by which nothing could ever be found again: too short, or silent.
Result<Listened> listen_to_recording(MediaFile& file, std::stop_token stop,
                                     const PositionSink& position);

/// Decodes an episode or a clip, and analyses it on a second thread meanwhile where there is a
/// processor for it; the result is the same. kUnsupported when there is no sound in it; silence is
/// no error.
Result<Listened> listen_to_episode(MediaFile& file, std::stop_token stop,
                                   const PositionSink& position);

/// Can the file be opened for reading?
bool is_readable(const std::string& path);

}  // namespace needledrop
