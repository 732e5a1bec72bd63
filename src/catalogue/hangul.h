#pragma once

namespace needledrop {

/// A syllable of Hangul by its letters, numbered as Unicode does (The Unicode Standard, 3.12).
struct HangulSyllable {
  int initial = 0;  // of 19: ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ
  int medial = 0;  // of 21: ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅘ ㅙ ㅚ ㅛ ㅜ ㅝ ㅞ ㅟ ㅠ ㅡ ㅢ ㅣ
  int final = 0;  // of 28: none ㄱ ㄲ ㄳ ㄴ ㄵ ㄶ ㄷ ㄹ ㄺ ㄻ ㄼ ㄽ ㄾ ㄿ ㅀ ㅁ ㅂ ㅄ ㅅ ㅆ ㅇ ㅈ
                  // ㅊ ㅋ ㅌ ㅍ ㅎ
};

constexpr bool is_hangul_syllable(char32_t c) {
  return c >= U'가' && c <= U'힣';
}

/// Requires: is_hangul_syllable(c).
constexpr HangulSyllable hangul_syllable(char32_t c) {
  constexpr int kMedials = 21;
  constexpr int kFinals = 28;
  const int index = static_cast<int>(c - U'가');
  return {index / (kMedials * kFinals), index / kFinals % kMedials, index % kFinals};
}

}  // namespace needledrop
