#include "media/subtitle_markup.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(SubtitleMarkupTest, TagsGoAndWordsInBracketsStay) {
  EXPECT_EQ(strip_tags("<i>a</i> <font color=\"#ff0000\">b</font><br>c").text, "a b\nc");
  EXPECT_EQ(strip_tags("<v.loud Roger Bingham>We are in <c.yellow>New</c> York").text,
            "We are in New York");
  EXPECT_EQ(strip_tags("one<00:00:19.000> two").text, "one two");
  EXPECT_EQ(strip_tags("{\\an8}up <laughs> I <3 you, a < b > c").text,
            "up <laughs> I <3 you, a < b > c");
  EXPECT_EQ(strip_tags("a<!-- b --> c\\Nd").text, "a c\nd");
  EXPECT_EQ(strip_tags("{\\an8").text, "{\\an8");
}

TEST(SubtitleMarkupTest, EntitiesAreRead) {
  EXPECT_EQ(strip_tags("R&amp;B &lt;3 &quot;x&quot; &#44032;&#xAC01; &unknown; &#0; & &nbsp;").text,
            "R&B <3 \"x\" 가각 &unknown; &#0; &");
  EXPECT_EQ(strip_tags("&nbsp;").text, "");
  EXPECT_EQ(strip_tags("&nbsp").text, "");
}

TEST(SubtitleMarkupTest, RubyIsSetInBrackets) {
  EXPECT_EQ(strip_tags("<ruby>漢字<rt>かんじ</rt></ruby>です").text, "漢字(かんじ)です");
  EXPECT_EQ(strip_tags("<RUBY>漢<rp>(</rp><rt>かん<rp>)</rp>字<rt>じ</RUBY>").text,
            "漢(かん)字(じ)");
}

TEST(SubtitleMarkupTest, OnlyWhatIsAllItalicIsItalic) {
  EXPECT_TRUE(strip_tags("<i>a</i>\n<i>b</i>").is_italic);
  EXPECT_FALSE(strip_tags("<i>a</i> b").is_italic);
  EXPECT_FALSE(strip_tags("</i>a").is_italic);
  EXPECT_TRUE(strip_overrides("{\\i1}a\\Nb", false).is_italic);
  EXPECT_TRUE(strip_overrides("a", true).is_italic);
  EXPECT_FALSE(strip_overrides("a{\\i0}b", true).is_italic);
}

TEST(SubtitleMarkupTest, OverridesAndDrawingsGo) {
  EXPECT_EQ(strip_overrides("{\\fad(100,200)\\pos(1,2)}a, b\\Nc\\hd", false).text, "a, b\nc d");
  EXPECT_EQ(strip_overrides("{\\p1}m 0 0 l 9 9{\\p0}seen", false).text, "seen");
  EXPECT_EQ(strip_overrides("\\{no\\} {comment}x{open", false).text, "{no} x{open");
  EXPECT_TRUE(strip_overrides("{\\k20}a{\\kf30}b", false).is_karaoke);
  EXPECT_FALSE(strip_overrides("{\\pos(3,4)}a", false).is_karaoke);
}

TEST(SubtitleMarkupTest, RowsAreTrimmedOfEverySpace) {
  EXPECT_EQ(trim_rows("  a \n\n \u3000b\u00A0\n\u200B"), "a\nb");
}

}  // namespace
}  // namespace needledrop
