#include "spotting/shared_sound.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_versions.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::optional<SharedSound> shared(const PeakList& a, const PeakList& b,
                                  std::vector<int> offsets = {0}) {
  std::vector<Tick> ticks;
  for (int offset : offsets) ticks.emplace_back(offset);
  return shared_sound(PeakGrid(a), PeakGrid(b), ticks);
}

void expect_stretch(const SharedStretch& stretch, int first, int last, int offset) {
  constexpr int kEdge = 8;
  EXPECT_NEAR(stretch.first.value, first, kEdge);
  EXPECT_NEAR(stretch.last.value, last, kEdge);
  EXPECT_EQ(stretch.offset, Tick(offset));
}

class SharedSoundTest : public testing::Test {
 protected:
  PeakList song_ = test::random_recording(3'000, 1);
};

TEST_F(SharedSoundTest, OtherMusicSharesNothing) {
  EXPECT_EQ(shared(song_, test::random_recording(3'000, 2), {0, 100, -100}), std::nullopt);
  EXPECT_EQ(shared(song_, test::random_recording(0, 2)), std::nullopt);
  EXPECT_EQ(shared(song_, song_, {5'000, -5'000, 40}), std::nullopt);
}

TEST_F(SharedSoundTest, ANewEncodingIsTheSame) {
  const auto found = shared(song_, test::encoded_anew(song_, 3));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->kind, RelationKind::kSame);
  EXPECT_GT(found->likeness, 0.85);
  ASSERT_THAT(found->stretches, SizeIs(1));
  expect_stretch(found->stretches[0], 0, 3'000, 0);
}

TEST_F(SharedSoundTest, AVoiceMakesAVersion) {
  const auto found = shared(song_, test::with_voice(song_, 1'000, 2'000, 4));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->kind, RelationKind::kVersion);
  ASSERT_THAT(found->stretches, SizeIs(1));
  expect_stretch(found->stretches[0], 0, 3'000, 0);
}

TEST_F(SharedSoundTest, ASoloDoesNotEndTheAlignment) {
  PeakList other = song_;
  std::erase_if(other.peaks,
                [](const Peak& p) { return p.tick >= Tick(1'000) && p.tick < Tick(1'600); });
  const auto found = shared(song_, other);
  ASSERT_TRUE(found.has_value());
  ASSERT_THAT(found->stretches, SizeIs(1));
  expect_stretch(found->stretches[0], 0, 3'000, 0);
}

TEST_F(SharedSoundTest, AnEditIsAlignedPieceByPiece) {
  const PeakList edit =
      test::joined(test::cut_out(song_, 200, 1'000), test::cut_out(song_, 2'000, 2'800));
  const auto found = shared(song_, edit, {200, 1'200});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->kind, RelationKind::kEdit);
  ASSERT_THAT(found->stretches, SizeIs(2));
  expect_stretch(found->stretches[0], 200, 1'000, 200);
  expect_stretch(found->stretches[1], 2'000, 2'800, 1'200);
}

TEST_F(SharedSoundTest, ALoopIsAQuotation) {
  const PeakList other =
      test::joined(test::joined(test::random_recording(1'000, 5), test::cut_out(song_, 400, 700)),
                   test::random_recording(1'000, 6));
  const auto found = shared(song_, other, {-600});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->kind, RelationKind::kSampled);
  ASSERT_THAT(found->stretches, SizeIs(1));
  expect_stretch(found->stretches[0], 400, 700, -600);
}

/// A bar that comes four times lies on itself at seven offsets.
TEST_F(SharedSoundTest, WhatRepeatsItselfIsAlignedOnce) {
  const PeakList bar = test::cut_out(song_, 0, 500);
  const PeakList loop = test::joined(test::joined(bar, bar), test::joined(bar, bar));
  const auto found = shared(loop, loop, {0, 500, -500, 1'000, -1'000, 1'500, -1'500});
  ASSERT_TRUE(found.has_value());
  ASSERT_THAT(found->stretches, SizeIs(1));
  expect_stretch(found->stretches[0], 0, 2'000, 0);
}

TEST_F(SharedSoundTest, IsTheSameFromBothSides) {
  const PeakList edit = test::encoded_anew(
      test::joined(test::cut_out(song_, 1'500, 2'700), test::cut_out(song_, 100, 1'000)), 7);
  const auto there = shared(song_, edit, {1'500, -1'100});
  const auto back = shared(edit, song_, {-1'500, 1'100});
  ASSERT_TRUE(there.has_value() && back.has_value());
  EXPECT_EQ(there->kind, back->kind);
  EXPECT_DOUBLE_EQ(there->likeness, back->likeness);
  ASSERT_THAT(there->stretches, SizeIs(2));
  ASSERT_THAT(back->stretches, SizeIs(2));
  for (const SharedStretch& stretch : there->stretches) {
    const auto mirror =
        std::ranges::find(back->stretches, Tick(-stretch.offset.value), &SharedStretch::offset);
    ASSERT_NE(mirror, back->stretches.end());
    EXPECT_NEAR(mirror->first.value, (stretch.first - stretch.offset).value, 2);
    EXPECT_NEAR(mirror->last.value, (stretch.last - stretch.offset).value, 2);
  }
}

}  // namespace
}  // namespace needledrop
