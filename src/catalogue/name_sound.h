#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/name_words.h"

namespace needledrop {

/// What a name sounds like, coarsely enough that Hangul and each of its usual Latin spellings are
/// the same: 김수현, Kim Soo-hyun and Gim Suhyeon are all "KIMSUHYUN". One character a sound:
/// consonants K T P S C N M R H, vowels A U I, the glide Y, and digits as they are. Plain, tense
/// and aspirated consonants are one; so are the vowels that are spelled alike (U: ㅓ ㅗ ㅜ ㅡ ㅝ;
/// I: ㅣ, ㅢ and the front vowels), w is left out, h where it is hardly heard.
struct NameSound {
  std::string units;
  /// For each unit, which of Hangul's 21 medials it may stand for, as bits: what tells Soo from So,
  /// although both are "SU". All bits where that is not known, and for consonants.
  std::vector<std::uint32_t> medials;
  friend bool operator==(const NameSound&, const NameSound&) = default;
};

/// Every way in which words in a row may sound, at most four: Hangul as its syllables are spelled
/// and as it is pronounced (독립문 is doklipmun or dongnimmun), and the surname that begins with r
/// or l with and without it (Lee and Yi, Roh and Noh). Kana sound as in Hepburn's spelling. None
/// when a word is in a script whose sound is not known, or has letters that no romanisation of
/// Korean or Japanese has.
std::vector<NameSound> sounds_of(std::span<const NameWord> words);

/// Does the word have a sound by itself? Words in a row have one when each of them does.
bool has_sound(const NameWord& word);

/// May `sound` begin with what `beginning` sounds like?
bool begins_with(const NameSound& sound, const NameSound& beginning);

}  // namespace needledrop
