#include "media/presentation_clock.h"

#include <cmath>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

using Verdict = PresentationClock::Verdict;
constexpr double kSecond = 16'000;

TEST(PresentationClock, JitterWithinToleranceNeverMoves) {
  PresentationClock clock;
  for (int i = 0; i < 1'000; ++i) {
    const double end = i * 300.0;
    EXPECT_EQ(clock.place(end + (i % 2 == 0 ? 280 : -280), end).verdict, Verdict::kFollows);
  }
}

TEST(PresentationClock, DriftIsCorrectedBeforeItIsHeard) {
  PresentationClock clock;
  double end = 0;
  double worst = 0;
  for (int i = 0; i < 100'000; ++i) {
    const double claimed = i * 341.4;  // what comes is 341.3 long
    const auto placement = clock.place(claimed, end);
    if (placement.verdict == Verdict::kGap) end = static_cast<double>(placement.start);
    worst = std::max(worst, std::abs(claimed - end));
    end += 341.3;
  }
  EXPECT_LE(worst, 0.020 * kSecond);
}

TEST(PresentationClock, GapsAndOverlaps) {
  PresentationClock clock;
  const auto gap = clock.place(3 * kSecond, kSecond);
  EXPECT_EQ(gap.verdict, Verdict::kGap);
  EXPECT_EQ(gap.start, 48'000);
  const auto overlap = clock.place(2 * kSecond, 3 * kSecond);
  EXPECT_EQ(overlap.verdict, Verdict::kOverlap);
  EXPECT_DOUBLE_EQ(overlap.cut, kSecond);
  EXPECT_EQ(clock.place(std::nullopt, 5 * kSecond).verdict, Verdict::kFollows);
  EXPECT_EQ(clock.place(std::nan(""), 5 * kSecond).verdict, Verdict::kFollows);
}

TEST(PresentationClock, AJumpShiftsWhatFollows) {
  PresentationClock clock;
  EXPECT_EQ(clock.place(100 * 3'600 * kSecond, kSecond).verdict, Verdict::kJump);
  EXPECT_EQ(clock.place(100 * 3'600 * kSecond + 500, kSecond + 500).verdict, Verdict::kFollows);
  EXPECT_EQ(clock.place(0, kSecond).verdict, Verdict::kJump) << "back again";
  EXPECT_EQ(clock.place(kSecond, 2 * kSecond).verdict, Verdict::kFollows);
}

TEST(PresentationClock, AllGapsTogetherAreBounded) {
  PresentationClock clock;
  double end = 0;
  for (int i = 0; i < 1'000; ++i) {
    const auto placement = clock.place(end + 3'000 * kSecond, end);
    if (placement.verdict == Verdict::kGap) end = static_cast<double>(placement.start);
  }
  EXPECT_LE(end, PresentationClock::kAllGaps);
}

}  // namespace
}  // namespace needledrop
