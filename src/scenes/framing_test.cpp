#include "scenes/framing.h"

#include <cmath>

#include <gtest/gtest.h>

#include "scenes/footage_likeness.h"
#include "scenes/painted_footage.h"

namespace needledrop {
namespace {

const Painter& painter() {
  static const Painter painter(4);
  return painter;
}

/// The mean of a part of the clip's luma, one pixel after the other.
double slow_mean(const Thumb& thumb, double left, double top, double right, double bottom) {
  double sum = 0;
  double weight = 0;
  for (int y = 0; y < Thumb::kHeight; ++y) {
    for (int x = 0; x < Thumb::kWidth; ++x) {
      const double across = std::min<double>(x + 1, right) - std::max<double>(x, left);
      const double down = std::min<double>(y + 1, bottom) - std::max<double>(y, top);
      if (across <= 0 || down <= 0) continue;
      sum += across * down * thumb.luma[y * Thumb::kWidth + x];
      weight += across * down;
    }
  }
  return sum / weight;
}

TEST(Framing, ASampleIsTheMeanOfThePixelsBelowIt) {
  const Thumb thumb = painter().paint(0, 0, Milliseconds(0));
  const Rectangle area{0.05, 0.1, 0.9, 0.8};
  for (const bool mirrored : {false, true}) {
    const Framing framing{{0.1, 0.15, 0.83, 0.8}, mirrored};
    const View view = ThumbSums(thumb).view(area, framing);
    const CellRange& cells = view.luma_cells;
    ASSERT_GT(cells.columns(), 20);
    for (int row = cells.first_row + 1; row < cells.last_row - 1; ++row) {
      for (int column = cells.first_column + 1; column < cells.last_column - 1; ++column) {
        const auto x = [&](int line) {
          double share = (line / 32.0 - framing.shown.left) / framing.shown.width;
          if (mirrored) share = 1 - share;
          return (area.left + share * area.width) * Thumb::kWidth;
        };
        const auto y = [&](int line) {
          const double share = (line / 18.0 - framing.shown.top) / framing.shown.height;
          return (area.top + share * area.height) * Thumb::kHeight;
        };
        const double mean = slow_mean(thumb, std::min(x(column), x(column + 1)), y(row),
                                      std::max(x(column), x(column + 1)), y(row + 1));
        ASSERT_NEAR(view.luma[row * FootagePicture::kWidth + column], mean, 0.2);
      }
    }
  }
}

TEST(Framing, BarsAreNotPicture) {
  Thumb thumb = painter().paint(1, 0, Milliseconds(0));
  for (std::size_t i = 0; i < thumb.luma.size(); ++i) {
    const auto row = i / Thumb::kWidth;
    if (row < 4 || row >= 32) thumb.luma[i] = 17;
  }
  const Rectangle area = picture_area(std::span(&thumb, 1));
  EXPECT_DOUBLE_EQ(area.top, 4.0 / 36);
  EXPECT_DOUBLE_EQ(area.height, 28.0 / 36);
  EXPECT_EQ(area.width, 1);
  thumb.luma.fill(16);
  EXPECT_EQ(picture_area(std::span(&thumb, 1)), Rectangle());
}

TEST(Likeness, IsOneForTheSameAndLittleForAnother) {
  const Framing whole;
  const FootagePicture same = footage_picture_of(painter().paint(2, 0, Milliseconds(0)));
  const FootagePicture other = footage_picture_of(painter().paint(3, 0, Milliseconds(0)));
  const View view = ThumbSums(painter().paint(2, 0, Milliseconds(0))).view(Rectangle(), whole);
  EXPECT_GT(likeness(view, same).whole, 0.95);
  EXPECT_GT(likeness(view, same).detail, 0.95 * likeness(view, same).shown);
  EXPECT_LT(likeness(view, other).detail, 0.3);
}

TEST(Likeness, DoesNotMindLightAndContrast) {
  Thumb thumb = painter().paint(2, 0, Milliseconds(0));
  const FootagePicture picture = footage_picture_of(thumb);
  for (auto& pixel : thumb.luma) pixel = static_cast<std::uint8_t>(40 + pixel / 2);
  const View view = ThumbSums(thumb).view(Rectangle(), Framing());
  EXPECT_GT(likeness(view, picture).detail, 0.9);
}

TEST(Likeness, WhatShowsNothingIsLikeNothing) {
  Thumb black;
  black.luma.fill(16);
  black.blue.fill(128);
  black.red.fill(128);
  const Likeness like =
      likeness(ThumbSums(black).view(Rectangle(), Framing()), footage_picture_of(black));
  EXPECT_LT(like.whole, 0.1);
  EXPECT_LT(like.detail, 0.1);
  EXPECT_LT(like.shown, 0.1);
}

}  // namespace
}  // namespace needledrop
