#include "media/stamp_time.h"

#include <limits>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

constexpr AVRational kPal{1, 25};
constexpr AVRational kTicks{1, 90'000};

TEST(StampTime, IsTheNearestMillisecondSinceTheOrigin) {
  EXPECT_EQ(time_of_stamp(3, kPal, 0), Milliseconds(120));
  EXPECT_EQ(time_of_stamp(3, kPal, 20'000), Milliseconds(100));
  EXPECT_EQ(time_of_stamp(0, kPal, 20'000), Milliseconds(-20));
  // 33.3667 and 66.7333 ms: a picture at 30,000 / 1,001.
  EXPECT_EQ(time_of_stamp(3'003, kTicks, 0), Milliseconds(33));
  EXPECT_EQ(time_of_stamp(6'006, kTicks, 0), Milliseconds(67));
  EXPECT_EQ(time_of_stamp(-6'006, kTicks, 0), Milliseconds(-67));
}

TEST(StampTime, HalvesGoUpOnBothSidesOfTheOrigin) {
  EXPECT_EQ(time_of_stamp(1'500, AV_TIME_BASE_Q, 0), Milliseconds(2));
  EXPECT_EQ(time_of_stamp(-1'500, AV_TIME_BASE_Q, 0), Milliseconds(-1));
}

TEST(StampTime, HostileStampsDoNotOverflow) {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  for (const AVRational base : {kPal, kTicks, AV_TIME_BASE_Q, AVRational{1'000, 1}}) {
    EXPECT_GT(time_of_stamp(kMost, base, kLeast), Milliseconds(0));
    EXPECT_FALSE(microseconds_of(kMost, base).has_value());
    EXPECT_FALSE(microseconds_of(kLeast + 1, base).has_value());
  }
  EXPECT_FALSE(microseconds_of(AV_NOPTS_VALUE, kPal).has_value());
  EXPECT_EQ(microseconds_of(3, kPal), 120'000);
}

}  // namespace
}  // namespace needledrop
