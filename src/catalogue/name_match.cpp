#include "catalogue/name_match.h"

#include <algorithm>
#include <array>
#include <span>

#include "catalogue/hangul.h"
#include "catalogue/name_latin.h"
#include "catalogue/name_typos.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr std::size_t kMostStarts = 12;  // of longer names, words farther on are found as words
constexpr std::size_t kLeastLetters = 3;
constexpr std::size_t kLeastSyllables = 2;

/// Where the given name begins in a Hangul name of a person; 0 when it can't be told.
std::size_t surname_size(std::u32string_view name) {
  static constexpr std::array<std::u32string_view, 9> kOfTwo{
      U"남궁", U"황보", U"제갈", U"선우", U"사공", U"독고", U"서문", U"동방", U"황목"};
  if (name.size() < 2 || !std::ranges::all_of(name, is_hangul_syllable)) return 0;
  const bool is_of_two =
      name.size() > 2 && std::ranges::find(kOfTwo, name.substr(0, 2)) != kOfTwo.end();
  return is_of_two ? 2 : 1;
}

/// A person's words, the surname of a Hangul name apart.
std::vector<NameWord> with_surname_apart(std::vector<NameWord> words) {
  if (words.size() != 1 || words[0].script != WordScript::kHangul) return words;
  const std::size_t size = surname_size(words[0].text);
  if (size == 0) return words;
  const NameWord surname{words[0].text.substr(0, size), WordScript::kHangul};
  const NameWord given{words[0].text.substr(size), WordScript::kHangul};
  return {surname, given};
}

/// The words from the first that has no sound on are left out of what is heard.
void add_soundings(NameForm& form, std::span<const NameWord> words, std::size_t heard,
                   bool is_whole) {
  for (NameSound& sound : sounds_of(words.first(heard))) {
    NameForm::Sounding sounding{std::move(sound), is_whole && heard == words.size()};
    if (std::ranges::find(form.soundings, sounding) == form.soundings.end()) {
      form.soundings.push_back(std::move(sounding));
    }
  }
}

/// The words from `first` on, and those before it after them where the order is free.
std::vector<NameWord> from_word(const std::vector<NameWord>& words, std::size_t first,
                                NameOrder order) {
  const auto start = words.begin() + static_cast<std::ptrdiff_t>(first);
  std::vector<NameWord> rotated(start, words.end());
  if (order == NameOrder::kAny) rotated.insert(rotated.end(), words.begin(), start);
  return rotated;
}

void add_start(NameForm& form, NameForm::Start start) {
  if (start.text.empty() || std::ranges::find(form.starts, start) != form.starts.end()) return;
  form.starts.push_back(std::move(start));
}

std::vector<NameWord> latin_words(const std::vector<NameWord>& words, std::string_view language) {
  std::string spelled;
  bool has_spelling = false;
  for (const NameWord& word : words) {
    const std::string latin = latin_spelling(word, language);
    has_spelling = has_spelling || !latin.empty();
    spelled += " " + (latin.empty() ? to_utf8(word.text) : latin);
  }
  return has_spelling ? name_words(spelled) : std::vector<NameWord>();
}

void add_starts(NameForm& form, const std::vector<NameWord>& words, NameOrder order,
                bool is_spelling) {
  std::vector<bool> sound;
  for (const NameWord& word : words) sound.push_back(has_sound(word));
  for (std::size_t first = 0; first < std::min(words.size(), kMostStarts); ++first) {
    const bool is_whole = first == 0 || order == NameOrder::kAny;
    const auto rotated = from_word(words, first, order);
    add_start(form, {joined(rotated), is_whole, is_spelling});
    std::size_t heard = 0;
    while (heard < rotated.size() && sound[(first + heard) % words.size()]) ++heard;
    if (heard > 0) add_soundings(form, rotated, heard, is_whole);
  }
}

bool has_word(const NameForm& name, const NameWord& word) {
  if (is_dense(word.script) && word.text.size() > 1) {
    return name.starts.front().text.find(word.text) != std::u32string::npos;
  }
  return std::ranges::any_of(
      name.words, [&](const NameWord& each) { return each.text.starts_with(word.text); });
}

bool has_word_but_for_typos(const NameForm& name, const NameWord& word) {
  const int typos = typos_allowed(word);
  if (typos == 0) return false;
  const std::u32string typed = typed_letters(word);
  return std::ranges::any_of(name.words, [&](const NameWord& each) {
    const std::u32string letters = typed_letters(each);
    return !letters.empty() && is_within(typed, letters, typos);
  });
}

