#include "scenes/footage.h"

#include <gtest/gtest.h>

#include "scenes/footage_packing.h"
#include "scenes/painted_footage.h"

namespace needledrop {
namespace {

constexpr Milliseconds kFrame{40};

/// Scenes of 4 s each at 25 pictures a second.
Footage footage_of_scenes(int scenes) {
  const Painter painter(1);
  FootageMaker maker;
  for (int i = 0; i < scenes * 100; ++i) {
    maker.on_thumb(painter.paint(i / 100, i % 100 / 25.0, kFrame * i));
  }
  return maker.finish();
}

TEST(Footage, HasBothSidesOfEveryCut) {
  const Footage footage = footage_of_scenes(5);
  std::vector<Milliseconds> cuts;
  for (std::size_t i = 1; i < footage.size(); ++i) {
    if (!footage[i].is_new) continue;
    cuts.push_back(footage[i].time);
    EXPECT_EQ(footage[i - 1].time, footage[i].time - kFrame);
  }
  EXPECT_EQ(cuts, (std::vector{Milliseconds(4'000), Milliseconds(8'000), Milliseconds(12'000),
                               Milliseconds(16'000)}));
}

TEST(Footage, HasAPictureAtLeastEveryUsualStep) {
  const Footage footage = footage_of_scenes(3);
  ASSERT_FALSE(footage.empty());
  EXPECT_EQ(footage.front().time, Milliseconds(0));
  for (std::size_t i = 1; i < footage.size(); ++i) {
    EXPECT_LE(footage[i].time - footage[i - 1].time, Milliseconds(1'240));
  }
}

TEST(Footage, WhatCanNotBePackedIsLeftOut) {
  const Painter painter(1);
  FootageMaker maker;
  for (const long time : {-90'000L, -40L, 0L, 4'000L, 2'000L, 8'000L, 8'000L, 600'000'000L}) {
    maker.on_thumb(painter.paint(static_cast<int>(time % 7'001), 0, Milliseconds(time)));
  }
  maker.on_thumb(painter.paint(9, 0, kLatestFootage));
  const Footage footage = maker.finish();
  std::vector<Milliseconds> times;
  for (const FootagePicture& picture : footage) times.push_back(picture.time);
  EXPECT_EQ(times, (std::vector{Milliseconds(0), Milliseconds(4'000), Milliseconds(8'000),
                                kLatestFootage}));
  const auto back = unpack(pack(footage));
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(back->size(), footage.size());
}

TEST(Footage, ALongMontageDoesNotFillTheDisk) {
  const Painter painter(2);
  FootageMaker maker;
  constexpr int kSeconds = 300;
  for (int i = 0; i < kSeconds * 5; ++i) {
    maker.on_thumb(painter.paint(i, 0, Milliseconds(200) * i));
  }
  const Footage footage = maker.finish();
  EXPECT_LE(footage.size(), kSeconds * 4 / 3 + 62U);
  EXPECT_GE(footage.size(), static_cast<std::size_t>(kSeconds));
}

TEST(Footage, APictureIsTheMeanOfItsThumb) {
  Thumb thumb;
  thumb.luma.fill(100);
  thumb.luma[0] = 104;
  thumb.blue.fill(90);
  thumb.red.fill(200);
  const FootagePicture picture = footage_picture_of(thumb);
  EXPECT_EQ(picture.luma[0], 101);
  EXPECT_EQ(picture.luma[1], 100);
  EXPECT_EQ(picture.blue[0], 90);
  EXPECT_EQ(picture.red.back(), 200);
}

}  // namespace
}  // namespace needledrop
