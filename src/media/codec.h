#pragma once

#include "base/result.h"
#include "media/ffmpeg_handles.h"

namespace needledrop {

// What sound may be like; beyond this a file is broken or hostile.
inline constexpr int kMinSourceRate = 1'000;
inline constexpr int kMaxSourceRate = 768'000;
inline constexpr int kMaxChannels = 64;
inline constexpr int kMaxSamplesAtOnce = 1 << 20;

/// Opens the decoder of a stream of sound, on one thread. kUnsupported.
Result<CodecHandle> open_codec(const AVStream& stream);

/// Whether decoded sound is within the bounds above and in a known format.
bool is_sane(const AVFrame& sound);

/// The same for what a container announces.
bool is_decodable(const AVCodecParameters& codec);

}  // namespace needledrop