std::optional<NameFit> better(std::optional<NameFit> a, std::optional<NameFit> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

std::optional<NameFit> fit_of_start(const std::u32string& typed, const NameForm::Start& start) {
  if (!start.text.starts_with(typed)) return std::nullopt;
  const bool is_all = start.is_whole && start.text.size() == typed.size();
  if (!start.is_spelling) {
    return is_all ? NameFit::kExact : start.is_whole ? NameFit::kPrefix : NameFit::kPart;
  }
  if (is_all) return NameFit::kRomanised;
  return typed.size() >= kLeastLetters ? std::optional(NameFit::kRomanisedPrefix) : std::nullopt;
}

std::optional<NameFit> fit_of_letters(const NameForm& typed, const NameForm& name) {
  std::optional<NameFit> best;
  for (const NameForm::Start& start : name.starts) {
    best = better(best, fit_of_start(typed.starts.front().text, start));
  }
  const bool has_all =
      std::ranges::all_of(typed.words, [&](const NameWord& word) { return has_word(name, word); });
  return has_all ? better(best, NameFit::kPart) : best;
}

/// What is typed has one order and is whole; its soundings are the ways to read it.
std::optional<NameFit> fit_of_sound(const NameForm& typed, const NameForm& name) {
  std::optional<NameFit> best;
  for (const NameForm::Sounding& wanted : typed.soundings) {
    if (!wanted.is_whole) continue;
    for (const NameForm::Sounding& each : name.soundings) {
      if (!begins_with(each.sound, wanted.sound)) continue;
      const bool is_all = each.is_whole && each.sound.units.size() == wanted.sound.units.size();
      if (is_all) return NameFit::kRomanised;
      if (may_begin_sounds(typed)) best = NameFit::kRomanisedPrefix;
    }
  }
  return best;
}

std::u32string letters_of(const NameSound& sound) {
  return {sound.units.begin(), sound.units.end()};
}

bool sounds_alike_but_for_a_typo(const NameForm& typed, const NameForm& name) {
  for (const NameForm::Sounding& wanted : typed.soundings) {
    const std::size_t size = wanted.sound.units.size();
    if (!wanted.is_whole || size < kLeastTypoUnits || size > kMostTypoUnits) continue;
    for (const NameForm::Sounding& each : name.soundings) {
      if (each.is_whole && each.sound.units.size() <= kMostTypoUnits &&
          is_within(letters_of(wanted.sound), letters_of(each.sound), 1)) {
        return true;
      }
    }
  }
  return false;
}

std::optional<NameFit> fit_but_for_typos(const NameForm& typed, const NameForm& name) {
  const bool has_all = std::ranges::all_of(typed.words, [&](const NameWord& word) {
    return has_word(name, word) || has_word_but_for_typos(name, word);
  });
  return has_all || sounds_alike_but_for_a_typo(typed, name) ? std::optional(NameFit::kTypo)
                                                             : std::nullopt;
}

/// Without its marks, what is typed is never more than a part of a name.
std::optional<NameFit> fit_of_bare(const NameForm& bare, const NameForm& name) {
  if (fit_of_letters(bare, name).value_or(NameFit::kTypo) <= NameFit::kPart) return NameFit::kPart;
  return fit_of_sound(bare, name) ? std::optional(NameFit::kRomanisedPrefix) : std::nullopt;
}

}  // namespace

std::string_view to_string(NameFit fit) {
  static constexpr std::array<std::string_view, kNameFits> kWords{
      "exact", "prefix", "part", "romanised", "romanised-prefix", "typo"};
  return kWords[static_cast<std::size_t>(fit)];
}

NameForm name_form(std::string_view name, NameOrder order, std::string_view language) {
  NameForm form;
  form.words = name_words(name);
  const bool is_free = order == NameOrder::kAny;
  add_starts(form, is_free ? with_surname_apart(form.words) : form.words, order, false);
  add_starts(form, latin_words(form.words, language), order, true);
  return form;
}

NameQuery name_query(std::string_view typed) {
  NameQuery query{name_form(typed, NameOrder::kAsWritten, ""), std::nullopt};
  NameForm bare = name_form(without_marks(typed), NameOrder::kAsWritten, "");
  if (!bare.words.empty() && bare.words != query.form.words) query.bare = std::move(bare);
  return query;
}

bool may_begin_sounds(const NameForm& typed) {
  const bool is_latin = std::ranges::all_of(
      typed.words, [](const NameWord& word) { return word.script == WordScript::kLatin; });
  return !typed.starts.empty() &&
         typed.starts.front().text.size() >= (is_latin ? kLeastLetters : kLeastSyllables);
}

std::optional<NameFit> fit_of(const NameQuery& query, const NameForm& name) {
  if (query.form.words.empty() || name.words.empty()) return std::nullopt;
  std::optional<NameFit> fit = fit_of_letters(query.form, name);
  if (!fit || *fit > NameFit::kPart) fit = better(fit, fit_of_sound(query.form, name));
  if (query.bare) fit = better(fit, fit_of_bare(*query.bare, name));
  return fit ? fit : fit_but_for_typos(query.form, name);
}

}  // namespace needledrop
