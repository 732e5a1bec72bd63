#include "cuesheet/sheet_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cuesheet/csv.h"
#include "cuesheet/edl.h"
#include "cuesheet/test_sheet.h"
#include "cuesheet/timeline_maker.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ReadSheet read(std::string_view bytes, const SheetReaderOptions& options = {}) {
  auto sheet = read_sheet(bytes, options);
  EXPECT_TRUE(sheet.has_value()) << (sheet.has_value() ? "" : sheet.error().message);
  return sheet.value_or(ReadSheet{});
}

std::string error_of(std::string_view bytes, const SheetReaderOptions& options = {}) {
  const auto sheet = read_sheet(bytes, options);
  EXPECT_FALSE(sheet.has_value());
  return sheet.has_value() ? "" : sheet.error().message;
}

Milliseconds ms(int count) {
  return Milliseconds(count);
}

TEST(SheetReader, ReadsItsOwnSheetsBack) {
  const CueSheet sheet = test_sheet();
  for (const bool is_wide : {true, false}) {
    const ReadSheet got = read(to_csv(sheet, {is_wide, true}));
    EXPECT_THAT(got.warnings, IsEmpty());
    ASSERT_THAT(got.cues, SizeIs(sheet.cues.size()));
    for (std::size_t i = 0; i < sheet.cues.size(); ++i) {
      EXPECT_EQ(got.cues[i].title, sheet.cues[i].title);
      EXPECT_EQ(got.cues[i].artist, sheet.cues[i].artist);
      EXPECT_EQ(got.cues[i].start, extent(sheet.cues[i]).start);
      EXPECT_EQ(got.cues[i].end, extent(sheet.cues[i]).end);
    }
    EXPECT_THAT(got.cues[0].writers, HasSubstr("김수현"));
    EXPECT_EQ(got.cues[0].usage, "background");
  }
}

