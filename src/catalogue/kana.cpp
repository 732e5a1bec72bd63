#include "catalogue/kana.h"

#include <array>

namespace needledrop {
namespace {

constexpr char32_t kFirst = U'ぁ';
constexpr char32_t kLast = U'ゖ';

/// From U+3041; small letters in capitals.
constexpr std::array<std::string_view, kLast - kFirst + 1> kLetters{
    "A",  "a",  "I",   "i",  "U",  "u",   "E",  "e",   "O",  "o",  "ka", "ga", "ki", "gi", "ku",
    "gu", "ke", "ge",  "ko", "go", "sa",  "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo",
    "ta", "da", "chi", "ji", "",   "tsu", "zu", "te",  "de", "to", "do", "na", "ni", "nu", "ne",
    "no", "ha", "ba",  "pa", "hi", "bi",  "pi", "fu",  "bu", "pu", "he", "be", "pe", "ho", "bo",
    "po", "ma", "mi",  "mu", "me", "mo",  "YA", "ya",  "YU", "yu", "YO", "yo", "ra", "ri", "ru",
    "re", "ro", "WA",  "wa", "i",  "e",   "o",  "n",   "bu", "KA", "KE"};

char32_t as_hiragana(char32_t c) {
  return c >= U'ァ' && c <= U'ヶ' ? c - (U'ァ' - U'ぁ') : c;
}

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

/// A small letter changes the syllable before: き and ょ are kyo, し and ょ sho, て and ぃ ti.
void add_small(std::string& text, std::string_view small) {
  std::string lower(small);
  for (char& c : lower) c = static_cast<char>(c - 'A' + 'a');
  const bool follows = !text.empty() && is_vowel(text.back());
  if (follows) {
    text.pop_back();
    const bool is_soft = text.ends_with("sh") || text.ends_with("ch") || text.ends_with("j");
    if (is_soft && lower.front() == 'y') lower.erase(0, 1);
  }
  text += lower;
}

}  // namespace

std::string hepburn(std::u32string_view kana) {
  std::string text;
  for (const char32_t c : kana) {
    const char32_t hiragana = as_hiragana(c);
    if (hiragana < kFirst || hiragana > kLast) continue;
    const std::string_view letters = kLetters[hiragana - kFirst];
    if (!letters.empty() && letters.front() >= 'A' && letters.front() <= 'Z') {
      add_small(text, letters);
    } else {
      text += letters;
    }
  }
  return text;
}

}  // namespace needledrop
