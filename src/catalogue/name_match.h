#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/name_sound.h"
#include "catalogue/name_words.h"

namespace needledrop {

/// How a name fits what somebody types, best first.
enum class NameFit {
  kExact,            // the same words, case, accents and punctuation aside
  kPrefix,           // the name begins so
  kPart,             // every word typed is in it, at the beginning of a word (in Hangul and Han
                     // anywhere)
  kRomanised,        // it sounds the same
  kRomanisedPrefix,  // it begins with what sounds the same
  kTypo,             // the same but for a typo, or two in long words
};

inline constexpr int kNameFits = 6;

/// "exact", "prefix", "part", "romanised", "romanised-prefix", "typo".
std::string_view to_string(NameFit fit);

/// In which order the words of a name come.
enum class NameOrder {
  kAsWritten,
  kAny,  // a person's: surname first or last. A surname is split off a Hangul name
};

/// A name made ready for comparing: all that searching knows of it.
struct NameForm {
  /// The words from one of them to the end, without spaces.
  struct Start {
    std::u32string text;
    bool is_whole = false;     // the whole name, in an order in which it may be said
    bool is_spelling = false;  // not the name but how latin_spelling spells it
    friend bool operator==(const Start&, const Start&) = default;
  };
  struct Sounding {
    NameSound sound;
    bool is_whole = false;
    friend bool operator==(const Sounding&, const Sounding&) = default;
  };
  std::vector<NameWord> words;
  std::vector<Start> starts;        // the first is the name as it is written; empty with no words
  std::vector<Sounding> soundings;  // of the starts that have a sound
};

/// Pure. `language` is BCP 47, "" unknown.
NameForm name_form(std::string_view name, NameOrder order, std::string_view language);

/// What somebody types.
struct NameQuery {
  NameForm form;
  std::optional<NameForm> bare;  // without_marks, when that is something else
};
NameQuery name_query(std::string_view typed);

/// How the name fits; nothing when it does not.
std::optional<NameFit> fit_of(const NameQuery& query, const NameForm& name);

/// May what is typed be the beginning of a sound? Not below three Latin letters or two syllables:
/// too many names fit.
bool may_begin_sounds(const NameForm& typed);

/// Sounds of this many units may differ by one, as a typo.
inline constexpr std::size_t kLeastTypoUnits = 6;
inline constexpr std::size_t kMostTypoUnits = 32;

}  // namespace needledrop
