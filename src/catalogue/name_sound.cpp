#include "catalogue/name_sound.h"

#include <algorithm>
#include <array>
#include <optional>

#include "catalogue/hangul.h"
#include "catalogue/kana.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr std::uint32_t kAny = (1U << 21) - 1;

// Medials by their number in HangulSyllable.
enum Medial : unsigned {
  kA,
  kAe,
  kYa,
  kYae,
  kEo,
  kE,
  kYeo,
  kYe,
  kO,
  kWa,
  kWae,
  kOe,
  kYo,
  kU,
  kWo,
  kWe,
  kWi,
  kYu,
  kEu,
  kUi,
  kI
};

template <typename... Medials>
constexpr std::uint32_t any_of(Medials... medials) {
  return ((1U << static_cast<unsigned>(medials)) | ...);
}

/// How a vowel is spelled, and what it may stand for.
struct Spelling {
  std::string_view letters;
  char unit;  // 'A', 'U' or 'I'
  bool has_glide;
  std::uint32_t medials;
};

// Attested in passports, on sheets and posters (and by Revised Romanization and by
// McCune-Reischauer without its marks). Sorted by nothing: 41 are looked through.
constexpr std::array kSpellings{
    Spelling{"a", 'A', false, any_of(kA)},
    Spelling{"aa", 'A', false, any_of(kA)},
    Spelling{"wa", 'A', false, any_of(kWa)},
    Spelling{"oa", 'A', false, any_of(kWa)},
    Spelling{"ya", 'A', true, any_of(kYa)},
    Spelling{"eo", 'U', false, any_of(kEo)},
    Spelling{"o", 'U', false, any_of(kO, kEo)},
    Spelling{"u", 'U', false, any_of(kU, kEo, kEu)},
    Spelling{"oo", 'U', false, any_of(kU)},
    Spelling{"ou", 'U', false, any_of(kU, kEo, kO)},
    Spelling{"uu", 'U', false, any_of(kU)},
    Spelling{"eu", 'U', false, any_of(kEu)},
    Spelling{"wo", 'U', false, any_of(kWo)},
    Spelling{"weo", 'U', false, any_of(kWo)},
    Spelling{"woo", 'U', false, any_of(kU)},
    Spelling{"wu", 'U', false, any_of(kU, kWo)},
    Spelling{"yeo", 'U', true, any_of(kYeo)},
    Spelling{"yeu", 'U', true, any_of(kYeo)},
    Spelling{"yeou", 'U', true, any_of(kYeo)},
    Spelling{"yo", 'U', true, any_of(kYo, kYeo)},
    Spelling{"you", 'U', true, any_of(kYeo, kYu)},
    Spelling{"yu", 'U', true, any_of(kYu, kYeo)},
    Spelling{"yoo", 'U', true, any_of(kYu)},
    Spelling{"ae", 'I', false, any_of(kAe, kYae, kE)},
    Spelling{"ai", 'I', false, any_of(kAe)},
    Spelling{"ay", 'I', false, any_of(kAe, kE)},
    Spelling{"e", 'I', false, any_of(kE, kAe, kYe)},
    Spelling{"ea", 'I', false, any_of(kAe, kE, kI)},
    Spelling{"ei", 'I', false, any_of(kE)},
    Spelling{"ey", 'I', false, any_of(kE, kI)},
    Spelling{"ye", 'I', false, any_of(kYe, kYae, kE)},
    Spelling{"yae", 'I', false, any_of(kYae)},
    Spelling{"oe", 'I', false, any_of(kOe, kWe)},
    Spelling{"oi", 'I', false, any_of(kOe)},
    Spelling{"we", 'I', false, any_of(kWe, kOe, kWae, kWi)},
    Spelling{"wae", 'I', false, any_of(kWae, kOe)},
    Spelling{"wi", 'I', false, any_of(kWi)},
    Spelling{"wee", 'I', false, any_of(kWi)},
    Spelling{"ui", 'I', false, any_of(kUi, kWi)},
    Spelling{"eui", 'I', false, any_of(kUi)},
    Spelling{"i", 'I', false, any_of(kI, kUi)},
    Spelling{"ii", 'I', false, any_of(kI)},
    Spelling{"ee", 'I', false, any_of(kI, kUi)},
    Spelling{"ie", 'I', false, any_of(kI)},
    Spelling{"yi", 'I', false, any_of(kI, kUi)},
    Spelling{"y", 'I', false, any_of(kI)},
};

