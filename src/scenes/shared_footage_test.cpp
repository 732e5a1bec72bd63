#include "scenes/shared_footage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenes/painted_footage.h"

namespace needledrop {
namespace {

using ::testing::IsEmpty;

constexpr Milliseconds kFrame{200};
constexpr int kFrames = 20;  // of a scene
constexpr std::uint32_t kSeed = 11;

/// A part of an episode: consecutive scenes of the painter's, of 4 s each.
struct Part {
  int first_scene = 0;
  int scenes = 1;
};

Footage footage_of(const std::vector<Part>& parts, int brighter = 0) {
  const Painter painter(kSeed);
  FootageMaker maker;
  Milliseconds time{0};
  for (const Part& part : parts) {
    for (int frame = 0; frame < part.scenes * kFrames; ++frame, time += kFrame) {
      Thumb thumb = painter.paint(part.first_scene + frame / kFrames, frame % kFrames / 5.0, time);
      for (auto& luma : thumb.luma) luma = static_cast<std::uint8_t>(luma * 0.9 + brighter);
      maker.on_thumb(thumb);
    }
  }
  return maker.finish();
}

Span whole(const Footage& footage) {
  return {Milliseconds(0), footage.back().time + Milliseconds(1)};
}

Span seconds(double start, double end) {
  return {Milliseconds(static_cast<int>(start * 1'000)),
          Milliseconds(static_cast<int>(end * 1'000))};
}

TEST(SharedFootage, TheSameOpeningAtAnotherTimeIsFoundToThePicture) {
  const Footage one = footage_of({{100, 3}, {1, 10}});
  const Footage two = footage_of({{50, 2}, {100, 3}, {20, 10}}, 8);
  const std::vector<SharedFootage> expected{{seconds(0, 12), Milliseconds(8'000)}};
  EXPECT_EQ(find_shared_footage(one, whole(one), two), expected);
  const std::vector<SharedFootage> back{{seconds(8, 20), Milliseconds(0)}};
  EXPECT_EQ(find_shared_footage(two, whole(two), one), back);
}

TEST(SharedFootage, PiecesInAnotherOrderAreEachFound) {
  const Footage recap = footage_of({{7, 1}, {3, 1}, {12, 1}, {200, 10}});
  const Footage earlier = footage_of({{1, 20}});
  const std::vector<SharedFootage> expected{{seconds(0, 4), Milliseconds(24'000)},
                                            {seconds(4, 8), Milliseconds(8'000)},
                                            {seconds(8, 12), Milliseconds(44'000)}};
  EXPECT_EQ(find_shared_footage(recap, whole(recap), earlier), expected);
}

TEST(SharedFootage, OnlyTheAskedPartIsLookedFor) {
  const Footage one = footage_of({{100, 3}, {1, 10}});
  EXPECT_THAT(find_shared_footage(one, seconds(20, 40), footage_of({{100, 3}, {20, 5}})),
              IsEmpty());
}

TEST(SharedFootage, OtherFootageHasNothingInCommon) {
  const Footage one = footage_of({{1, 30}});
  EXPECT_THAT(find_shared_footage(one, whole(one), footage_of({{100, 30}})), IsEmpty());
}

TEST(SharedFootage, BlackIsNoFootage) {
  FootageMaker maker;
  Thumb black;
  black.luma.fill(16);
  black.blue.fill(128);
  black.red.fill(128);
  for (int i = 0; i < 500; ++i) {
    black.time = kFrame * i;
    maker.on_thumb(black);
  }
  const Footage footage = maker.finish();
  ASSERT_FALSE(footage.empty());
  EXPECT_THAT(find_shared_footage(footage, whole(footage), footage), IsEmpty());
}

TEST(SharedFootage, NoFootageHasNothingInCommon) {
  const Footage one = footage_of({{1, 2}});
  EXPECT_THAT(find_shared_footage({}, seconds(0, 10), one), IsEmpty());
  EXPECT_THAT(find_shared_footage(one, whole(one), {}), IsEmpty());
}

}  // namespace
}  // namespace needledrop
