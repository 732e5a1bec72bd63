#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "catalogue/entity_ref.h"
#include "catalogue/name_match.h"

// Private to this folder: what is stored of names so that searches needn't compare them all. A
// row of name_key is an entity; its columns hold tokens that the names which fit must have.

namespace needledrop {

/// The row of an entity in name_key: by id, then kind, which is the order of results.
std::int64_t key_row(EntityRef entity);
EntityRef entity_of_row(std::int64_t row);

/// A word, or the sound of a whole name, in which typos are forgiven.
struct NameTerm {
  std::string token;       // as in name_key; of a sound after '~'
  std::u32string letters;  // by which it is found: near_hashes(letters, typos)
  int typos = 0;
};

/// The tokens of one entity, by column of name_key.
struct NameKeys {
  using Tokens = std::vector<std::string>;
  Tokens whole;  // names in every order, without spaces
  Tokens tail;   // from a later word on
  Tokens word;
  Tokens gram;        // two neighbours of scripts without spaces
  Tokens sound;       // of whole names, and how they are spelled in Latin
  Tokens sound_tail;  // from a word on
  std::vector<NameTerm> terms;
};
NameKeys name_keys(const std::vector<NameForm>& names);

/// Queries of name_key, in the language of FTS5, each of which yields at least every entity whose
/// names fit so and not better. "" when none can.
std::array<std::string, kNameFits - 1> key_queries(const NameQuery& query);
/// The same for typos. `near` are, for each word of the query, the tokens that may be meant, and
/// `near_sounds` the sounds.
std::string typo_query(const NameQuery& query, const std::vector<std::vector<std::string>>& near,
                       const std::vector<std::string>& near_sounds);

/// The term that a word or a sound of a name is kept as; 0 typos when it is not kept.
NameTerm word_term(const NameWord& word);
NameTerm sound_term(const NameSound& sound);

}  // namespace needledrop
