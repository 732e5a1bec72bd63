#include "media/text_encoding.h"

#include <gtest/gtest.h>
#include <unicode/unistr.h>

namespace needledrop {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr std::string_view kKorean =
    "1\n00:00:01,000 --> 00:00:02,500\n너를 사랑해, 그날의 비처럼\n\n2\n00:00:03,000 --> "
    "00:00:04,000\n"
    "뭐라고? 똠방각하가 왔다고\n";

std::string encoded(std::string_view utf8, const char* encoding) {
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  std::string bytes(utf8.size() * 4 + 4, '\0');
  const auto size = text.extract(0, text.length(), bytes.data(),
                                 static_cast<std::uint32_t>(bytes.size()), encoding);
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

TEST(TextEncodingTest, KoreanIsReadInAllItsEncodings) {
  const std::string text(kKorean);
  const std::string mark = "\xEF\xBB\xBF";
  struct Case {
    std::string bytes;
    std::string encoding;
  };
  const Case cases[] = {
      {text, "UTF-8"},
      {mark + text, "UTF-8"},
      {encoded(kKorean, "windows-949"), "CP949"},
      {"\xFF\xFE" + encoded(kKorean, "UTF-16LE"), "UTF-16LE"},
      {"\xFE\xFF" + encoded(kKorean, "UTF-16BE"), "UTF-16BE"},
      {encoded(kKorean, "UTF-16LE"), "UTF-16LE"},
      {encoded(kKorean, "UTF-16BE"), "UTF-16BE"},
      {"\xFF\xFE\0\0"s + encoded(kKorean, "UTF-32LE"), "UTF-32LE"},
  };
  for (const Case& each : cases) {
    const DecodedText decoded = decode_text(each.bytes);
    EXPECT_EQ(decoded.text, text) << each.encoding;
    EXPECT_EQ(decoded.encoding, each.encoding);
  }
}

TEST(TextEncodingTest, OneLineOfKoreanIsEnough) {
  EXPECT_EQ(decode_text(encoded("안녕", "windows-949")).text, "안녕");
}

TEST(TextEncodingTest, OtherScriptsAreNotTakenForKorean) {
  const std::string japanese =
      "雨が降っていたあの日、君は傘もささずに立っていた。\nどうして何も言わなかったの？\n";
  EXPECT_EQ(decode_text(encoded(japanese, "windows-31j")).text, japanese);
  EXPECT_EQ(decode_text(encoded(japanese, "EUC-JP")).text, japanese);
  const std::string chinese =
      "那一天下着雨，你没有打伞，就那样站在那里。\n你为什么什么都不说？我们走吧，时间到了。\n";
  EXPECT_EQ(decode_text(encoded(chinese, "GB18030")).text, chinese);
  const std::string french = "Où étais-tu hier soir ? Je t'ai cherchée près de l'église.\n";
  EXPECT_EQ(decode_text(encoded(french, "windows-1252")).text, french);
}

TEST(TextEncodingTest, EveryEndOfLineIsOneAndControlsGo) {
  EXPECT_EQ(decode_text("a\r\nb\rc\nd\x01\x7F\te\0f"sv).text, "a\nb\nc\nd\tef");
  EXPECT_EQ(decode_text("a\xE2\x80\xA8"
                        "b\xC2\x85"
                        "c\xEF\xBB\xBF")
                .text,
            "a\nb\nc");
  EXPECT_EQ(decode_text("").text, "");
}

TEST(TextEncodingTest, AFewBrokenBytesDoNotChangeTheEncoding) {
  std::string bytes;
  for (int i = 0; i < 40; ++i) bytes += encoded(kKorean, "windows-949");
  bytes[bytes.size() / 2] = '\xFF';
  EXPECT_EQ(decode_text(bytes).encoding, "CP949");
  EXPECT_NE(decode_text(bytes).text.find("똠방각하가"), std::string::npos);
}

}  // namespace
}  // namespace needledrop
