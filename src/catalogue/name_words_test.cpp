#include "catalogue/name_words.h"

#include <gmock/gmock.h>

#include "media/unicode_text.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  for (const NameWord& word : name_words(name)) words.push_back(to_utf8(word.text));
  return words;
}

TEST(NameWords, AreFoldedAndFreeOfPunctuation) {
  EXPECT_THAT(words_of("Kim Soo-hyun"), ElementsAre("kim", "soo", "hyun"));
  EXPECT_THAT(words_of("KIM, SOO–HYUN"), ElementsAre("kim", "soo", "hyun"));
  EXPECT_THAT(words_of("ＫＩＭ　Soo‑hyun"), ElementsAre("kim", "soo", "hyun"));
  EXPECT_THAT(words_of("눈물의 여왕"), ElementsAre("눈물의", "여왕"));
  EXPECT_THAT(words_of("\u1100\u1175\u11B7"), ElementsAre("김"));  // letters of a macOS file name
  EXPECT_THAT(words_of(" -- (!) "), IsEmpty());
}

TEST(NameWords, HaveNoLatinDiacritics) {
  EXPECT_THAT(words_of("Ch'ŏr-wŏn"), ElementsAre("chor", "won"));
  EXPECT_THAT(words_of("Céline Dion"), ElementsAre("celine", "dion"));
  EXPECT_THAT(words_of("Ce\u0301line"), ElementsAre("celine"));
  EXPECT_THAT(words_of("Łukasz Øre Straße"), ElementsAre("lukasz", "ore", "strasse"));
  EXPECT_THAT(words_of("Чайковский Ά"), ElementsAre("чаиковскии", "α"));
  EXPECT_THAT(words_of("ガラス"), ElementsAre("ガラス"));  // a voicing mark makes another letter
}

TEST(NameWords, EndWhereTheScriptChanges) {
  EXPECT_THAT(words_of("눈물의여왕OST"), ElementsAre("눈물의여왕", "ost"));
  EXPECT_THAT(words_of("宇多田ヒカル"), ElementsAre("宇多田", "ヒカル"));
  EXPECT_THAT(words_of("沈黙の艦隊"), ElementsAre("沈黙の艦隊"));
  EXPECT_THAT(words_of("お台場の空"), ElementsAre("お台場の空"));
  const auto words = name_words("김 Kim ヒカル 初恋 สวัสดี Анна 2");
  EXPECT_EQ(words.at(0).script, WordScript::kHangul);
  EXPECT_EQ(words.at(1).script, WordScript::kLatin);
  EXPECT_EQ(words.at(2).script, WordScript::kKana);
  EXPECT_EQ(words.at(3).script, WordScript::kHan);
  EXPECT_EQ(words.at(4).script, WordScript::kDense);
  EXPECT_EQ(words.at(5).script, WordScript::kOther);
  EXPECT_EQ(words.at(6).script, WordScript::kLatin);
}

TEST(NameWords, MarksOfTitlesHaveOneSpelling) {
  EXPECT_THAT(words_of("OST Pt. 3"), ElementsAre("ost", "part", "3"));
  EXPECT_THAT(words_of("OST Part.3"), ElementsAre("ost", "part", "3"));
  EXPECT_THAT(words_of("Love (Ft. IU)"), ElementsAre("love", "feat", "iu"));
  EXPECT_THAT(words_of("Love (Instrumental)"), ElementsAre("love", "inst"));
}

TEST(NameWords, MarksCanBeLeftOut) {
  EXPECT_EQ(without_marks("Love You With All My Heart (Inst.)"), "love you with all my heart");
  EXPECT_EQ(without_marks("눈물의 여왕 OST Part.3"), "눈물의 여왕");
  EXPECT_EQ(without_marks("청혼 (Feat. 크러쉬) [MR]"), "청혼");
  EXPECT_EQ(without_marks("Love feat. IU"), "love");
  EXPECT_EQ(without_marks("Part of Me"), "part of me");
  EXPECT_EQ(without_marks("OST"), "");
  EXPECT_EQ(without_marks("(Inst.)"), "");
  EXPECT_EQ(without_marks("a ) b ( c"), "a b");
}

TEST(NameWords, TakeAnyBytes) {
  EXPECT_THAT(words_of("\xff"), IsEmpty());
  EXPECT_THAT(words_of(std::string("A\0B", 3)), ElementsAre("a", "b"));
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "a ";
  EXPECT_EQ(words_of(many).size(), 64U);
}

}  // namespace
}  // namespace needledrop
