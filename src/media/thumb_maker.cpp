#include "media/thumb_maker.h"

#include <cstddef>
#include <span>

#include "media/orientation.h"

namespace needledrop {

ThumbMaker::ThumbMaker(const AVStream& stream) : quarter_turns_(quarter_turns(stream)) {}

std::optional<Thumb> ThumbMaker::make(const AVFrame& picture) {
  const bool is_sideways = quarter_turns_ % 2 == 1;
  const int width = is_sideways ? Thumb::kHeight : Thumb::kWidth;
  const int height = is_sideways ? Thumb::kWidth : Thumb::kHeight;
  if (!scaler_.scale(picture, width, height,
                     {scaled_[0].data(), scaled_[1].data(), scaled_[2].data(), nullptr},
                     {kStride, kStride, kStride, 0})) {
    return std::nullopt;
  }
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