bool is_vowel(char unit) {
  return unit == 'A' || unit == 'U' || unit == 'I';
}

bool is_consonant(char unit) {
  return !is_vowel(unit) && unit != 'Y' && (unit < '0' || unit > '9');
}

/// Puts sounds in a row. What two spellings of a name may differ in at the joint of two syllables
/// is made the same: doubled consonants, h after a consonant, n before m and p, vowels that meet.
class SoundWriter {
 public:
  void add(char unit, std::uint32_t medials = kAny) {
    if (is_vowel(unit)) {
      add_vowel(unit, medials);
    } else {
      add_consonant(unit);
    }
  }
  [[nodiscard]] NameSound take() { return std::move(sound_); }

 private:
  [[nodiscard]] char last() const { return sound_.units.empty() ? '\0' : sound_.units.back(); }
  void push(char unit, std::uint32_t medials) {
    sound_.units += unit;
    sound_.medials.push_back(medials);
  }
  void pop() {
    sound_.units.pop_back();
    sound_.medials.pop_back();
  }

  void add_consonant(char unit) {
    if (unit == last() && is_consonant(unit)) return;
    if (unit == 'H' && last() != '\0' && is_consonant(last())) return;
    if (last() == 'N' && (unit == 'M' || unit == 'P')) {
      pop();
      add_consonant('M');
      add_consonant(unit);
      return;
    }
    push(unit, kAny);
  }

  /// "su-in" is as well read as 스인 or 쉰: vowels that meet become the front one, which may be
  /// any.
  void add_vowel(char unit, std::uint32_t medials) {
    if (last() == unit) {
      sound_.medials.back() = kAny;
    } else if (unit == 'I' && (last() == 'Y' || is_vowel(last()))) {
      pop();
      add_vowel(unit, last() == 'Y' || is_vowel(last()) ? kAny : medials);
      sound_.medials.back() = kAny;
    } else {
      push(unit, medials);
    }
  }

  NameSound sound_;
};

/// How the words of a name are read.
struct Reading {
  bool as_pronounced = false;  // else as each syllable is spelled
  bool drops_r = false;        // at the beginning of a word, as Korean's initial sound law has it
};

/// What comes first in a word: r before i and y is silent there, and n before other vowels.
void add_first(SoundWriter& writer, char unit, bool before_i_or_y, const Reading& reading) {
  if (unit != 'R' || !reading.drops_r) {
    writer.add(unit);
  } else if (!before_i_or_y) {
    writer.add('N');
  }
}

bool is_vowel_letter(char c) {
  return std::string_view("aeiouwy").find(c) != std::string_view::npos;
}

/// The consonant that the text begins with: its letters and its unit; 0 letters when it is none
/// that romanisations have.
struct Consonant {
  std::size_t size = 0;
  char unit = '\0';
};

Consonant first_consonant(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 12> kSeveral{{{"tch", 'C'},
                                                                               {"ch", 'C'},
                                                                               {"sh", 'S'},
                                                                               {"th", 'T'},
                                                                               {"ph", 'P'},
                                                                               {"kh", 'K'},
                                                                               {"gh", 'K'},
                                                                               {"ck", 'K'},
                                                                               {"rh", 'R'},
                                                                               {"lh", 'R'},
                                                                               {"zh", 'C'},
                                                                               {"ts", 'C'}}};
  static constexpr std::string_view kLetters = "gkdtbpfszjlrmnh";
  static constexpr std::string_view kUnits = "KKTTPPPSCCRRMNH";
  const auto* const several = std::ranges::find_if(
      kSeveral, [text](const auto& each) { return text.starts_with(each.first); });
  if (several != kSeveral.end()) return {several->first.size(), several->second};
  const auto single = kLetters.find(text.front());
  return single == std::string_view::npos ? Consonant{} : Consonant{1, kUnits[single]};
}

void add_spelling(SoundWriter& writer, const Spelling& spelling, std::uint32_t medials) {
  if (spelling.has_glide) writer.add('Y');
  writer.add(spelling.unit, medials);
}

