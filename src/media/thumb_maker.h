#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "media/ffmpeg_handles.h"
#include "media/picture_scaler.h"
#include "media/thumb.h"

namespace needledrop {

/// Decoded pictures of any size and format, which may change on the way -> thumbs, turned upright.
/// Single-threaded.
class ThumbMaker {
 public:
  /// Turned as the stream's display matrix says.
  explicit ThumbMaker(const AVStream& stream);

  /// All but the time. Nothing when libswscale can't read such pictures.
  std::optional<Thumb> make(const AVFrame& picture);

 private:
  // Wider than any row: see PictureScaler::scale.
  static constexpr int kStride = 128;
  using ScaledPlane = std::array<std::uint8_t, std::size_t{kStride} * Thumb::kWidth>;

  int quarter_turns_;  // clockwise, to make it upright
  PictureScaler scaler_{AV_PIX_FMT_YUV420P, false};
  alignas(64) std::array<ScaledPlane, 3> scaled_{};
};

}  // namespace needledrop
