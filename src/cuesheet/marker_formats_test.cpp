#include <gmock/gmock.h>

#include "cuesheet/audacity.h"
#include "cuesheet/chapters.h"
#include "cuesheet/ddex.h"
#include "cuesheet/test_sheet.h"
#include "cuesheet/webvtt.h"

namespace needledrop {
namespace {

using testing::HasSubstr;
using testing::Not;

const CueSheet& sheet() {
  static const CueSheet made = test_sheet();
  return made;
}

// Audacity's manual, "Importing and Exporting Labels": start, end, text, tabs between, seconds with
// six decimals.
TEST(AudacityLabels, AreSecondsAndText) {
  EXPECT_EQ(to_audacity_labels(sheet(), sheet().parts[0]),
            "61.500000\t95.250000\t1m01 Rain, again - 김수현\n"
            "600.000000\t605.005000\t1m02 夜の雨 と --> <b>\n"
            "601.000000\t602.000000\t1m03 =1+1\n"
            "700.100000\t720.000000\t1m02 夜の雨 と --> <b>\n");
}

// W3C WebVTT, 4.1: the arrow may stand in no payload, and a blank line ends a cue.
TEST(Webvtt, PayloadsAreOneLineOfJsonWithoutMarkup) {
  const std::string text = to_webvtt(sheet(), sheet().parts[0]);
  EXPECT_THAT(text, testing::StartsWith("WEBVTT\n\n1\n00:01:01.500 --> 00:01:35.250\n"
                                        "{\"cue\":1,\"id\":7,\"sequence\":\"1m01\",\"title\":"
                                        "\"Rain, again\",\"artist\":\"김수현\",\"album\":\"OST\","
                                        "\"version\":\"vocal\",\"isrc\":\"KRA012600001\",\"usage\":"
                                        "\"BV\",\"standing\":\"accepted\"}\n\n2\n"));
  EXPECT_THAT(text, HasSubstr("夜の雨\\tと --\\u003e \\u003cb\\u003e"));
}

// RFC 9559 (Matroska), Chapters: an edition for each kind; times in nanoseconds; language twice.
TEST(MatroskaChapters, HaveAnEditionForScenesAndOneForSongs) {
  const std::string xml = *to_matroska_chapters(sheet(), sheet().parts[0]);
  EXPECT_THAT(xml, HasSubstr("    <EditionUID>1</EditionUID>\n"
                             "    <EditionFlagDefault>1</EditionFlagDefault>\n"));
  EXPECT_THAT(xml, HasSubstr("<ChapterString>The &lt;pier&gt;</ChapterString>"));
  EXPECT_THAT(xml, HasSubstr("<ChapterString>Scene 2</ChapterString>"));
  EXPECT_THAT(xml, HasSubstr("    <EditionUID>2</EditionUID>\n"
                             "    <EditionFlagDefault>0</EditionFlagDefault>\n"));
  EXPECT_THAT(xml, HasSubstr("    <ChapterAtom>\n"
                             "      <ChapterUID>2000001</ChapterUID>\n"
                             "      <ChapterTimeStart>00:01:01.500000000</ChapterTimeStart>\n"
                             "      <ChapterTimeEnd>00:01:35.250000000</ChapterTimeEnd>\n"
                             "      <ChapterDisplay>\n"
                             "        <ChapterString>Rain, again - 김수현</ChapterString>\n"
                             "        <ChapterLanguage>kor</ChapterLanguage>\n"
                             "        <ChapLanguageIETF>ko</ChapLanguageIETF>\n"));
  EXPECT_THAT(xml, HasSubstr("<ChapterLanguage>jpn</ChapterLanguage>"));
  SheetPart unseen = sheet().parts[0];
  unseen.scenes.clear();
  EXPECT_THAT(*to_matroska_chapters(sheet(), unseen), Not(HasSubstr("<EditionUID>1<")));
  CueSheet silent = sheet();
  silent.cues.clear();
  EXPECT_THAT(*to_matroska_chapters(silent, silent.parts[0]), HasSubstr("<EditionUID>1<"));
  EXPECT_EQ(to_matroska_chapters(silent, unseen).error().kind, Error::Kind::kInvalidArgument);
  EXPECT_THAT(to_ffmetadata(silent, unseen), testing::StartsWith(";FFMETADATA1\ntitle="));
}

// FFmpeg's metadata format: TIMEBASE, START and END in this order; = ; # \ behind a backslash.
TEST(Ffmetadata, EscapesAndSaysItsTimebase) {
  CueSheet special = sheet();
  special.cues.resize(1);
  special.cues[0].title = "a=b;c#d\\e\nf";
  EXPECT_EQ(to_ffmetadata(special, special.parts[0]),
            ";FFMETADATA1\ntitle=눈물의 여왕 S01E12 - The \"Flood\" & after\nshow=눈물의 여왕\n"
            "[CHAPTER]\nTIMEBASE=1/1000\nSTART=61500\nEND=95250\n"
            "title=a\\=b\\;c\\#d\\\\e f - 김수현\n");
}

// DDEX DSR part 8, 5.5.3, CU01.01: RecordType, BlockId, ResourceReference, CueStartTime,
// CueDuration, ISRC, ISWC without dashes, title.
TEST(Ddex, RecordsAreReportedSpans) {
  EXPECT_EQ(to_ddex(sheet()),
            "CU01.01\t1\t1\tPT1M2S\tPT33S\tKRA012600001\tT0345246801\tRain, again\r\n"
            "CU01.01\t1\t1\tPT10M0S\tPT5S\t\t\t夜の雨 と --> <b>\r\n"
            "CU01.01\t1\t1\tPT11M40S\tPT20S\t\t\t夜の雨 と --> <b>\r\n");
}

TEST(Ddex, StartsCountThroughTheParts) {
  CueSheet parts = sheet();
  parts.parts.push_back(parts.parts[0]);
  parts.parts[0].part = 1;
  parts.parts[1].part = 2;
  parts.cues.resize(1);
  parts.cues[0].part = 2;
  EXPECT_THAT(to_ddex(parts), HasSubstr("\tPT1H1M2.04S\tPT33S\t"));
}

}  // namespace
}  // namespace needledrop
