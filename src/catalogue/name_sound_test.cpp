#include "catalogue/name_sound.h"

#include <algorithm>
#include <string_view>

#include <gmock/gmock.h>

#include "catalogue/kana.h"

namespace needledrop {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::IsEmpty;

std::vector<NameSound> sounds(std::string_view name) {
  const auto words = name_words(name);
  return sounds_of(words);
}

bool sound_alike(std::string_view a, std::string_view b) {
  for (const NameSound& x : sounds(a)) {
    for (const NameSound& y : sounds(b)) {
      if (x.units.size() == y.units.size() && begins_with(x, y)) return true;
    }
  }
  return false;
}

std::string written(std::string_view name) {
  std::string text(name);
  for (const NameSound& sound : sounds(name)) text += " " + sound.units;
  return text;
}

void expect_alike(std::initializer_list<std::string_view> names) {
  for (const std::string_view a : names) {
    for (const std::string_view b : names) {
      EXPECT_TRUE(sound_alike(a, b)) << written(a) << ", " << written(b);
    }
  }
}

/// Spellings that differ from each other by the rules that they follow.
void expect_spellings(std::string_view name, std::initializer_list<std::string_view> spellings) {
  for (const std::string_view spelling : spellings) {
    EXPECT_TRUE(sound_alike(name, spelling)) << written(name) << ", " << written(spelling);
    EXPECT_TRUE(sound_alike(spelling, name)) << written(name) << ", " << written(spelling);
  }
}

TEST(NameSound, HangulAndItsUsualSpellingsAreOne) {
  expect_alike({"김수현", "Kim Soo-hyun", "kim soo hyun", "KIM SUHYEON", "Gim Su-hyeon",
                "Kim Su-hyŏn", "KimSooHyun"});
  expect_alike({"김지원", "Kim Ji-won", "Kim Jiwon", "Gim Jiwon", "KIM JEE WON"});
  expect_alike({"박신혜", "Park Shin-hye", "Pak Sin-hye", "Bak Sinhye", "Park Shin Hye"});
  expect_alike({"최우식", "Choi Woo-shik", "Choe U-sik", "Choi Woosik", "Ch'oe U-sik"});
  expect_alike({"정국", "Jungkook", "Jeong-guk", "Jeongguk", "Chung Kook"});
  expect_alike({"전지현", "Jun Ji-hyun", "Jeon Ji-hyeon", "Chŏn Chi-hyŏn"});
  expect_alike({"윤여정", "Youn Yuh-jung", "Yun Yeojeong", "Yoon Yeo-jeong"});
  expect_alike({"강경화", "Kang Kyung-wha", "Kang Kyung-hwa", "Gang Gyeonghwa"});
  expect_alike({"한복남", "Han Bok-nam", "HAN BOKNAM"});
  expect_alike({"은혜", "Eun-hye", "Eunhye", "Un-hye"});
  expect_alike({"서은수", "Seo Eun-soo", "Suh Eunsoo", "Seoeunsu"});
  expect_alike({"허준호", "Hur Joon-ho", "Heo Jun-ho", "Huh Junho"});
  expect_alike({"백지영", "Baek Ji-young", "Paik Ji Young", "Baek Jiyeong"});
  expect_alike({"오승현", "Oh Seung-hyun", "O Seunghyeon"});
}

TEST(NameSound, TheFirstRIsThereOrNot) {
  expect_alike({"이민호", "Lee Min-ho", "Yi Minho", "I Min-ho", "Rhee Min Ho", "LEE MINHO"});
  expect_alike({"임윤아", "Lim Yoon-a", "Im Yoon-ah", "Yim Yun-a", "Rim Yuna"});
  expect_alike({"류준열", "유준열", "Ryu Jun-yeol", "Yoo Joon-yeol", "Yu Junyeol"});
  expect_alike({"노무현", "로무현", "Roh Moo-hyun", "Noh Mu-hyeon", "No Muhyeon"});
  expect_alike({"우리", "Woo-ri", "Woori", "Uri"});
}

TEST(NameSound, TitlesAreSpelledByLetterOrAsPronounced) {
  expect_spellings("눈물의 여왕", {"Nunmurui Yeowang", "Nunmul-ui Yeowang"});
  expect_spellings("독립문", {"Dongnimmun", "Doklipmun"});
  expect_spellings("신라", {"Silla", "Sinra"});
  expect_spellings("설날", {"Seollal", "Seolnal"});
  expect_spellings("옷이", {"osi"});
  expect_spellings("같이", {"gachi", "kachi"});
  expect_spellings("종로", {"Jongno", "Chongno", "Jongro"});
  expect_spellings("사랑의 불시착", {"Sarangui Bulsichak", "Salang-ui bulsichag"});
}

TEST(NameSound, WhatIsSpelledDifferentlyIsDifferent) {
  EXPECT_FALSE(sound_alike("김수현", "Kim So-hyun"));
  EXPECT_FALSE(sound_alike("Kim Soo-hyun", "김소현"));
  EXPECT_FALSE(sound_alike("Kim Soo-hyun", "Kim Seo-hyun"));
  EXPECT_FALSE(sound_alike("김수현", "김수진"));
  EXPECT_FALSE(sound_alike("김", "Lee"));
  EXPECT_FALSE(sound_alike("수현", "Suhyeon Kim"));
}

TEST(NameSound, KanaSoundAsHepburnSpellsThem) {
  EXPECT_EQ(hepburn(U"ひかる"), "hikaru");
  EXPECT_EQ(hepburn(U"ヒカル"), "hikaru");
  EXPECT_EQ(hepburn(U"ちょうさ"), "chousa");
  EXPECT_EQ(hepburn(U"きゃりーぱみゅぱみゅ"), "kyaripamyupamyu");
  EXPECT_EQ(hepburn(U"パーティー"), "pati");
  EXPECT_EQ(hepburn(U"ファン"), "fan");
  EXPECT_EQ(hepburn(U"っゃ漢"), "ya");
  expect_alike({"ヒカル", "Hikaru", "ひかる", "히카루"});
  expect_alike({"とうきょう", "Tōkyō", "Tokyo", "Toukyou"});
  expect_alike({"しんぶん", "Shinbun", "Shimbun"});
  expect_alike({"ずっと", "Zutto"});
}

TEST(NameSound, ABeginningIsKnownWhileItIsTyped) {
  const auto whole = sounds("김수현");
  ASSERT_THAT(whole, testing::SizeIs(1));
  for (const std::string_view typed : {"k", "kim", "kim s", "kim soo", "kim soo h", "kimsuhyu"}) {
    EXPECT_TRUE(begins_with(whole.front(), sounds(typed).front())) << typed;
  }
  EXPECT_EQ(sounds("kim seo").front().units, "KIMSU");  // and yet
  EXPECT_FALSE(begins_with(whole.front(), sounds("kim seo").front()));
  EXPECT_FALSE(begins_with(sounds("kim").front(), whole.front()));
}

TEST(NameSound, OtherScriptsAndLettersHaveNone) {
  EXPECT_THAT(sounds("宇多田"), IsEmpty());
  EXPECT_THAT(sounds("Анна"), IsEmpty());
  EXPECT_THAT(sounds("Queen"), IsEmpty());
  EXPECT_THAT(sounds("Max"), IsEmpty());
  EXPECT_THAT(sounds("Bengtsstrm"), IsEmpty());
  EXPECT_THAT(sounds("ㄱㄴ"), IsEmpty());
  EXPECT_THAT(sounds(""), IsEmpty());
}

TEST(NameSound, IsWrittenInItsOwnLettersOnly) {
  for (char32_t c = U'가'; c <= U'힣'; ++c) {
    const std::vector words{NameWord{{c, U'이'}, WordScript::kHangul},
                            NameWord{{U'노', c}, WordScript::kHangul}};
    for (const NameSound& sound : sounds_of(words)) {
      ASSERT_EQ(sound.units.find_first_not_of("KTPSCNMRHAUIY"), std::string::npos) << sound.units;
      ASSERT_EQ(sound.units.size(), sound.medials.size());
      ASSERT_EQ(std::ranges::count(sound.medials, 0U), 0);
    }
  }
}

}  // namespace
}  // namespace needledrop
