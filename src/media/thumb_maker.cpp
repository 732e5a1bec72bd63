#include "media/thumb_maker.h"

#include <array>
#include <cstddef>
#include <span>

#include "media/orientation.h"

namespace needledrop {
ThumbMaker::ThumbMaker(const AVStream& stream) : quarter_turns_(quarter_turns(stream)) {}

Result<Thumb> ThumbMaker::make(const AVFrame& picture) {
  const bool is_sideways = quarter_turns_ % 2 == 1;
  const int width = is_sideways ? Thumb::kHeight : Thumb::kWidth;
  const int height = is_sideways ? Thumb::kWidth : Thumb::kHeight;
  scaler_.reset(sws_getCachedContext(scaler_.release(), picture.width, picture.height,
                                     static_cast<AVPixelFormat>(picture.format), width, height,
                                     AV_PIX_FMT_YUV420P, SWS_AREA, nullptr, nullptr, nullptr));
  if (scaler_ == nullptr) {
    return fail(Error::Kind::kUnsupported, "its pictures are of a kind that can't be read");
  }
  const std::array<std::uint8_t*, 4> planes{scaled_[0].data(), scaled_[1].data(), scaled_[2].data(),
                                            nullptr};
  const std::array<int, 4> strides{kStride, kStride, kStride, 0};
  sws_scale(scaler_.get(), picture.data, picture.linesize, 0, picture.height, planes.data(),
            strides.data());
  Thumb thumb;
  const auto upright = [&](const ScaledPlane& plane, int w, int h, std::span<std::uint8_t> target) {
    for (int y = 0; y < h; ++y) {
      for (int x = 0; x < w; ++x) {
        target[turned_place(x, y, w, h, quarter_turns_)] = plane[y * kStride + x];
      }
    }
  };
  upright(scaled_[0], width, height, thumb.luma);
  upright(scaled_[1], width / 2, height / 2, thumb.blue);
  upright(scaled_[2], width / 2, height / 2, thumb.red);
  return thumb;
}

}  // namespace needledrop