TEST(SheetReader, FindsTheHeadingsBelowWhatIsSaidOfTheEpisode) {
  const ReadSheet got = read(
      "Production;Queen;;;;\n"
      "Duration;60:00;;;;\n"
      ";;;;;\n"
      "Cue #;Song Title;Composer(s);Time In;Time Out;Use\n"
      "1;Rain;Kim Hana;01:01.5;1:35;BV\n"
      ";;Lee Du;;;\n"
      "2;Night;;0:10:00;0:10:05;FV\n"
      "Cue #;Song Title;Composer(s);Time In;Time Out;Use\n"
      "3;;;0:11:00;0:11:30;BI\n"
      ";Total;;;;\n"
      ";;;;;signed\n");
  ASSERT_THAT(got.cues, SizeIs(3));
  EXPECT_EQ(got.cues[0],
            (ReadCue{5, "Rain", "", "Kim Hana; Lee Du", ms(61'500), ms(95'000), ms(33'500), "BV"}));
  EXPECT_EQ(got.cues[2].start, ms(660'000));
  EXPECT_THAT(got.warnings, ElementsAre(HasSubstr("line 11: ")));
  EXPECT_THAT(got.columns, testing::Contains(std::pair(SheetColumn::kTitle, "Song Title")));
}

TEST(SheetReader, AMappingStandsAboveTheGuess) {
  SheetReaderOptions options;
  options.mapping = *read_sheet_mapping("title=Stück,in=Ab,duration=Wie lange");
  const ReadSheet got = read("Titel,Stück,Ab,Wie lange\nA,B,0:10,5\n", options);
  ASSERT_THAT(got.cues, SizeIs(1));
  EXPECT_EQ(got.cues[0].title, "B");
  EXPECT_EQ(got.cues[0].end, ms(15'000));
  EXPECT_THAT(error_of("Titel,In\nA,0:10\n", options), HasSubstr("'Stück'"));
  EXPECT_FALSE(read_sheet_mapping("colour=Farbe").has_value());
  EXPECT_FALSE(read_sheet_mapping("title").has_value());
}

TEST(SheetReader, SaysWhereATimeIsNone) {
  EXPECT_THAT(error_of("title,in,out\nA,0:10,0:2O\n"), HasSubstr("line 2, column 3: '0:2O'"));
  EXPECT_THAT(error_of("title,in,out\nA,0:10,0:05\n"), HasSubstr("line 2: it ends before"));
  EXPECT_THAT(error_of("title,in\nA,10:00:00:05\n"), HasSubstr("counts frames"));
  EXPECT_THAT(error_of("this,is,no\nsheet,at,all\n"), HasSubstr("no line has headings"));
  EXPECT_THAT(read("title,in,out,duration\nA,0:10,0:20,0:15\n").warnings,
              ElementsAre(HasSubstr("line 2: its duration")));
}

TEST(SheetReader, ReadsItsOwnEditDecisionListsBackToTheFrame) {
  const CueSheet sheet = test_sheet();
  const auto timeline = make_timeline(sheet, {});
  ASSERT_TRUE(timeline.has_value()) << timeline.error().message;
  SheetReaderOptions options;
  options.clock.start_timecode = "10:00:00;00";
  const ReadSheet got = read(*to_edl(*timeline), options);
  ASSERT_THAT(got.cues, SizeIs(timeline->cues.size()));
  for (std::size_t i = 0; i < got.cues.size(); ++i) {
    const Fraction rate = timeline->timebase.rate;
    EXPECT_EQ(got.cues[i].start, time_of(timeline->cues[i].start, rate));
    if (got.cues[i].end.has_value()) {
      EXPECT_EQ(got.cues[i].end, time_of(timeline->cues[i].end, rate));
    }
  }
  EXPECT_EQ(got.cues[0].title, "1m01 Rain, again");
}

constexpr const char* kList =
    "TITLE: REEL 1\n"
    "FCM: NON-DROP FRAME\n\n"
    "001  AX       V     C        00:00:00:00 00:00:10:00 01:00:00:00 01:00:10:00\n"
    "* FROM CLIP NAME: PICTURE\n"
    "002  AX       AA    C        00:00:00:00 00:00:10:12 01:00:05:00 01:00:15:12\n"
    "* FROM CLIP NAME: Rain.wav\n"
    "003  AX       A2    D    024 00:00:00:00 00:00:10:12 23:59:59:00 00:00:01:00\n"
    "*FROM CLIP NAME: Night.wav\n"
    "* LOC: 23:59:59:00 RED     Night, again\n"
    "M2   AX       024.0          00:00:00:00\n";

TEST(SheetReader, OfAListTheEventsOfSoundAreCues) {
  SheetReaderOptions options;
  options.clock.timebase = *make_timebase({25, 1}, false);
  const ReadSheet got = read(kList, options);
  ASSERT_THAT(got.cues, SizeIs(2));
  EXPECT_EQ(got.cues[0].title, "Rain.wav");
  EXPECT_EQ(got.cues[0].line, 6);
  EXPECT_EQ(got.cues[0].start, ms(3'605'000));
  EXPECT_EQ(got.cues[0].duration, ms(10'480));
  EXPECT_EQ(got.cues[1].title, "Night, again");
  EXPECT_EQ(got.cues[1].duration, ms(2'000));
  EXPECT_THAT(error_of(kList), HasSubstr("line 4: an edit decision list does not say"));
}

TEST(SheetReader, OfADropFrameListNumbersThatAreSkippedAreRefused) {
  const std::string list =
      "TITLE: X\nFCM: DROP FRAME\n"
      "001  AX  A  C  00:00:00;00 00:00:10;00 00:01:00;00 00:01:10;00\n";
  EXPECT_THAT(error_of(list), HasSubstr("line 3: "));
}

TEST(SheetReader, SeveralTimesInACellAreACueOfSeveralSpans) {
  const auto read = read_sheet("title,in,out,part\nRain,\"0:10\n1:10\",\"0:20\n1:25\",2\n", {});
  ASSERT_TRUE(read.has_value()) << read.error().message;
  ASSERT_EQ(read->cues.size(), 1U);
  const ReadCue& cue = read->cues[0];
  EXPECT_EQ(cue.part, 2);
  EXPECT_EQ(cue.start, Milliseconds(10'000));
  EXPECT_EQ(cue.end, Milliseconds(85'000));
  EXPECT_EQ(cue.duration, Milliseconds(25'000));
  EXPECT_EQ(cue.spans.size(), 2U);
  EXPECT_FALSE(read_sheet("title,in,out\nRain,\"0:10\n0:15\",\"0:20\n1:25\"\n", {}).has_value());
}

TEST(SheetReader, TimesOnTheMastersClockCountFromItsStart) {
  SheetReaderOptions options;
  options.clock.timebase = *make_timebase({30'000, 1'001}, true);
  options.clock.start_timecode = "10:00:00;00";
  const auto start_of = [&](const std::string& lines) {
    const auto read = read_sheet("title,in,out\n" + lines, options);
    EXPECT_TRUE(read.has_value());
    return read->cues.at(0).start;
  };
  EXPECT_EQ(start_of("Rain,10:01:00,10:02:00\nSnow,10:05:00,10:06:00\n"), Milliseconds(60'000));
  // One lies before it: they count from elsewhere.
  EXPECT_EQ(start_of("Rain,10:01:00,10:02:00\nSnow,0:05:00,0:06:00\n"), Milliseconds(36'060'000));
  // Timecode that drops no numbers needs 1.001 s for each of its seconds.
  options.clock.timebase = *make_timebase({30'000, 1'001}, false);
  options.clock.start_timecode = "10:00:00:00";
  EXPECT_EQ(start_of("Rain,11:00:00,11:01:00\n"), Milliseconds(3'603'600));
}

}  // namespace
}  // namespace needledrop
