#include "cuesheet/clock_text.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(ClockTime, IsHoursMinutesSecondsThousandths) {
  EXPECT_EQ(clock_time(Milliseconds(0)), "00:00:00.000");
  EXPECT_EQ(clock_time(Milliseconds(59'999)), "00:00:59.999");
  EXPECT_EQ(clock_time(Milliseconds(3'599'999)), "00:59:59.999");
  EXPECT_EQ(clock_time(Milliseconds(86'400'001)), "24:00:00.001");
  EXPECT_EQ(clock_time(Milliseconds(360'000'000)), "100:00:00.000");
  EXPECT_EQ(clock_time(Milliseconds(-1500)), "-00:00:01.500");
}

TEST(PrintedTime, IsToTheSecond) {
  EXPECT_EQ(printed_time(Milliseconds(0)), "0:00");
  EXPECT_EQ(printed_time(Milliseconds(6'500)), "0:07");
  EXPECT_EQ(printed_time(Milliseconds(205'499)), "3:25");
  EXPECT_EQ(printed_time(Milliseconds(3'599'500)), "1:00:00");
  EXPECT_EQ(printed_time(Milliseconds(3'723'000)), "1:02:03");
  EXPECT_EQ(printed_time(Milliseconds(-499)), "0:00");
  EXPECT_EQ(printed_time(Milliseconds(-61'000)), "-1:01");
}

TEST(SecondsText, HasThreeDecimals) {
  EXPECT_EQ(seconds_text(Milliseconds(61'500)), "61.500");
  EXPECT_EQ(seconds_text(Milliseconds(-5)), "-0.005");
}

}  // namespace
}  // namespace needledrop
