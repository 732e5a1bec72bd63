#include "catalogue/name_keys.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "catalogue/name_typos.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr int kKindBits = 3;
constexpr std::size_t kTokenLength = kMostTypoUnits;  // what is longer is told apart by comparing
constexpr char kSpellingMark = '0';                   // no sound begins so
constexpr char kSoundMark = '~';

std::string token_of(std::u32string_view text) {
  return to_utf8(text.substr(0, kTokenLength));
}

std::string token_of(const NameSound& sound) {
  return sound.units.substr(0, kTokenLength);
}

void add_token(NameKeys::Tokens& column, std::string token) {
  if (std::ranges::find(column, token) == column.end()) column.push_back(std::move(token));
}

/// The characters of the words in scripts without spaces; 0 where others stand.
std::u32string dense_text(const std::vector<NameWord>& words) {
  std::u32string text;
  for (const NameWord& word : words) {
    text += is_dense(word.script) ? word.text : std::u32string(1, U'\0');
  }
  return text;
}

std::vector<std::string> grams_of(std::u32string_view text) {
  std::vector<std::string> grams;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != U'\0' && text[i + 1] != U'\0') grams.push_back(to_utf8(text.substr(i, 2)));
  }
  return grams;
}

void add_starts(NameKeys& keys, const NameForm& name) {
  for (const NameForm::Start& start : name.starts) {
    if (start.is_spelling) {
      add_token(start.is_whole ? keys.sound : keys.sound_tail,
                kSpellingMark + token_of(start.text));
    } else {
      add_token(start.is_whole ? keys.whole : keys.tail, token_of(start.text));
    }
  }
  for (const NameForm::Sounding& each : name.soundings) {
    add_token(each.is_whole ? keys.sound : keys.sound_tail, token_of(each.sound));
  }
}

void add_term(NameKeys& keys, NameTerm term) {
  const bool is_there =
      std::ranges::find(keys.terms, term.token, &NameTerm::token) != keys.terms.end();
  if (term.typos > 0 && !is_there) keys.terms.push_back(std::move(term));
}

std::string one_of(const std::vector<std::string>& queries) {
  return queries.empty() ? "" : fmt::format("({})", fmt::join(queries, " OR "));
}

std::string all_of(const std::vector<std::string>& queries) {
  return queries.empty() ? "" : fmt::format("({})", fmt::join(queries, " AND "));
}

std::string has_token(std::string_view columns, const std::string& token) {
  return fmt::format("({{{}}} : \"{}\")", columns, token);
}

std::string has_beginning(std::string_view columns, const std::string& token) {
  return fmt::format("({{{}}} : \"{}\" *)", columns, token);
}

/// What names have that this word is in.
std::string has_word(const NameWord& word) {
  constexpr std::size_t kMostGrams = 16;
  if (!is_dense(word.script) || word.text.size() < 2) {
    return has_beginning("word", token_of(word.text));
  }
  std::vector<std::string> grams;
  for (const std::string& gram : grams_of(word.text.substr(0, kMostGrams + 1))) {
    grams.push_back(has_token("gram", gram));
  }
  return all_of(grams);
}

std::string has_part(const NameForm& typed) {
  std::vector<std::string> words;
  for (const NameWord& word : typed.words) words.push_back(has_word(word));
  return one_of({has_beginning("whole tail", token_of(typed.starts.front().text)), all_of(words)});
}

/// The tokens of sounds that what is typed may be, and of spellings.
std::vector<std::string> sound_tokens(const NameForm& typed) {
  std::vector<std::string> tokens{kSpellingMark + token_of(typed.starts.front().text)};
  for (const NameForm::Sounding& each : typed.soundings) {
    if (each.is_whole) tokens.push_back(token_of(each.sound));
  }
  return tokens;
}

std::string has_sound(const NameForm& typed) {
  std::vector<std::string> queries;
  for (const std::string& token : sound_tokens(typed)) queries.push_back(has_token("sound", token));
  return one_of(queries);
}

std::string has_beginning_of_sound(const NameForm& typed) {
  if (!may_begin_sounds(typed)) return "";
  std::vector<std::string> queries;
  for (const std::string& token : sound_tokens(typed)) {
    queries.push_back(has_beginning("sound sound_tail", token));
  }
  return one_of(queries);
}

std::string either(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a + b;
  return one_of({a, b});
}

}  // namespace

std::int64_t key_row(EntityRef entity) {
  return entity.id << kKindBits | static_cast<std::int64_t>(entity.kind);
}

EntityRef entity_of_row(std::int64_t row) {
  const auto kind = static_cast<std::size_t>(row & ((1 << kKindBits) - 1));
  return {kEntityKinds[std::min(kind, kEntityKinds.size() - 1)], row >> kKindBits};
}

NameTerm word_term(const NameWord& word) {
  return {to_utf8(word.text), typed_letters(word), typos_kept(word)};
}

NameTerm sound_term(const NameSound& sound) {
  const std::size_t size = sound.units.size();
  const bool is_kept = size + 1 >= kLeastTypoUnits && size <= kMostTypoUnits;
  return {kSoundMark + sound.units, {sound.units.begin(), sound.units.end()}, is_kept ? 1 : 0};
}

NameKeys name_keys(const std::vector<NameForm>& names) {
  NameKeys keys;
  for (const NameForm& name : names) {
    if (name.starts.empty()) continue;
    add_starts(keys, name);
    for (const NameWord& word : name.words) {
      add_token(keys.word, token_of(word.text));
      add_term(keys, word_term(word));
    }
    for (const std::string& gram : grams_of(dense_text(name.words))) add_token(keys.gram, gram);
    for (const NameForm::Sounding& each : name.soundings) {
      if (each.is_whole) add_term(keys, sound_term(each.sound));
    }
  }
  return keys;
}

std::array<std::string, kNameFits - 1> key_queries(const NameQuery& query) {
  std::array<std::string, kNameFits - 1> queries;
  const NameForm& typed = query.form;
  if (typed.starts.empty()) return queries;
  const std::string token = token_of(typed.starts.front().text);
  queries[static_cast<std::size_t>(NameFit::kExact)] = has_token("whole", token);
  queries[static_cast<std::size_t>(NameFit::kPrefix)] = has_beginning("whole", token);
  std::string part = has_part(typed);
  std::string sounding = has_beginning_of_sound(typed);
  if (query.bare) {
    part = either(part, has_part(*query.bare));
    sounding = either(sounding, has_sound(*query.bare));
    sounding = either(sounding, has_beginning_of_sound(*query.bare));
  }
  queries[static_cast<std::size_t>(NameFit::kPart)] = std::move(part);
  queries[static_cast<std::size_t>(NameFit::kRomanised)] = has_sound(typed);
  queries[static_cast<std::size_t>(NameFit::kRomanisedPrefix)] = std::move(sounding);
  return queries;
}

std::string typo_query(const NameQuery& query, const std::vector<std::vector<std::string>>& near,
                       const std::vector<std::string>& near_sounds) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < query.form.words.size(); ++i) {
    std::vector<std::string> ways{has_word(query.form.words[i])};
    for (const std::string& token : near[i]) ways.push_back(has_token("word", token));
    words.push_back(one_of(ways));
  }
  std::vector<std::string> ways;
  if (!words.empty()) ways.push_back(all_of(words));
  for (const std::string& token : near_sounds) ways.push_back(has_token("sound", token));
  return one_of(ways);
}

}  // namespace needledrop
