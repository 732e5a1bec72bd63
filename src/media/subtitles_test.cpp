#include "media/subtitles.h"

#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "media/made_media.h"
#include "media/ttml_time.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ReadSubtitles parsed(std::string_view bytes) {
  auto read = parse_subtitles(bytes);
  EXPECT_TRUE(read.has_value()) << (read.has_value() ? "" : read.error().message);
  return read.has_value() ? std::move(*read) : ReadSubtitles{};
}

/// "START-END text", "*" before a marked text, "/" before an italic one; rows separated by "|".
std::vector<std::string> shown(const Subtitles& subtitles) {
  std::vector<std::string> lines;
  for (const SubtitleLine& line : subtitles.lines) {
    std::string text = line.text;
    std::ranges::replace(text, '\n', '|');
    lines.push_back(fmt::format("{}-{} {}{}{}", line.span.start.count(), line.span.end.count(),
                                line.music.empty() ? "" : "*", line.is_italic ? "/" : "", text));
  }
  return lines;
}

std::vector<std::string> only(const ReadSubtitles& read) {
  EXPECT_EQ(read.found.size(), 1U);
  return read.found.empty() ? std::vector<std::string>() : shown(read.found.front());
}

TEST(SubtitlesTest, ReadsSubRip) {
  const auto read = parsed(
      "\xEF\xBB\xBF"
      "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>First</i>\r\nsecond, row\r\n\r\n"
      "2\r\n00:01:02,5 --> 00:01:03.25  X1:100 X2:200\r\n\r\nafter a blank\r\n\r\n12\r\n\r\n"
      "00:01:04,000 --> 00:01:05,000\r\n♪ no number ♪\r\n"
      "4\r\n01:00:00,000-->01:00:01,000\r\n<i>no blank</i>\r\n");
  EXPECT_EQ(read.found.front().format, "SRT");
  EXPECT_THAT(only(read), ElementsAre("1000-2500 First|second, row", "62500-63250 after a blank|12",
                                      "64000-65000 *♪ no number ♪", "3600000-3601000 /no blank"));
  EXPECT_THAT(read.warnings, IsEmpty());
}

TEST(SubtitlesTest, BrokenTimesCostTheirLineAlone) {
  const auto read = parsed(
      "1\n00:00:0x,000 --> 00:00:02,000\nlost\n\n"
      "2\n00:00:03,000 --> 00:00:02,000\nbackwards\n\n"
      "3\n00:00:05,000 --> 00:00:09,000\nlong\n\n"
      "4\n00:00:07,000 --> 00:00:08,000\nover it\n\n"
      "5\n00:75:07,000 --> 00:00:08,000\nlost too\n");
  EXPECT_THAT(only(read),
              ElementsAre("3000-5000 backwards", "5000-9000 long", "7000-8000 over it"));
  EXPECT_THAT(read.warnings,
              ElementsAre("line 2: the times can't be read; left out",
                          "line 6: ends before it starts; shown until the next line, 5 s at most",
                          "line 18: the times can't be read; left out",
                          "line 14: begins before the one before it ends; both are kept"));
}

TEST(SubtitlesTest, ManyFaultsOfOneKindAreCounted) {
  std::string text = "1\n00:00:01,000 --> 00:00:02,000\nread\n\n";
  for (int i = 0; i < 10; ++i) text += "2\n00:00:xx,000 --> 00:00:02,000\nlost\n\n";
  const auto read = parsed(text);
  EXPECT_THAT(only(read), ElementsAre("1000-2000 read"));
  ASSERT_THAT(read.warnings, SizeIs(4));
  EXPECT_EQ(read.warnings.back(), "7 more lines: the times can't be read; left out");
}

TEST(SubtitlesTest, ReadsAss) {
  const auto read = parsed(
      "[Script Info]\nTitle: x\n[V4+ Styles]\nFormat: Name, Fontname, Italic, Bold\n"
      "Style: Default,Arial,0,0\nStyle: Thought,Arial,-1,0\nStyle: OP-kara,Arial,0,0\n"
      "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
      "Comment: 0,0:00:00.00,0:00:09.00,Default,,0,0,0,,not shown\n"
      "Dialogue: 0,0:00:05.00,0:00:06.00,Thought,,0,0,0,,thinks\n"
      "Dialogue: 0,0:00:01.50,0:00:03.25,Default,A,0,0,0,,{\\an8}one, two\\Nthree\n"
      "Dialogue: 0,0:00:07.00,0:00:08.00,OP-kara,,0,0,0,,saranghae\n"
      "Dialogue: 1,0:00:07.00,0:00:08.00,OP-kara,,0,0,0,,{\\blur3}saranghae\n"
      "Dialogue: 0,bad,0:00:08.00,Default,,0,0,0,,lost\n"
      "Dialogue: 0,0:00:07.50,0:00:09.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\n");
  EXPECT_EQ(read.found.front().format, "ASS");
  EXPECT_THAT(only(read),
              ElementsAre("1500-3250 one, two|three", "5000-6000 /thinks", "7000-8000 *saranghae"));
  EXPECT_THAT(read.warnings, ElementsAre("line 15: the times can't be read; left out"));
}

