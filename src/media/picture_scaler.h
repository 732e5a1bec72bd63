#pragma once

#include <array>
#include <cstdint>

#include "media/ffmpeg_handles.h"

namespace needledrop {

/// Decoded pictures of any size, format and range, which may change on the way -> planes of one
/// format, by libswscale's area averaging. Single-threaded.
class PictureScaler {
 public:
  /// `is_full`: what comes out uses all 256 steps; else it is of studio range.
  PictureScaler(AVPixelFormat format, bool is_full) : format_(format), is_full_(is_full) {}

  using Planes = std::array<std::uint8_t*, 4>;
  using Strides = std::array<int, 4>;
  /// Writes `width` x `height`, whole vectors: beyond a row's end, never beyond its stride. False
  /// when libswscale can't read such pictures.
  [[nodiscard]] bool scale(const AVFrame& picture, int width, int height, const Planes& planes,
                           const Strides& strides);

 private:
  AVPixelFormat format_;
  bool is_full_;
  SwsHandle scaler_;
  bool reads_full_ = false;  // as scaler_ was told
};

}  // namespace needledrop
