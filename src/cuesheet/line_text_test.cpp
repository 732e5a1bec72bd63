#include "cuesheet/line_text.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(LineText, IsOneLine) {
  EXPECT_EQ(on_one_line(" a\t\tb\r\nc\u2028d\x01 "), "a b c d");
  EXPECT_EQ(on_one_line("눈물의 여왕"), "눈물의 여왕");
  EXPECT_EQ(on_one_line("a\xFF"), "a\uFFFD");
  EXPECT_EQ(on_one_line("\n"), "");
}

TEST(LineText, IsAscii) {
  EXPECT_EQ(on_one_ascii_line("Café Ðæ"), "Cafe Dae");
  EXPECT_EQ(on_one_ascii_line("눈물"), "nunmul");
  EXPECT_EQ(on_one_ascii_line("a\n♪b"), "a ?b");
  for (const char c : on_one_ascii_line("김수현 さくら 夜 🎵 العربية ไทย")) {
    EXPECT_TRUE(c >= 0x20 && c < 0x7F);
  }
}

TEST(LineText, IsSafeInXml) {
  EXPECT_EQ(in_xml("<a & \"b\" 'c'>"), "&lt;a &amp; &quot;b&quot; &apos;c&apos;&gt;");
  EXPECT_EQ(in_xml("a\tb\nc\r\x02\xEF\xBF\xBE"), "a&#9;b&#10;c&#13;");
  EXPECT_EQ(in_xml("]]>"), "]]&gt;");
  EXPECT_EQ(in_xml("눈\xFF"), "눈\uFFFD");
}

TEST(LineText, ScriptsTellLanguages) {
  EXPECT_EQ(likely_language("눈물의 여왕"), "ko");
  EXPECT_EQ(likely_language("夜の雨"), "ja");
  EXPECT_EQ(likely_language("雨"), "und");
  EXPECT_EQ(likely_language("Rain"), "und");
}

}  // namespace
}  // namespace needledrop
