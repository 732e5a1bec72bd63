#include "media/picture_clock.h"

#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

/// In milliseconds, 40 a picture.
class PictureClockTest : public testing::Test {
 protected:
  std::int64_t corrected(std::int64_t dts, std::int64_t ahead = 0) {
    const auto packet = make_packet();
    packet->dts = dts;
    packet->pts = dts == AV_NOPTS_VALUE ? dts : dts + ahead;
    clock_.correct(*packet);
    return packet->pts;
  }
  PictureClock clock_{{1, 1'000}, 40};
};

TEST_F(PictureClockTest, EvenGapsAndSmallStepsBackAreLeftAsTheyAre) {
  for (const std::int64_t time : {500, 540, 580, 10'000, 9'000, 9'040, 3'500'000}) {
    EXPECT_EQ(corrected(time, 80), time + 80);
  }
}

TEST_F(PictureClockTest, AClockThatBeginsAnewRunsOn) {
  EXPECT_EQ(corrected(100'000), 100'000);
  EXPECT_EQ(corrected(0, 80), 100'120);
  EXPECT_EQ(corrected(40), 100'080);
  EXPECT_EQ(corrected(-60'000), 100'120);
}

TEST_F(PictureClockTest, AJumpOfMoreThanAnHourIsNotBelieved) {
  EXPECT_EQ(corrected(0), 0);
  EXPECT_EQ(corrected(3'600'041), 40);
  EXPECT_EQ(corrected(3'600'081), 80);
}

TEST_F(PictureClockTest, APictureThatIsShownFarFromItsDecodingIsDamaged) {
  EXPECT_EQ(corrected(0, 80), 80);
  EXPECT_EQ(corrected(40, 20L * 3'600'000), 40);
  EXPECT_EQ(corrected(80, -20L * 3'600'000), 80);
  EXPECT_EQ(corrected(120, 10'000), 10'120);
  EXPECT_EQ(corrected(160, 80), 240);
}

TEST_F(PictureClockTest, GapsMayComeToAnyLengthInAll) {
  for (std::int64_t time = 0; time < 40'000'000; time += 3'600'000) {
    EXPECT_EQ(corrected(time), time);
  }
}

TEST_F(PictureClockTest, NoStampStaysNoneAndNonsenseBecomesNone) {
  EXPECT_EQ(corrected(0), 0);
  EXPECT_EQ(corrected(AV_NOPTS_VALUE), AV_NOPTS_VALUE);
  EXPECT_EQ(corrected(std::numeric_limits<std::int64_t>::max()), AV_NOPTS_VALUE);
  EXPECT_EQ(corrected(std::numeric_limits<std::int64_t>::min() + 1), AV_NOPTS_VALUE);
  EXPECT_EQ(corrected(40), 40);
}

}  // namespace
}  // namespace needledrop
