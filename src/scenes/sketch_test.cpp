#include "scenes/sketch.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "scenes/made_pictures.h"

namespace needledrop {
namespace {

using test::Place;

TEST(Sketch, CellsAreMeans) {
  test::Random random(1);
  const Thumb thumb = test::noise(random);
  const Sketch sketch = sketch_of(thumb);
  for (int row = 0; row < Sketch::kHeight; ++row) {
    for (int column = 0; column < Sketch::kWidth; ++column) {
      double luma = 0;
      double blue = 0;
      for (int i = 0; i < 16; ++i) {
        luma += thumb.luma[(row * 4 + i / 4) * Thumb::kWidth + column * 4 + i % 4];
      }
      for (int i = 0; i < 4; ++i) {
        blue += thumb.blue[(row * 2 + i / 2) * Thumb::kChromaWidth + column * 2 + i % 2];
      }
      EXPECT_NEAR(sketch.luma[row * Sketch::kWidth + column], luma / 16, 0.51);
      EXPECT_NEAR(sketch.blue[row * Sketch::kWidth + column], blue / 4, 0.51);
    }
  }
}

TEST(Sketch, DifferenceIsThatOfLightAndHalfOfColour) {
  Thumb a = test::flat(100);
  Thumb b = test::flat(110);
  EXPECT_DOUBLE_EQ(difference(sketch_of(a), sketch_of(b)), 10);
  b.blue.fill(132);
  EXPECT_DOUBLE_EQ(difference(sketch_of(a), sketch_of(b)), 12);
  EXPECT_DOUBLE_EQ(difference(sketch_of(b), sketch_of(a)), 12);
  EXPECT_DOUBLE_EQ(difference(sketch_of(a), sketch_of(a)), 0);
}

TEST(Sketch, WhatMovedByCellsIsTheSame) {
  const Place place(3);
  const Sketch here = sketch_of(place.seen_from(80, 80));
  for (const int cells : {-2, -1, 1, 2}) {
    const Sketch there = sketch_of(place.seen_from(80 + 4 * cells, 80 + 4 * (cells / 2)));
    EXPECT_NEAR(moved_difference(here, there, 2), 0, 0.2) << cells;
    EXPECT_GT(difference(here, there), 1) << cells;
  }
  EXPECT_DOUBLE_EQ(moved_difference(here, here, 0), 0);
}

TEST(Sketch, SharesOfAMixAreFound) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Thumb a = Place(seed).seen_from(80, 80);
    const Thumb b = Place(seed + 50).seen_from(80, 80);
    for (const double share : {0.0, 0.1, 0.5, 0.8, 1.0}) {
      const Mix mix = mix_of(sketch_of(test::mixed(a, b, share)), sketch_of(a), sketch_of(b));
      EXPECT_NEAR(mix.share, share, 0.03);
      EXPECT_LT(mix.unexplained, 0.08);
    }
    const Mix foreign =
        mix_of(sketch_of(Place(seed + 90).seen_from(80, 80)), sketch_of(a), sketch_of(b));
    EXPECT_GT(foreign.unexplained, 0.2);
  }
}

}  // namespace
}  // namespace needledrop
