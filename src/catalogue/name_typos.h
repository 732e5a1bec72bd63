#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/name_words.h"

namespace needledrop {

/// The letters that may be mistyped: a word's own, or those that its Hangul is composed of. "" for
/// scripts whose characters are words themselves (Han, Thai) and for words of over 32 characters.
std::u32string typed_letters(const NameWord& word);

/// How many typos a word that somebody types may have: none below four letters, one below eight,
/// else two; in Hangul one from six letters on.
int typos_allowed(const NameWord& typed);

/// Is it at most `most` letters inserted, left out, replaced or swapped with the next
/// (optimal string alignment) from one to the other?
bool is_within(std::u32string_view a, std::u32string_view b, int most);

/// Of words, how many letters are hashed: the rest would cost more than it tells apart.
inline constexpr std::size_t kHashedLetters = 7;

/// By what words that are up to `typos` apart find one another: what remains when that many of the
/// first `hashed` letters are left out, hashed. Two words within that distance share at least one
/// (W. Garbe, symmetric deletion).
std::vector<std::uint32_t> near_hashes(std::u32string_view letters, int typos,
                                       std::size_t hashed = kHashedLetters);

/// What must be kept of a word so that every word typed with the typos allowed finds it; 0: it
/// can't be found with a typo.
int typos_kept(const NameWord& word);

}  // namespace needledrop
