#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace needledrop {

/// What a word of a name is written in, as far as searching cares.
enum class WordScript {
  kLatin,   // ASCII letters and digits, once folded
  kHangul,  // syllables
  kKana,
  kHan,    // with hiragana between, too
  kDense,  // others written without spaces: Thai, Lao, Khmer, Burmese
  kOther,
};

/// A word of a name, folded for comparison: in lower case, one form for each Unicode equivalent,
/// Latin, Greek and Cyrillic letters without diacritics.
struct NameWord {
  std::u32string text;
  WordScript script = WordScript::kOther;
  friend bool operator==(const NameWord&, const NameWord&) = default;
};

/// Are names in this script written without spaces, so that any part of them may be a word?
bool is_dense(WordScript script);

/// The words of a name: what punctuation, spaces and changes of script leave. Apostrophes don't
/// split ("Ch'ŏr-wŏn" is chor, won). Marks that titles spell in several ways are one word: "Pt."
/// is part, "ft." feat, "Instrumental" inst. At most 64 words.
std::vector<NameWord> name_words(std::string_view name);

/// The name without what is said of a recording rather than its title: what stands in brackets or
/// after "feat.", and "OST", "Part 3", "Inst.", "MR" at the end. "" when nothing else is left.
std::string without_marks(std::string_view name);

/// The words one after the other, without anything between.
std::u32string joined(const std::vector<NameWord>& words);

}  // namespace needledrop
