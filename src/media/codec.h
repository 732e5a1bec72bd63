#pragma once

#include <cstdint>

#include "base/result.h"
#include "media/ffmpeg_handles.h"

namespace needledrop {

// What sound may be like; beyond this a file is broken or hostile.
inline constexpr int kMinSourceRate = 1'000;
inline constexpr int kMaxSourceRate = 768'000;
inline constexpr int kMaxChannels = 64;
inline constexpr int kMaxSamplesAtOnce = 1 << 20;
// And pictures: 8K, whatever an encoder rounds it up to.
inline constexpr std::int64_t kMaxPixels = std::int64_t{8'192} * 4'352;

/// Opens the decoder of a stream of sound, on one thread. kUnsupported.
Result<CodecHandle> open_codec(const AVStream& stream);

/// Opens the decoder of a stream of pictures. Several threads decode several pictures at once; what
/// comes out is the same. kUnsupported.
Result<CodecHandle> open_picture_codec(const AVStream& stream, unsigned threads);

/// Whether decoded sound is within the bounds above and in a known format.
bool is_sane(const AVFrame& sound);

/// The same for what a container announces.
bool is_decodable(const AVCodecParameters& codec);

}  // namespace needledrop
