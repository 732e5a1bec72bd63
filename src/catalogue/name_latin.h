#pragma once

#include <string>
#include <string_view>

#include "catalogue/name_words.h"

namespace needledrop {

/// How ICU spells a word in Latin letters, for searching only: Cyrillic, Greek, Thai and other
/// scripts letter by letter, Han as pinyin when `language` (BCP 47) is Chinese. "" when that would
/// be wrong or says nothing new: Han of Japanese and Korean names are not read as in Mandarin, and
/// Hangul and kana have their sounds.
std::string latin_spelling(const NameWord& word, std::string_view language);

}  // namespace needledrop
