#include "cli/text_width.h"

#include <gtest/gtest.h>

namespace needledrop {
namespace {

TEST(TextWidth, WideScriptsTakeTwoColumns) {
  EXPECT_EQ(text_width("abc"), 3U);
  EXPECT_EQ(text_width("겨울"), 4U);
  EXPECT_EQ(text_width("カラ"), 4U);
  EXPECT_EQ(text_width("中文"), 4U);
  EXPECT_EQ(text_width("é"), 1U);
}

TEST(TextWidth, WhatCombinesTakesNone) {
  EXPECT_EQ(text_width("e\xCC\x81"), 1U);                 // e + acute
  EXPECT_EQ(text_width("\xE1\x84\x80\xE1\x85\xA1"), 2U);  // decomposed Hangul
  EXPECT_EQ(text_width("a\xE2\x80\x8D"
                       "b"),
            2U);  // zero-width joiner
}

TEST(Printable, ControlCharactersNeverPass) {
  const std::string replaced = "\xEF\xBF\xBD";
  EXPECT_EQ(printable("a\x1b[2J"), "a" + replaced + "[2J");
  EXPECT_EQ(printable("a\nb\tc\x7F"), "a" + replaced + "b" + replaced + "c" + replaced);
  EXPECT_EQ(printable("\xC2\x9B"
                      "31m"),
            replaced + "31m");  // C1: a one-character escape
  EXPECT_EQ(printable("\xE2\x80\xAE"
                      "gpj"),
            replaced + "gpj");  // right-to-left override
  EXPECT_EQ(printable("\xFFx"), replaced + "x");
  EXPECT_EQ(printable("겨울 é"), "겨울 é");
}

TEST(Shortened, CutsBetweenColumnsAndMarksIt) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdef", 4), "abc…");
  EXPECT_EQ(shortened("겨울항구", 6), "겨울…");
  EXPECT_EQ(shortened("겨울항구", 5), "겨울…");
  EXPECT_EQ(shortened("abc", 0), "");
  EXPECT_EQ(shortened("abc", 1), "…");
}

}  // namespace
}  // namespace needledrop