/// A run of vowel letters is one vowel where it is spelled so; else what its parts may be is open.
void add_vowels(SoundWriter& writer, std::string_view run) {
  const auto* const one = std::ranges::find(kSpellings, run, &Spelling::letters);
  if (one != kSpellings.end()) {
    add_spelling(writer, *one, one->medials);
    return;
  }
  while (!run.empty()) {
    const Spelling* longest = nullptr;
    for (const Spelling& each : kSpellings) {
      if (run.starts_with(each.letters) &&
          (longest == nullptr || each.letters.size() > longest->letters.size())) {
        longest = &each;
      }
    }
    if (longest != nullptr) add_spelling(writer, *longest, kAny);
    run.remove_prefix(longest == nullptr ? 1 : longest->letters.size());
  }
}

bool begins_with_i_or_y(std::string_view vowels) {
  return vowels.starts_with('y') || vowels.starts_with('i') || vowels.starts_with("ee");
}

/// After a vowel, h and r are not heard unless a vowel follows: Noh, Suh, Park, Hur.
bool is_silent(std::string_view rest) {
  return (rest.front() == 'h' || rest.front() == 'r') &&
         (rest.size() == 1 || !(is_vowel_letter(rest[1]) || rest[1] == rest[0] || rest[1] == 'h'));
}

bool add_latin(SoundWriter& writer, std::string letters, const Reading& reading) {
  const auto swapped = letters.find("wh");  // Kyung-wha for Kyung-hwa
  if (swapped != std::string::npos) letters.replace(swapped, 2, "hw");
  std::string_view word = letters;
  constexpr int kMostConsonants = 3;
  bool is_first = true;
  int consonants = 0;
  while (!word.empty()) {
    if (is_vowel_letter(word.front())) {
      const std::size_t size = std::min(word.find_first_not_of("aeiouwy"), word.size());
      add_vowels(writer, word.substr(0, size));
      word.remove_prefix(size);
      consonants = 0;
      if (!word.empty() && is_silent(word)) word.remove_prefix(1);
    } else if (word.front() >= '0' && word.front() <= '9') {
      writer.add(word.front());
      word.remove_prefix(1);
      consonants = 0;
    } else {
      const Consonant consonant = first_consonant(word);
      if (consonant.size == 0 || ++consonants > kMostConsonants) return false;
      word.remove_prefix(consonant.size);
      if (is_first) {
        add_first(writer, consonant.unit, begins_with_i_or_y(word), reading);
      } else {
        writer.add(consonant.unit);
      }
    }
    is_first = false;
  }
  return true;
}

constexpr std::array<std::string_view, 19> kInitialUnits{
    "K", "K", "N", "T", "T", "R", "M", "P", "P", "S", "S", "", "C", "C", "C", "K", "T", "P", "H"};
/// Finals before a consonant and at the end.
constexpr std::array<std::string_view, 28> kFinalUnits{
    "",  "K", "K", "K", "N", "N", "N", "T",  "R", "K", "M", "R", "R", "R",
    "P", "R", "M", "P", "P", "T", "T", "NK", "T", "T", "K", "T", "P", ""};
/// Finals before a vowel, to which they pass over.
constexpr std::array<std::string_view, 28> kLinkedUnits{
    "",   "K", "K", "KS", "N",  "NC", "N", "T",  "R", "RK", "RM", "RP", "RS", "RT",
    "RP", "R", "M", "P",  "PS", "S",  "S", "NK", "C", "C",  "K",  "T",  "P",  ""};

constexpr std::string_view kMedialUnits = "AIAIUIUIUAIIUUUIIUUII";

bool has_glide(int medial) {
  return medial == kYa || medial == kYeo || medial == kYo || medial == kYu;
}

bool is_i_or_y(int medial) {
  return has_glide(medial) || medial == kI || medial == kYe || medial == kYae;
}

/// What a final and the initial after it sound like together (Standard Pronunciation, chapters 4
/// and 5): linking, nasals before nasals, r next to n.
struct Joint {
  std::string final;
  std::string initial;
};

Joint pronounced(const HangulSyllable& left, const HangulSyllable& right) {
  constexpr int kSilent = 11;
  Joint joint{std::string(kFinalUnits[static_cast<std::size_t>(left.final)]),
              std::string(kInitialUnits[static_cast<std::size_t>(right.initial)])};
  if (right.initial == kSilent) {
    constexpr int kT = 7;
    constexpr int kAspiratedT = 25;
    const bool is_palatal = right.medial == kI && (left.final == kT || left.final == kAspiratedT);
    joint.final = is_palatal ? "C" : kLinkedUnits[static_cast<std::size_t>(left.final)];
    return joint;
  }
  if (joint.final == "R" && joint.initial == "N") joint.initial = "R";
  if (joint.final == "N" && joint.initial == "R") joint.final = "R";
  const bool is_stop = joint.final == "K" || joint.final == "T" || joint.final == "P";
  if (joint.initial == "R" && (is_stop || joint.final == "M" || joint.final == "NK")) {
    joint.initial = "N";
  }
  if (is_stop && (joint.initial == "N" || joint.initial == "M")) {
    joint.final = joint.final == "K" ? "NK" : joint.final == "T" ? "N" : "M";
  }
  return joint;
}

