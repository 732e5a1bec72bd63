#include "catalogue/name_match.h"

#include <gmock/gmock.h>

namespace needledrop {
namespace {

std::optional<NameFit> person(std::string_view typed, std::string_view name) {
  return fit_of(name_query(typed), name_form(name, NameOrder::kAny, ""));
}

std::optional<NameFit> title(std::string_view typed, std::string_view name,
                             std::string_view language = "") {
  return fit_of(name_query(typed), name_form(name, NameOrder::kAsWritten, language));
}

TEST(NameMatch, SpellingsOfAPersonFindOneAnother) {
  constexpr std::string_view kSpellings[] = {"김수현",       "Kim Soo-hyun", "kim soo hyun",
                                             "KIM SUHYEON",  "Gim Su-hyeon", "Soo-hyun Kim",
                                             "Su-hyeon Gim", "KIM, Soo Hyun"};
  for (const std::string_view typed : kSpellings) {
    for (const std::string_view name : kSpellings) {
      const auto fit = person(typed, name);
      ASSERT_TRUE(fit.has_value()) << typed << ", " << name;
      EXPECT_TRUE(*fit == NameFit::kExact || *fit == NameFit::kRomanised) << typed << ", " << name;
    }
  }
}

TEST(NameMatch, ExactIsTheSameWordsInAnyForm) {
  EXPECT_EQ(title("queen of tears", "Queen of Tears"), NameFit::kExact);
  EXPECT_EQ(title("눈물의여왕", "눈물의 여왕"), NameFit::kExact);
  EXPECT_EQ(title("ＱＵＥＥＮ of téars", "Queen of Tears!"), NameFit::kExact);
  EXPECT_EQ(person("hyun kim soo", "Kim Soo-hyun"), NameFit::kExact);
  EXPECT_EQ(title("tears queen of", "Queen of Tears"), NameFit::kPart);  // no person's name
}

TEST(NameMatch, ABeginningIsFoundWhileItIsTyped) {
  EXPECT_EQ(title("que", "Queen of Tears"), NameFit::kPrefix);
  EXPECT_EQ(title("눈", "눈물의 여왕"), NameFit::kPrefix);
  EXPECT_EQ(person("수", "김수현"), NameFit::kPrefix);  // of the given name
  EXPECT_EQ(person("soo-h", "Kim Soo-hyun"), NameFit::kPrefix);
  EXPECT_EQ(person("kim s", "김수현"), NameFit::kRomanisedPrefix);
  EXPECT_EQ(person("soohy", "김수현"), std::nullopt);  // "hy" may yet become "hyeong" or "hye"
  EXPECT_EQ(person("soohyu", "김수현"), NameFit::kRomanisedPrefix);
  EXPECT_EQ(person("ki", "김수현"), std::nullopt);  // two letters: too many would fit
}

TEST(NameMatch, PartsAreFoundInAnyOrder) {
  EXPECT_EQ(title("tears", "Queen of Tears"), NameFit::kPart);
  EXPECT_EQ(title("tears queen", "Queen of Tears"), NameFit::kPart);
  EXPECT_EQ(title("oftears", "Queen of Tears"), NameFit::kPart);
  EXPECT_EQ(title("ars", "Queen of Tears"), std::nullopt);
  EXPECT_EQ(title("여왕", "눈물의 여왕"), NameFit::kPart);
  EXPECT_EQ(title("물의", "눈물의 여왕"), NameFit::kPart);
  EXPECT_EQ(title("의여", "눈물의 여왕"), NameFit::kPart);
  EXPECT_EQ(title("沈没", "日本沈没"), NameFit::kPart);
  EXPECT_EQ(title("여왕 눈물", "눈물의 여왕"), NameFit::kPart);
  EXPECT_EQ(title("왕", "눈물의 여왕"), std::nullopt);  // one character in the middle says little
  EXPECT_EQ(title("ไทย", "ประเทศไทย"), NameFit::kPart);
}

TEST(NameMatch, TitlesAreFoundByTheirSound) {
  EXPECT_EQ(title("nunmurui yeowang", "눈물의 여왕"), NameFit::kRomanised);
  EXPECT_EQ(title("yeowang", "눈물의 여왕"), NameFit::kRomanisedPrefix);
  EXPECT_EQ(title("눈물의 여왕", "Nunmul-ui Yeowang"), NameFit::kRomanised);
  EXPECT_EQ(person("utada hikaru", "うただ ヒカル"), NameFit::kRomanised);
  EXPECT_EQ(person("hikaru", "宇多田ヒカル"), NameFit::kRomanisedPrefix);
}

TEST(NameMatch, HanIsReadAsPinyinOnlyInChinese) {
  EXPECT_EQ(title("zhou jielun", "周杰伦", "zh-Hans"), NameFit::kRomanised);
  EXPECT_EQ(title("zhouj", "周杰伦", "zh"), NameFit::kRomanisedPrefix);
  EXPECT_EQ(title("chulian", "初恋", "ja"), std::nullopt);
  EXPECT_EQ(title("chulian", "初恋"), std::nullopt);
  EXPECT_EQ(title("初恋", "初恋", "ja"), NameFit::kExact);
}

TEST(NameMatch, OtherScriptsAreFoundAsTheyAreWrittenAndInLatin) {
  EXPECT_EQ(person("пётр ЧАЙКОВСКИЙ", "Пётр Чайковский"), NameFit::kExact);
  EXPECT_EQ(person("petr caikovskii", "Пётр Чайковский"), NameFit::kRomanised);
  EXPECT_EQ(person("Αθήνα", "ΑΘΗΝΑ"), NameFit::kExact);
}

TEST(NameMatch, TyposAreForgiven) {
  EXPECT_EQ(title("quene of tears", "Queen of Tears"), NameFit::kTypo);
  EXPECT_EQ(title("quen of taers", "Queen of Tears"), NameFit::kTypo);
  EXPECT_EQ(person("kim soo hyum", "Kim Soo-hyun"), NameFit::kTypo);
  EXPECT_EQ(person("kim soo hyum", "김수현"), NameFit::kTypo);
  EXPECT_EQ(person("김수헌", "김수현"), NameFit::kTypo);
  EXPECT_EQ(title("xymphonei", "Symphonie"), NameFit::kTypo);
  EXPECT_EQ(title("kin", "Kim"), std::nullopt);  // three letters must be right
  EXPECT_EQ(title("sxmfxnxe", "Symphonie"), std::nullopt);
  EXPECT_EQ(title("初変", "初恋"), std::nullopt);
}

TEST(NameMatch, MarksDoNotHinder) {
  EXPECT_EQ(title("ost pt 3", "눈물의 여왕 OST Part.3"), NameFit::kPart);
  EXPECT_EQ(title("눈물의 여왕 ost part 3", "눈물의 여왕 OST Pt. 3"), NameFit::kExact);
  EXPECT_EQ(title("청혼", "청혼 (Inst.)"), NameFit::kPrefix);
  EXPECT_EQ(title("청혼 (Inst.)", "청혼 (Instrumental)"), NameFit::kExact);
  EXPECT_EQ(title("청혼 (Inst.)", "청혼"), NameFit::kPart);
  EXPECT_EQ(title("청혼 feat. 크러쉬", "청혼"), NameFit::kPart);
  EXPECT_EQ(title("cheonghon (inst)", "청혼"), NameFit::kRomanisedPrefix);
}

TEST(NameMatch, WhatHasNoWordsFitsNothing) {
  EXPECT_EQ(title("", "Queen"), std::nullopt);
  EXPECT_EQ(title("!?", "Queen"), std::nullopt);
  EXPECT_EQ(title("queen", "!?"), std::nullopt);
  EXPECT_EQ(title("\xff", "\xff"), std::nullopt);
  EXPECT_EQ(title(std::string(100'000, 'b'), "b"), std::nullopt);
}

TEST(NameMatch, DifferentNamesStayDifferent) {
  EXPECT_EQ(person("김수진", "김수현"), std::nullopt);
  EXPECT_EQ(person("Kim So-hyun", "김수현"), NameFit::kTypo);  // 소현 and 수현 sound nearly alike
  EXPECT_EQ(person("Park Soo-hyun", "김수현"), std::nullopt);
}

}  // namespace
}  // namespace needledrop
