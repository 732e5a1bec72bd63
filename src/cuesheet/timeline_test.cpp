#include <fstream>
#include <iterator>
#include <string>

#include <gmock/gmock.h>

#include "cuesheet/avid.h"
#include "cuesheet/edl.h"
#include "cuesheet/fcpxml.h"
#include "cuesheet/otio.h"
#include "cuesheet/test_sheet.h"
#include "cuesheet/timeline_maker.h"

namespace needledrop {
namespace {

using testing::HasSubstr;

Timeline timeline(const TimelineOptions& options = {}) {
  auto made = make_timeline(test_sheet(), options);
  EXPECT_TRUE(made.has_value()) << made.error().message;
  return made.has_value() ? *made : Timeline{};
}

/// The sheet on a 25-frame file that starts at one hour.
Timeline european() {
  TimelineOptions options;
  options.rate = Fraction{25, 1};
  options.start_timecode = "01:00:00:00";
  options.drop_frame = false;
  return timeline(options);
}

TEST(TimelineMaker, CuesLieOnFrames) {
  const Timeline made = timeline();
  ASSERT_EQ(made.cues.size(), 4U);
  // 61.5 s x 30000/1001 = 1843.16; 95.25 s: 2854.65.
  EXPECT_EQ(made.cues[0].start, FrameNumber(1'843));
  EXPECT_EQ(made.cues[0].end, FrameNumber(2'855));
  EXPECT_EQ(timecode_in(made, made.cues[0].start), "10:01:01;15");
  EXPECT_EQ(made.cues[0].name, "1m01 Rain, again");
  EXPECT_EQ(made.cues[0].note, "김수현, BV, KRA012600001");
  EXPECT_EQ(made.cues[1].number, 2);
  EXPECT_EQ(made.cues[2].number, 3);  // by start: it lies between the spans of cue 2
  EXPECT_EQ(made.cues[3].number, 2);
  EXPECT_EQ(made.cues[3].note, "featured, not reviewed");
  EXPECT_EQ(made.file_url, "%EB%88%88%EB%AC%BC%20E12.mxf");
  EXPECT_EQ(made.length, FrameNumber(107'893));
}

TEST(TimelineMaker, AShortSpanIsOneFrame) {
  CueSheet sheet = test_sheet();
  sheet.cues[0].heard = {{Milliseconds(1'000), Milliseconds(1'001)}};
  const auto made = make_timeline(sheet, {});
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->cues[0].end - made->cues[0].start, FrameNumber(1));
}

TEST(TimelineMaker, WhatIsMissingIsAskedFor) {
  CueSheet sheet = test_sheet();
  sheet.parts[0].frame_rate = {};
  EXPECT_THAT(make_timeline(sheet, {}).error().message, HasSubstr("pass --frame-rate"));
  TimelineOptions film;
  film.rate = Fraction{24, 1};
  EXPECT_THAT(make_timeline(sheet, film).error().message, HasSubstr("no drop-frame timecode"));
  film.drop_frame = false;
  film.start_timecode = "01:00:00:24";
  EXPECT_THAT(make_timeline(sheet, film).error().message, HasSubstr("does not exist"));
  SheetPart second = sheet.parts[0];
  sheet.parts[0].part = 1;
  second.part = 2;
  sheet.parts.push_back(second);
  EXPECT_THAT(make_timeline(sheet, film).error().message, HasSubstr("--part: 1, 2"));
  film.part = 3;
  EXPECT_THAT(make_timeline(sheet, film).error().message, HasSubstr("there is no part 3"));
}

// CMX 3600 Edit List Format: TITLE and FCM as headings; event lines of event, reel, channel, C for
// a cut, then source in and out, record in and out, outs exclusive; notes begin with "*". LOC as
// Avid writes it: timecode, colour in seven places, text. 10:01:01;15 is 1843 frames and the two
// numbers that minute 1 skips after 10:00:00;00.
TEST(Edl, InDropFrame) {
  const auto edl = to_edl(timeline());
  ASSERT_TRUE(edl.has_value());
  EXPECT_EQ(*edl,
            "TITLE: nunmul-ui yeowang S01E12 - The \"Flood\" & after\r\n"
            "FCM: DROP FRAME\r\n"
            "* FRAME RATE: 30000/1001\r\n"
            "001  NUNMULE1 A     C        10:01:01;15 10:01:35;07 10:01:01;15 10:01:35;07\r\n"
            "* FROM CLIP NAME: nunmul E12.mxf\r\n"
            "* LOC: 10:01:01:15 BLUE    1m01 Rain, again\r\n"
            "* COMMENT: gimsuhyeon, BV, KRA012600001\r\n"
            "002  NUNMULE1 A     C        10:10:00;00 10:10:05;00 10:10:00;00 10:10:05;00\r\n"
            "* FROM CLIP NAME: nunmul E12.mxf\r\n"
            "* LOC: 10:10:00:00 GREEN   1m02 yeno yu to --> <b>\r\n"
            "* COMMENT: featured, not reviewed\r\n"
            "003  NUNMULE1 A2    C        10:10:01;00 10:10:02;00 10:10:01;00 10:10:02;00\r\n"
            "* FROM CLIP NAME: nunmul E12.mxf\r\n"
            "* LOC: 10:10:01:00 BLUE    1m03 =1+1\r\n"
            "* COMMENT: BV\r\n"
            "004  NUNMULE1 A     C        10:11:40;02 10:11:59;28 10:11:40;02 10:11:59;28\r\n"
            "* FROM CLIP NAME: nunmul E12.mxf\r\n"
            "* LOC: 10:11:40:02 GREEN   1m02 yeno yu to --> <b>\r\n"
            "* COMMENT: featured, not reviewed\r\n");
}

TEST(Edl, InNonDropFrame) {
  const auto edl = to_edl(european());
  ASSERT_TRUE(edl.has_value());
  EXPECT_THAT(*edl, HasSubstr("FCM: NON-DROP FRAME\r\n* FRAME RATE: 25\r\n"));
  // 61.5 s x 25 = 1537.5, halves up; 95.25 s x 25 = 2381.25.
  EXPECT_THAT(*edl, HasSubstr("A     C        01:01:01:13 01:01:35:06 01:01:01:13 01:01:35:06"));
  EXPECT_THAT(*edl, HasSubstr("* LOC: 01:01:01:13 BLUE    1m01 Rain, again\r\n"));
}

TEST(Edl, ACueThatFindsNoChannelHasItsLocator) {
  Timeline crowded = european();
  crowded.cues.resize(1);
  crowded.cues.resize(3, crowded.cues[0]);
  const auto edl = to_edl(crowded);
  ASSERT_TRUE(edl.has_value());
  EXPECT_THAT(*edl, testing::Not(HasSubstr("\r\n003")));
  EXPECT_THAT(*edl, HasSubstr("COMMENT: gimsuhyeon, BV, KRA012600001\r\n* LOC: "));
}

TEST(Edl, LimitsOfTheFormatAreTold) {
  Timeline long_list = european();
  long_list.cues.resize(1'000);
  EXPECT_THAT(to_edl(long_list).error().message, HasSubstr("at most 999 events"));
  Timeline fast = european();
  fast.timebase.rate = {120, 1};
  EXPECT_THAT(to_edl(fast).error().message, HasSubstr("can't count 120 frames"));
}

// Avid marker files, as the program's marker window exports them: user, timecode, track, colour in
// lower case, comment, length in frames, an empty cell, the colour; tabs between.
TEST(AvidMarkers, AreLinesOfEightCells) {
  EXPECT_EQ(
      to_avid_markers(timeline()),
      "needledrop\t10:01:01;15\tV1\tblue\t1m01 Rain, again - 김수현, BV, KRA012600001\t1012\t\t"
      "blue\n"
      "needledrop\t10:10:00;00\tV1\tgreen\t1m02 夜の雨 と --> <b> - featured, not "
      "reviewed\t150\t\tgreen\n"
      "needledrop\t10:10:01;00\tV1\tblue\t1m03 =1+1 - BV\t30\t\tblue\n"
      "needledrop\t10:11:40;02\tV1\tgreen\t1m02 夜の雨 と --> <b> - featured, not "
      "reviewed\t596\t\tgreen\n");
}

// FCPXML 1.10, its document type definition: resources (format, asset with media-rep), event with
// asset-clip and project; sequence with tcStart and tcFormat; marker with start, duration, value,
// note; keyword likewise. Times are "N/Ds", here with D = 30000 and N whole frames of 1001.
// 1,078,920 frames is 10:00:00;00.
TEST(Fcpxml, LiesOnFramesInSourceTimecode) {
  Timeline short_one = timeline();
  short_one.cues.resize(1);
  EXPECT_EQ(
      to_fcpxml(short_one),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<!DOCTYPE fcpxml>\n"
      "<fcpxml version=\"1.10\">\n"
      "  <resources>\n"
      "    <format id=\"r1\" frameDuration=\"1001/30000s\"/>\n"
      "    <asset id=\"r2\" name=\"눈물 E12.mxf\" start=\"1079998920/30000s\" "
      "duration=\"108000893/30000s\" hasVideo=\"1\" format=\"r1\" hasAudio=\"1\">\n"
      "      <media-rep kind=\"original-media\" src=\"%EB%88%88%EB%AC%BC%20E12.mxf\"/>\n"
      "    </asset>\n"
      "  </resources>\n"
      "  <event name=\"눈물의 여왕 S01E12 - The &quot;Flood&quot; &amp; after\">\n"
      "    <asset-clip ref=\"r2\" name=\"눈물 E12.mxf\" start=\"1079998920/30000s\" "
      "duration=\"108000893/30000s\" format=\"r1\" tcFormat=\"DF\">\n"
      "      <keyword start=\"1081843763/30000s\" duration=\"1013012/30000s\" "
      "value=\"1m01 Rain, again\" note=\"김수현, BV, KRA012600001\"/>\n"
      "    </asset-clip>\n"
      "    <project name=\"눈물의 여왕 S01E12 - The &quot;Flood&quot; &amp; after\">\n"
      "      <sequence format=\"r1\" duration=\"108000893/30000s\" tcStart=\"1079998920/30000s\" "
      "tcFormat=\"DF\">\n"
      "        <spine>\n"
      "          <asset-clip ref=\"r2\" offset=\"1079998920/30000s\" name=\"눈물 E12.mxf\" "
      "start=\"1079998920/30000s\" duration=\"108000893/30000s\" format=\"r1\" tcFormat=\"DF\">\n"
      "            <marker start=\"1081843763/30000s\" duration=\"1001/30000s\" "
      "value=\"1m01 Rain, again\" note=\"김수현, BV, KRA012600001\"/>\n"
      "          </asset-clip>\n"
      "        </spine>\n"
      "      </sequence>\n"
      "    </project>\n"
      "  </event>\n"
      "</fcpxml>\n");
}

// OpenTimelineIO 0.18's serialized schemas: every object has OTIO_SCHEMA; Timeline.1 has tracks, a
// Stack.1 of Track.1; Clip.2 has media_references and active_media_reference_key; Marker.2 has
// marked_range in its clip's time and a colour in capitals; RationalTime.1's rate is a double.
TEST(Otio, IsATimelineWithOneClipAndItsMarkers) {
  Timeline short_one = european();
  short_one.cues.resize(1);
  short_one.length = FrameNumber(90'001);
  std::ifstream golden(NEEDLEDROP_FORMATS "/cue-sheet.otio");
  EXPECT_EQ(to_otio(short_one),
            std::string(std::istreambuf_iterator<char>(golden), std::istreambuf_iterator<char>()));
}

TEST(Otio, BroadcastRatesAreTheNearestDouble) {
  EXPECT_THAT(to_otio(timeline()), HasSubstr("\"rate\": 29.97002997002997,"));
}

}  // namespace
}  // namespace needledrop
