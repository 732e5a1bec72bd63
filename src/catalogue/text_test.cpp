#include "catalogue/text.h"

#include <string>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(Text, IsWellFormedUtf8WithoutNul) {
  EXPECT_TRUE(is_text(""));
  EXPECT_TRUE(is_text("눈물의 여왕"));
  EXPECT_FALSE(is_text("\xff"));
  EXPECT_FALSE(is_text("cut \xed\x95"));  // the third byte of a syllable is missing
  EXPECT_FALSE(is_text("\xed\xa0\x80"));  // a surrogate
  EXPECT_FALSE(is_text("\xc0\xaf"));      // an overlong slash
  EXPECT_FALSE(is_text(std::string("a\0b", 3)));
}

TEST(Text, FoldingIgnoresCaseCompositionAndWidth) {
  EXPECT_EQ(folded("QUEEN"), folded("queen"));
  EXPECT_EQ(folded("STRASSE"), folded("straße"));
  EXPECT_EQ(folded("Ε\xCE\xA3"), folded("ες"));  // final sigma
  EXPECT_EQ(folded("caf\xC3\xA9"), folded("cafe\xCC\x81"));
  EXPECT_EQ(folded("가"), folded("\xE1\x84\x80\xE1\x85\xA1"));  // a syllable and its letters
  EXPECT_EQ(folded("ＴＶ"), folded("tv"));
  EXPECT_EQ(folded("ｶﾗｵｹ"), folded("カラオケ"));
  EXPECT_NE(folded("cafe"), folded("café"));
}

TEST(Text, FoldingTakesAnyBytes) {
  EXPECT_EQ(folded("\xff"), "\xEF\xBF\xBD");
  EXPECT_EQ(folded(std::string("A\0B", 3)), std::string("a\0b", 3));
}

TEST(Text, ShownIsOneHarmlessLine) {
  EXPECT_EQ(shown("눈물의 여왕"), "눈물의 여왕");
  EXPECT_EQ(shown("a\nb\x1b[31m\x7f"), "a\uFFFDb\uFFFD[31m\uFFFD");
  EXPECT_EQ(shown("a\u2028b\u202Ec\u2066"), "a\uFFFDb\uFFFDc\uFFFD");
  EXPECT_EQ(shown("x\xff"), "x\uFFFD");
}

TEST(Text, ShownIsCutByCodePoints) {
  EXPECT_EQ(shown("가나다", 3), "가나다");
  EXPECT_EQ(shown("가나다라", 3), "가나다…");
  EXPECT_EQ(shown("𝄞𝄞𝄞", 2), "𝄞𝄞…");
  EXPECT_EQ(shown(std::string(1'000'000, 'x'), 2), "xx…");
}

}  // namespace
}  // namespace needledrop
