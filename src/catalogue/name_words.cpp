#include "catalogue/name_words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "catalogue/text.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr std::size_t kMostWords = 64;
constexpr std::size_t kLongest = 65'536;  // bytes, as of every text of the catalogue

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

bool is_ascii_letter(char32_t c) {
  return c >= U'a' && c <= U'z';
}

bool is_mark(char32_t c) {
  return (U_MASK(u_charType(static_cast<UChar32>(c))) & U_GC_M_MASK) != 0;
}

bool is_word_character(char32_t c) {
  return u_isalnum(static_cast<UChar32>(c)) != 0 || is_mark(c);
}

/// These are between letters of one word: Ch'ŏrwŏn, D’Angelo, ʻokina.
bool is_apostrophe(char32_t c) {
  constexpr std::u32string_view kApostrophes = U"'`´‘’ʻʼʹ＇";
  return kApostrophes.find(c) != std::u32string_view::npos;
}

/// Letters that Unicode does not decompose, as they are spelled without them.
std::u32string_view plain_letters(char32_t c) {
  static constexpr std::array<std::pair<char32_t, std::u32string_view>, 9> kLetters{{
      {U'ø', U"o"},
      {U'ł', U"l"},
      {U'đ', U"d"},
      {U'ħ', U"h"},
      {U'ı', U"i"},
      {U'æ', U"ae"},
      {U'œ', U"oe"},
      {U'þ', U"th"},
      {U'ð', U"d"},
  }};
  const auto* const found = std::ranges::find(kLetters, c, &decltype(kLetters)::value_type::first);
  return found == kLetters.end() ? std::u32string_view() : found->second;
}

bool has_plain_letters(UScriptCode script) {
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC;
}

/// Without the diacritics of Latin, Greek and Cyrillic. Those of other scripts make other letters.
std::u32string without_diacritics(const std::u32string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decomposer = icu::Normalizer2::getNFDInstance(status);
  std::u32string result;
  bool after_plain = false;
  for (const char32_t c : text) {
    if (c < 0x80) {
      result += c;
      after_plain = is_ascii_letter(c);
      continue;
    }
    if (after_plain && is_mark(c)) continue;
    after_plain = has_plain_letters(script_of(c));
    if (const auto letters = plain_letters(c); !letters.empty()) {
      result += letters;
      continue;
    }
    icu::UnicodeString parts;
    const bool is_composed = after_plain && U_SUCCESS(status) &&
                             decomposer->getDecomposition(static_cast<UChar32>(c), parts) != 0;
    result += is_composed ? static_cast<char32_t>(parts.char32At(0)) : c;
  }
  return result;
}

WordScript word_script(char32_t c) {
  if (c < 0x80) return WordScript::kLatin;
  switch (script_of(c)) {
    case USCRIPT_HANGUL:
      return WordScript::kHangul;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return WordScript::kKana;
    case USCRIPT_HAN:
      return WordScript::kHan;
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return WordScript::kDense;
    default:
      return WordScript::kOther;
  }
}

/// Script of a word that is one of `script` so far and goes on with `c`; nothing when it ends.
bool continues(NameWord& word, char32_t c) {
  constexpr char32_t kLongVowel = U'ー';
  if (word.text.empty() || is_mark(c) || c == kLongVowel) return true;
  const WordScript next = word_script(c);
  if (next == word.script) return true;
  const bool is_hiragana = script_of(c) == USCRIPT_HIRAGANA;
  const bool was_hiragana = script_of(word.text.back()) == USCRIPT_HIRAGANA;
  if (next == WordScript::kKana && word.script == WordScript::kHan) return is_hiragana;
  if (next == WordScript::kHan && word.script == WordScript::kKana && was_hiragana) {
    word.script = WordScript::kHan;
    return true;
  }
  // Letters of one alphabet that are not all of ASCII: "şahin" once its cedilla is gone is Latin.
  const auto is_alphabet = [](WordScript s) {
    return s == WordScript::kLatin || s == WordScript::kOther;
  };
  if (!is_alphabet(next) || !is_alphabet(word.script)) return false;
  word.script = WordScript::kOther;
  return true;
}

void unify_spelling(NameWord& word) {
  using Pair = std::pair<std::u32string_view, std::u32string_view>;
  static constexpr std::array<Pair, 4> kSpellings{{
      {U"pt", U"part"},
      {U"ft", U"feat"},
      {U"featuring", U"feat"},
      {U"instrumental", U"inst"},
  }};
  const auto* const found = std::ranges::find(kSpellings, word.text, &Pair::first);
  if (found != kSpellings.end()) word.text = found->second;
}

bool is_number(std::u32string_view text) {
  return std::ranges::all_of(text, [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

/// How many of the words at the end are marks: "OST", "OST Part 3", "Inst", "Ver".
std::size_t marks_at_end(const std::vector<NameWord>& words) {
  static constexpr std::array<std::u32string_view, 6> kMarks{U"ost", U"inst",    U"mr",
                                                             U"ver", U"version", U"part"};
  std::size_t count = 0;
  while (count < words.size()) {
    const std::u32string& word = words[words.size() - 1 - count].text;
    const bool counts_parts = is_number(word) && count + 1 < words.size() &&
                              words[words.size() - 2 - count].text == U"part";
    if (!counts_parts && std::ranges::find(kMarks, word) == kMarks.end()) break;
    count += counts_parts ? 2 : 1;
  }
  return count;
}

std::string without_brackets(std::string_view name) {
  std::string result;
  int depth = 0;
  for (const char c : name) {
    const bool opens = c == '(' || c == '[';
    const bool closes = c == ')' || c == ']';
    if (opens) ++depth;
    if (depth == 0 && !closes) result += c;
    if (closes && depth > 0) {
      --depth;
      result += ' ';
    }
  }
  return result;
}

}  // namespace

bool is_dense(WordScript script) {
  return script != WordScript::kLatin && script != WordScript::kOther;
}

std::vector<NameWord> name_words(std::string_view name) {
  std::vector<NameWord> words;
  NameWord word;
  const auto end_word = [&] {
    if (!word.text.empty() && words.size() < kMostWords) {
      unify_spelling(word);
      words.push_back(std::move(word));
    }
    word = {};
  };
  for (const char32_t c : without_diacritics(to_code_points(folded(name.substr(0, kLongest))))) {
    if (is_apostrophe(c)) continue;
    if (!is_word_character(c)) {
      end_word();
      continue;
    }
    if (!continues(word, c)) end_word();
    if (word.text.empty()) word.script = word_script(c);
    word.text += c;
  }
  end_word();
  return words;
}

std::string without_marks(std::string_view name) {
  std::vector<NameWord> words = name_words(without_brackets(folded(name)));
  const auto featured = std::ranges::find(words, U"feat", &NameWord::text);
  words.erase(featured, words.end());
  words.resize(words.size() - marks_at_end(words));
  std::string result;
  for (const NameWord& word : words) {
    if (!result.empty()) result += ' ';
    result += to_utf8(word.text);
  }
  return result;
}

std::u32string joined(const std::vector<NameWord>& words) {
  std::u32string result;
  for (const NameWord& word : words) result += word.text;
  return result;
}

}  // namespace needledrop
