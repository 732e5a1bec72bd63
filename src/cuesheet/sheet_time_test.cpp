#include "cuesheet/sheet_time.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

std::int64_t milliseconds_of(std::string_view text) {
  const auto time = read_sheet_time(text, {}, false);
  EXPECT_TRUE(time.has_value()) << text;
  return time.has_value() ? time->count() : -1;
}

TEST(SheetTime, IsReadHoweverItIsWritten) {
  for (const char* text :
       {"4:07", "0:04:07", "00:04:07.000", "4'07\"", "4′ 07″", "4m07s", "4 min 7 sec", "247",
        "247.0", "4:07,0", "4분 7초", "４：０７", "04:07.0004"}) {
    EXPECT_EQ(milliseconds_of(text), 247'000) << text;
  }
  EXPECT_EQ(milliseconds_of("1:02:03.4"), 3'723'400);
  EXPECT_EQ(milliseconds_of("72:10"), 4'330'000);
  for (const char* text : {"2h", "2 hours", "2시간", "2h0m", "2h 0s", "2:00:00", "120m"}) {
    EXPECT_EQ(milliseconds_of(text), 7'200'000) << text;
  }
  EXPECT_EQ(milliseconds_of("1h30"), 5'400'000);
  EXPECT_EQ(milliseconds_of("1h 5s"), 3'605'000);
  EXPECT_EQ(milliseconds_of("2m30"), 150'000);
  EXPECT_EQ(milliseconds_of("45\""), 45'000);
  EXPECT_EQ(milliseconds_of("4'"), 240'000);
  EXPECT_EQ(milliseconds_of("99:59:59.999"), 359'999'999);
}

TEST(SheetTime, WhatIsNoneIsRefused) {
  for (const char* text :
       {"",        ":",         "x",        "4:7x",       "3:61",  "1:60:00", "-1:00",
        "1:2:3:4", "100:00:00", "99999999", "1e5",        "4.5.6", "4:07.",   "h",
        "2h61m",   "7s4m",      "1h2h",     "1m60s",      "1.5h",  "1:2m",    "5s 3",
        "4:",      "..",        "1:-2",     "12345678:00"}) {
    EXPECT_FALSE(read_sheet_time(text, {}, false).has_value()) << text;
  }
}

TEST(SheetTime, TimecodeIsCountedFromTheProgrammesStart) {
  const Timebase drop = *make_timebase({30'000, 1'001}, true);
  const SheetClock clock{drop, "10:00:00;00"};
  EXPECT_EQ(*read_sheet_time("10:01:00;02", clock, false), time_of(FrameNumber(1800), drop.rate));
  EXPECT_EQ(*read_sheet_time("00:01:00;02", clock, true), time_of(FrameNumber(1800), drop.rate));
  // A time of a sheet that counts from zero is what it says.
  EXPECT_EQ(*read_sheet_time("00:01:00;02", clock, false), time_of(FrameNumber(1800), drop.rate));
  EXPECT_FALSE(read_sheet_time("10:01:00;00", clock, false).has_value());
}

}  // namespace
}  // namespace needledrop