TEST(SubtitlesTest, ReadsSsaWithoutAFormatLine) {
  EXPECT_THAT(only(parsed("[Script Info]\n[Events]\n"
                          "Dialogue: Marked=0,0:00:01.00,0:00:02.00,*Default,NTP,0,0,0,,a, b\n")),
              ElementsAre("1000-2000 a, b"));
}

TEST(SubtitlesTest, ReadsWebVtt) {
  const auto read = parsed(
      "WEBVTT - title\nKind: captions\nLanguage: ko\n\nNOTE\nnot shown\n\n"
      "STYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 align:start line:0%\n"
      "<v Ann>Hi &amp; bye\n- <ruby>漢<rt>かん</rt></ruby>\n\n"
      "01:00:00.000 --> 01:00:01.000\n<c.song>[음악]</c>\n\n00:x --> 00:09.000\nlost\n");
  EXPECT_EQ(read.found.front().format, "WebVTT");
  EXPECT_EQ(read.found.front().language, "ko");
  EXPECT_THAT(only(read), ElementsAre("1000-2000 Hi & bye|- 漢(かん)", "3600000-3601000 *[음악]"));
  EXPECT_THAT(read.warnings, ElementsAre(HasSubstr("line 19:")));
}

constexpr std::string_view kSami =
    "<SAMI>\n<HEAD>\n<TITLE>x</TITLE>\n<STYLE TYPE=\"text/css\">\n<!--\n"
    "P { margin-left:1.5pt; font-family: Arial }\n"
    ".KRCC { Name: Korean; lang: ko-KR; SAMIType: CC; }\n"
    ".ENCC { Name: English; lang: en-US; SAMIType: CC; }\n-->\n</STYLE>\n</HEAD>\n<BODY>\n"
    "<SYNC Start=1000><P Class=KRCC>안녕<br>친구\n<P Class=ENCC>Hello &amp; hi\n"
    "<SYNC Start=3000><P Class=KRCC>&nbsp;\n"
    "<Sync start='4000' ><p class=\"KRCC\"><font color=\"red\">(노래)</font>\n"
    "<SYNC Start=4500><P Class=ENCC>&nbsp;\n"
    "<SYNC Start=soon><P Class=KRCC>lost\n"
    "<SYNC Start=20000><P Class=KRCC>last\n</BODY>\n</SAMI>\n";

TEST(SubtitlesTest, ReadsTheLanguagesOfSami) {
  const auto read = parsed(kSami);
  ASSERT_THAT(read.found, SizeIs(2));
  EXPECT_EQ(read.found[0].language, "ko");
  EXPECT_EQ(read.found[0].name, "Korean");
  EXPECT_EQ(read.found[0].format, "SAMI");
  EXPECT_THAT(shown(read.found[0]),
              ElementsAre("1000-3000 안녕|친구", "4000-20000 *(노래)", "20000-25000 last"));
  EXPECT_EQ(read.found[1].language, "en");
  EXPECT_THAT(shown(read.found[1]), ElementsAre("1000-4500 Hello & hi"));
  EXPECT_THAT(read.warnings, ElementsAre("line 18: the time can't be read; left out"));
}

TEST(SubtitlesTest, SamiNeedsNoStyleAndNoOrder) {
  const auto read = parsed("<sami><body><sync start=5000>b<sync start=1000><p>a<sync start=9000>");
  EXPECT_THAT(only(read), ElementsAre("1000-5000 a", "5000-10000 b"));
  EXPECT_THAT(read.warnings, ElementsAre("line 1: is out of order; put where its time says"));
}

TEST(SubtitlesTest, SamiClassesHaveNamesByCustom) {
  const auto read =
      parsed("<sami><body><sync start=0><p class=KRCC>가<p class='ENCC'>a<p class=x>b");
  ASSERT_THAT(read.found, SizeIs(3));
  EXPECT_EQ(read.found[0].language, "ko");
  EXPECT_EQ(read.found[1].language, "en");
  EXPECT_EQ(read.found[2].language, "");
}

