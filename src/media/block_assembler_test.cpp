#include "media/block_assembler.h"

#include <random>

#include <gtest/gtest.h>

#include "media/made_media.h"

namespace needledrop {
namespace {

void append(BlockAssembler& assembler, std::size_t source, std::size_t count, float mid,
            float side) {
  const std::vector<float> first(count, mid);
  const std::vector<float> second(count, side);
  const std::array<std::span<const float>, 2> spans{first, second};
  assembler.append(source, spans);
}

TEST(BlockAssembler, AddsSourcesByTimeHoweverTheyAreCutUp) {
  std::mt19937 random(7);
  for (int trial = 0; trial < 20; ++trial) {
    Heard heard;
    BlockAssembler assembler({.side = true}, 2, heard);
    std::array<std::size_t, 2> left{50'000, 30'000};
    while (left[0] + left[1] > 0) {
      const std::size_t source = random() % 2;
      const auto count = std::min<std::size_t>(left.at(source), random() % 3'000);
      append(assembler, source, count, source == 0 ? 1.0F : 10.0F, source == 0 ? 2.0F : -2.0F);
      left.at(source) -= count;
    }
    assembler.finish();
    ASSERT_EQ(heard.mid.size(), 50'000U);
    ASSERT_EQ(heard.side.size(), 50'000U);
    EXPECT_LE(heard.largest_block, BlockAssembler::kBlockSamples);
    for (std::size_t i = 0; i < heard.mid.size(); ++i) {
      ASSERT_EQ(heard.mid[i], i < 30'000 ? 11 : 1) << i;
      ASSERT_EQ(heard.side[i], i < 30'000 ? 0 : 2) << i;
    }
  }
}

TEST(BlockAssembler, DoesNotWaitForASourceThatStaysBehind) {
  Heard heard;
  BlockAssembler assembler({.side = true}, 2, heard);
  assembler.pad_to(0, BlockAssembler::kPatience * 2);
  const auto emitted = heard.mid.size();
  EXPECT_GT(emitted, static_cast<std::size_t>(BlockAssembler::kPatience) - 8'192);
  append(assembler, 1, 100, 1, 1);
  assembler.pad_to(1, BlockAssembler::kPatience * 2 - 100);
  append(assembler, 1, 100, 1, 1);
  assembler.finish();
  EXPECT_EQ(heard.mid.size(), static_cast<std::size_t>(BlockAssembler::kPatience) * 2);
  EXPECT_EQ(heard.mid.front(), 0) << "too late";
  EXPECT_EQ(heard.mid.back(), 1) << "in its place";
}

}  // namespace
}  // namespace needledrop
