#pragma once

#include <array>
#include <cstdint>

#include "base/result.h"
#include "media/ffmpeg_handles.h"
#include "media/thumb.h"

namespace needledrop {

/// Decoded pictures of any size and format, which may change on the way -> thumbs, turned upright,
/// by libswscale's area averaging. Single-threaded.
class ThumbMaker {
 public:
  /// Turned as the stream's display matrix says.
  explicit ThumbMaker(const AVStream& stream);

  /// All but the time. kUnsupported when libswscale can't read the picture's format.
  Result<Thumb> make(const AVFrame& picture);

 private:
  // libswscale writes whole vectors: beyond a row's end, never beyond its stride.
  static constexpr int kStride = 128;
  using ScaledPlane = std::array<std::uint8_t, std::size_t{kStride} * Thumb::kWidth>;

  int quarter_turns_;  // clockwise, to make it upright
  SwsHandle scaler_;
  alignas(64) std::array<ScaledPlane, 3> scaled_{};
};

}  // namespace needledrop
