#pragma once

#include <array>
#include <cstdint>

#include "media/thumb.h"

namespace needledrop {

/// A thumb made smaller again, to be kept for every picture: the means of cells. Where a shot's
/// motion hardly shows and a dissolve is a sum.
struct Sketch {
  static constexpr int kWidth = 16;
  static constexpr int kHeight = 9;
  static constexpr int kCells = kWidth * kHeight;

  std::array<std::uint8_t, kCells> luma{};
  std::array<std::uint8_t, kCells> blue{};
  std::array<std::uint8_t, kCells> red{};
};

Sketch sketch_of(const Thumb& thumb);

/// Mean absolute difference in 8-bit steps, over luma and, at half its weight, chroma.
double difference(const Sketch& a, const Sketch& b);

/// The same for the parts that overlap when `b` is moved by up to `reach` cells each way, the least
/// of all: a camera that swings from `a` to `b` leaves little.
double moved_difference(const Sketch& a, const Sketch& b, int reach);

/// How much of `b` is in a picture that may be a mix of `a` and `b`: 0 for `a`, 1 for `b`, outside
/// for neither; and what no such mix explains, as a share of the difference between `a` and `b`.
/// Requires: a and b differ.
struct Mix {
  double share = 0;
  double unexplained = 0;
};
Mix mix_of(const Sketch& picture, const Sketch& a, const Sketch& b);

}  // namespace needledrop