void add_all(SoundWriter& writer, std::string_view units) {
  for (const char unit : units) writer.add(unit);
}

bool add_hangul(SoundWriter& writer, std::u32string_view word, const Reading& reading) {
  if (!std::ranges::all_of(word, is_hangul_syllable)) return false;  // letters on their own
  std::string initial;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const HangulSyllable syllable = hangul_syllable(word[i]);
    const auto medial = static_cast<std::size_t>(syllable.medial);
    if (i == 0) {
      const auto units = kInitialUnits[static_cast<std::size_t>(syllable.initial)];
      if (!units.empty()) add_first(writer, units.front(), is_i_or_y(syllable.medial), reading);
    } else {
      add_all(writer, initial);
    }
    if (has_glide(syllable.medial)) writer.add('Y');
    writer.add(kMedialUnits[medial], 1U << static_cast<unsigned>(syllable.medial));
    std::string final(kFinalUnits[static_cast<std::size_t>(syllable.final)]);
    if (i + 1 < word.size()) {
      const HangulSyllable next = hangul_syllable(word[i + 1]);
      initial = kInitialUnits[static_cast<std::size_t>(next.initial)];
      if (reading.as_pronounced) {
        Joint joint = pronounced(syllable, next);
        final = std::move(joint.final);
        initial = std::move(joint.initial);
      }
    }
    add_all(writer, final);
  }
  return true;
}

bool add_word(SoundWriter& writer, const NameWord& word, const Reading& reading) {
  switch (word.script) {
    case WordScript::kLatin:
      return add_latin(writer, to_utf8(word.text), reading);
    case WordScript::kHangul:
      return add_hangul(writer, word.text, reading);
    case WordScript::kKana:
      return add_latin(writer, hepburn(word.text), {});
    default:
      return false;
  }
}

std::optional<NameSound> read_aloud(std::span<const NameWord> words, const Reading& reading) {
  SoundWriter writer;
  for (const NameWord& word : words) {
    if (!add_word(writer, word, reading)) return std::nullopt;
  }
  return writer.take();
}

bool begins_with_r(const NameWord& word) {
  constexpr int kRieul = 5;
  if (word.script == WordScript::kLatin) return word.text[0] == U'r' || word.text[0] == U'l';
  return word.script == WordScript::kHangul && is_hangul_syllable(word.text[0]) &&
         hangul_syllable(word.text[0]).initial == kRieul;
}

bool is_hangul(const NameWord& word) {
  return word.script == WordScript::kHangul;
}

}  // namespace

std::vector<NameSound> sounds_of(std::span<const NameWord> words) {
  static constexpr std::array<Reading, 4> kReadings{
      {{false, false}, {true, false}, {false, true}, {true, true}}};
  const bool has_r = std::ranges::any_of(words, begins_with_r);
  const bool has_hangul = std::ranges::any_of(words, is_hangul);
  std::vector<NameSound> sounds;
  for (const Reading& reading : kReadings) {
    const bool is_another = (has_r || !reading.drops_r) && (has_hangul || !reading.as_pronounced);
    if (!is_another) continue;
    auto sound = read_aloud(words, reading);
    if (!sound || sound->units.empty()) return {};
    if (std::ranges::find(sounds, *sound) == sounds.end()) sounds.push_back(std::move(*sound));
  }
  return sounds;
}

bool has_sound(const NameWord& word) {
  return read_aloud({&word, 1}, {}).has_value();
}

bool begins_with(const NameSound& sound, const NameSound& beginning) {
  if (!std::string_view(sound.units).starts_with(beginning.units)) return false;
  for (std::size_t i = 0; i < beginning.medials.size(); ++i) {
    if ((sound.medials[i] & beginning.medials[i]) == 0) return false;
  }
  return true;
}

}  // namespace needledrop