TEST(SubtitlesTest, ReadsTtml) {
  const auto read = parsed(
      "<?xml version='1.0' encoding='UTF-8'?>\n"
      "<tt xmlns='http://www.w3.org/ns/ttml' xmlns:tts='http://www.w3.org/ns/ttml#styling'\n"
      " xmlns:ttp='http://www.w3.org/ns/ttml#parameter' xml:lang='ja' ttp:frameRate='30'\n"
      " ttp:frameRateMultiplier='1000 1001'>\n"
      "<head><metadata><title>p</title></metadata><styling>\n"
      "<style xml:id='s1' tts:ruby='text'/><style xml:id='s2' tts:fontStyle='italic'/></styling>\n"
      "</head><body begin='10s'><div>\n"
      "<p begin='1s' end='00:00:03.500'><span>a &amp;\n   b</span><br/>c</p>\n"
      "<p begin='00:00:05:15' dur='1000ms' style='s2'>frames</p>\n"
      "<p begin='7s' end='9s'><span tts:ruby='container'><span tts:ruby='base'>漢字</span>"
      "<span style='s1'>かんじ</span></span></p>\n"
      "<p begin='20s' end='24s'><span begin='0s' end='2s'>one</span>"
      "<span begin='2s'>two</span></p>\n"
      "<p begin='never' end='26s'>until</p><p xml:lang='en' begin='30s' end='31s'>[music]</p>\n"
      "</div><div timeContainer='seq'><p dur='1s'>x</p><p dur='1s'>y</p></div></body></tt>\n");
  ASSERT_THAT(read.found, SizeIs(2));
  EXPECT_EQ(read.found[0].language, "ja");
  EXPECT_EQ(read.found[0].format, "TTML");
  EXPECT_THAT(shown(read.found[0]),
              ElementsAre("10000-11000 x", "10000-36000 until", "11000-12000 y",
                          "11000-13500 a & b|c", "15501-16501 /frames", "17000-19000 漢字(かんじ)",
                          "30000-32000 one", "32000-34000 two"));
  EXPECT_THAT(shown(read.found[1]), ElementsAre("40000-41000 *[music]"));
  EXPECT_THAT(read.warnings, ElementsAre(HasSubstr("a time can't be read")));
}

