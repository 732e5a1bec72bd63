#pragma once

#include <array>
#include <cstdint>

#include "base/units.h"

namespace needledrop {

/// One picture of a video, made so small that shots can be told apart and little else: the whole
/// picture, upright, drawn out to 16:9 whatever its shape. 8-bit studio-range YCbCr, rows from the
/// top.
struct Thumb {
  static constexpr int kWidth = 64;
  static constexpr int kHeight = 36;
  static constexpr int kChromaWidth = kWidth / 2;
  static constexpr int kChromaHeight = kHeight / 2;
  using Luma = std::array<std::uint8_t, std::size_t{kWidth} * kHeight>;
  using Chroma = std::array<std::uint8_t, std::size_t{kChromaWidth} * kChromaHeight>;

  Milliseconds time{0};  // when it is first shown
  bool follows = true;   // no picture is shown between the thumb before and this one
  Luma luma{};
  Chroma blue{};
  Chroma red{};
};

/// Takes thumbs in the order in which they are shown.
class ThumbSink {
 public:
  virtual ~ThumbSink() = default;
  virtual void on_thumb(const Thumb& thumb) = 0;
};

}  // namespace needledrop