TEST(SubtitlesTest, TtmlTimesAreClockOrOffset) {
  const TtmlRates rates{25, 2, 10'000'000};
  const auto time = [&](std::string_view text) {
    const auto read = read_ttml_time(text, rates);
    return read.has_value() ? read->count() : -1;
  };
  EXPECT_EQ(time("01:00:00"), 3'600'000);
  EXPECT_EQ(time("00:00:01.25"), 1'250);
  EXPECT_EQ(time("00:00:01:10"), 1'400);
  EXPECT_EQ(time("00:00:01:10.1"), 1'420);
  EXPECT_EQ(time("1.5h"), 5'400'000);
  EXPECT_EQ(time("2m"), 120'000);
  EXPECT_EQ(time("75f"), 3'000);
  EXPECT_EQ(time("12345678t"), 1'235);
  for (const auto* text : {"", "s", "1", "1x", "-1s", "1:2", "00:99:00", "inf", "1e9s", "9999h",
                           "00:00:00:00:00", "00:00:01,5"}) {
    EXPECT_EQ(time(text), -1) << text;
  }
}

TEST(SubtitlesTest, HostileXmlReachesNothing) {
  const auto entities = parse_subtitles(
      "<?xml version='1.0'?><!DOCTYPE tt [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>\n"
      "<!ENTITY f SYSTEM 'file:///etc/passwd'>]><tt ><body><p begin='0s' end='1s'>&b;&f;</p></body>"
      "</tt>");
  ASSERT_FALSE(entities.has_value());
  EXPECT_THAT(entities.error().message, HasSubstr("document type"));
  std::string deep = "<tt >";
  for (int i = 0; i < 200; ++i) deep += "<div>";
  ASSERT_FALSE(parse_subtitles(deep).has_value());
  const auto cut = parsed("<tt ><body><p begin='1s' end='2s'>whole</p>\n<p begin='3s' en");
  EXPECT_THAT(only(cut), ElementsAre("1000-2000 whole"));
  EXPECT_THAT(cut.warnings, ElementsAre(HasSubstr("line 2: the XML is broken")));
}

TEST(SubtitlesTest, WhatIsNoSubtitlesIsNamed) {
  const auto message = [](std::string_view bytes) {
    const auto read = parse_subtitles(bytes);
    return read.has_value() ? "" : read.error().message;
  };
  EXPECT_THAT(message("hello"), HasSubstr("no subtitles"));
  EXPECT_THAT(message(""), HasSubstr("no subtitles"));
  EXPECT_THAT(message("# VobSub index file, v7\n"), HasSubstr("pictures"));
  EXPECT_THAT(message("PG\x01\x02\x03\x04"), HasSubstr("pictures"));
}

TEST(SubtitlesTest, BoundsHold) {
  std::string many;
  for (int i = 0; i < 200'100; ++i)
    many += "00:00:01,000 --> 00:00:02,000\nx" + std::to_string(i) + "\n\n";
  const auto read = parsed(many);
  EXPECT_THAT(read.found.front().lines, SizeIs(200'000));
  EXPECT_THAT(read.warnings, testing::Contains(HasSubstr("beyond the first 200,000")));
  const auto wide = parsed("00:00:01,000 --> 00:00:02,000\n" + std::string(9'000, 'a') + "가\n");
  EXPECT_THAT(wide.found.front().lines.front().text, SizeIs(4'096));
}

TEST(SubtitlesTest, ClassesBeyondTheFirst64GoToTheFirst) {
  std::string sami = "<sami><style>.kocc{Name: Korean; lang: ko-KR;}</style><body>";
  for (int i = 0; i < 200; ++i) {
    sami += fmt::format("<sync start={}><p class={}>x{}", 1'000 * i,
                        i == 0 ? "kocc" : fmt::format("c{}", i), i);
  }
  const auto read = parsed(sami);
  ASSERT_THAT(read.found, SizeIs(64));
  EXPECT_EQ(read.found.front().language, "ko");
  EXPECT_EQ(read.found.front().name, "Korean");
  EXPECT_THAT(read.found.front().lines, SizeIs(1 + 200 - 64));
}

// Each would take minutes if some text were gone through once for each of its characters.
TEST(SubtitlesTest, HostileTextTakesTimeInProportionToItsLength) {
  const auto repeated = [](std::string_view text) {
    std::string all;
    while (all.size() < 1'000'000) all += text;
    return all;
  };
  const std::string cue = "00:00:01,000 --> 00:00:02,000\nx ";
  for (const auto* text : {"{\\", "<", "<i>", "&", "{", "[", "\\N", "<rt>", "<!-", "# "}) {
    parsed(cue + repeated(text));
    parsed("[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,,,,,x" + repeated(text));
  }
  for (const auto* text : {"<sync start=1><p>", "<style></style>", "<p", "<sync ", ".a{lang:ko}"}) {
    parsed("<sami><sync start=1>" + repeated(text));
    parsed("<sami><style>" + repeated(text));
  }
  const std::string cell(1'000'000, 'a');
  parsed("<tt xml:lang='" + cell + "'><body><div><p begin='1s' end='2s'>x" + repeated("<br/>") +
         "</p></div></body></tt>");
  parsed("<tt><body><div><p begin='1s' end='2s'>x<" + cell + ">" + repeated("<br/>") + "</" + cell +
         "></p></div></body></tt>");
  parsed("[Events]\nFormat: " + cell + ",start,end,text\n" + repeated("Dialogue: \n"));
  parsed("<sami><sync start=1><p class=" + cell + ">x" + repeated("<sync start=2><p>x"));
  parsed("<sami><style>." + std::string(60'000, 'a') + "{lang:ko}</style>" +
         repeated("<sync start=2><p>x"));
  EXPECT_FALSE(parse_subtitles("<tt " + repeated("a='' ")).has_value());
  EXPECT_FALSE(parse_subtitles(repeated("\xFF\xFE x")).has_value());
}

TEST(SubtitlesTest, LanguagesHaveOneNameEach) {
  for (const auto* name : {"ko", "kor", "ko-KR", "KO_kr", "kr"}) {
    EXPECT_EQ(language_code(name), "ko") << name;
  }
  EXPECT_EQ(language_code("ger"), "de");
  EXPECT_EQ(language_code("deu"), "de");
  EXPECT_EQ(language_code("und"), "");
  EXPECT_EQ(language_code("not a language"), "");
}

constexpr std::string_view kSrt =
    "1\n00:00:01,000 --> 00:00:02,000\n<i>one</i>\n\n2\n00:00:03,000 --> 00:00:04,500\n♪ two "
    "♪\nrow\n\n";

class EmbeddedSubtitlesTest : public testing::Test {
 protected:
  EmbeddedSubtitlesTest() {
    media_.write("s.srt", std::string(kSrt));
    media_.write("s.ass",
                 "[Script Info]\n[V4+ Styles]\n[Events]\n"
                 "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\i1}one\n"
                 "Dialogue: 0,0:00:03.00,0:00:04.50,Default,,0,0,0,,♪ two ♪\\Nrow\n");
    media_.write("s.vtt",
                 "WEBVTT\n\n00:01.000 --> 00:02.000\n<i>one</i>\n\n00:03.000 --> 00:04.500\n"
                 "♪ two ♪\nrow\n\n");
  }
  [[nodiscard]] static ReadSubtitles read(const std::string& path) {
    auto subtitles = read_embedded_subtitles(path, {});
    EXPECT_TRUE(subtitles.has_value()) << (subtitles.has_value() ? "" : subtitles.error().message);
    return subtitles.has_value() ? std::move(*subtitles) : ReadSubtitles{};
  }
  MadeMedia media_;
  static constexpr auto* kSound = "-f lavfi -i sine=d=6 ";
};

TEST_F(EmbeddedSubtitlesTest, EveryTextStreamIsRead) {
  const std::string sound = kSound;
  const std::pair<std::string, std::string> cases[] = {
      {media_.make("srt.mkv", sound + "-i s.srt -c:a flac -c:s srt -metadata:s:s:0 language=kor"),
       "subrip"},
      {media_.make("ass.mkv", sound + "-i s.ass -c:a flac -c:s copy -metadata:s:s:0 language=kor"),
       "ass"},
      {media_.make("vtt.mkv",
                   sound + "-i s.vtt -c:a flac -c:s webvtt -metadata:s:s:0 language=kor"),
       "webvtt"},
      {media_.make("text.mp4",
                   sound + "-i s.srt -c:a aac -c:s mov_text -metadata:s:s:0 language=kor"),
       "mov_text"}};
  for (const auto& [path, format] : cases) {
    const auto found = read(path);
    EXPECT_THAT(only(found), ElementsAre("1000-2000 /one", "3000-4500 *♪ two ♪|row")) << format;
    ASSERT_THAT(found.found, SizeIs(1));
    EXPECT_EQ(found.found[0].language, "ko") << format;
    EXPECT_EQ(found.found[0].format, format);
    EXPECT_EQ(found.found[0].stream, 1);
    EXPECT_THAT(found.warnings, IsEmpty());
  }
}

TEST_F(EmbeddedSubtitlesTest, TimesCountFromTheEarliestSoundOrPicture) {
  // Everything is 2 s late on the container's clock, so nothing is on the episode's.
  const auto path = media_.make(
      "late.mkv", std::string(kSound) + "-i s.srt -c:a flac -c:s srt -output_ts_offset 2");
  EXPECT_THAT(only(read(path)), ElementsAre("1000-2000 /one", "3000-4500 *♪ two ♪|row"));
}

/// A presentation graphic stream that shows nothing: a composition and an end, twice.
std::string pgs() {
  using namespace std::string_literals;
  std::string bytes;
  for (const char second : {'\1', '\2'}) {
    const std::string times = "\0"s + second + "\x5F\x90\0\0\0\0"s;
    bytes += "PG" + times + "\x16\0\x0B\x07\x80\x04\x38\x10\0\0\x80\0\0\0"s;
    bytes += "PG" + times + "\x80\0\0"s;
  }
  return bytes;
}

TEST_F(EmbeddedSubtitlesTest, PicturesOfTextAreNamedAndSkipped) {
  media_.write("s.sup", pgs());
  const auto found = read(media_.make(
      "both.mkv", std::string(kSound) + "-i s.sup -i s.srt -map 0 -map 1 -map 2 -c:a flac "
                                        "-c:s:0 copy -c:s:1 srt -metadata:s:s:1 title=Signs "
                                        "-disposition:s:1 forced"));
  EXPECT_THAT(found.warnings,
              ElementsAre("subtitle stream 1 (hdmv_pgs_subtitle) holds pictures of text, not text; "
                          "skipped"));
  ASSERT_THAT(found.found, SizeIs(1));
  EXPECT_TRUE(found.found[0].is_forced);
  EXPECT_EQ(found.found[0].name, "Signs");
  EXPECT_EQ(found.found[0].stream, 2);
}

TEST_F(EmbeddedSubtitlesTest, AContainerWithoutAnyGivesNothing) {
  const auto none = read(media_.make("none.flac", kSound));
  EXPECT_THAT(none.found, IsEmpty());
  EXPECT_THAT(none.warnings, IsEmpty());
  EXPECT_FALSE(read_embedded_subtitles(media_.path("s.srt"), {}).has_value());
}

}  // namespace
}  // namespace needledrop
