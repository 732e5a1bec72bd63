#include <algorithm>
#include <array>
#include <vector>

#include "media/naming.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

enum class Field { kSeason, kNumber, kPart };

struct Mark {
  Field field;
  int value;
  std::size_t begin;
  std::size_t end;
};

/// A word that a number follows. `gap`: separators may stand between.
struct LeadingWord {
  Field field;
  std::u32string_view word;
  bool gap;
};
constexpr auto kLeadingWords = std::to_array<LeadingWord>({
    {Field::kSeason, U"season", true},
    {Field::kSeason, U"시즌", true},
    {Field::kSeason, U"シーズン", true},
    {Field::kNumber, U"episode", true},
    {Field::kNumber, U"epi", true},
    {Field::kNumber, U"eps", true},
    {Field::kNumber, U"ep", true},
    {Field::kNumber, U"에피소드", true},
    {Field::kNumber, U"エピソード", true},
    {Field::kPart, U"part", true},
    {Field::kPart, U"pt", true},
    {Field::kPart, U"파트", true},
    {Field::kPart, U"パート", true},
    {Field::kSeason, U"s", false},
    {Field::kNumber, U"e", false},
});

/// A word that follows a number. `ordinal`: only with 제 or 第 before the number.
struct TrailingWord {
  Field field;
  std::u32string_view word;
  bool ordinal;
};
constexpr auto kTrailingWords = std::to_array<TrailingWord>({
    {Field::kNumber, U"회", false},
    {Field::kNumber, U"화", false},
    {Field::kNumber, U"話", false},
    {Field::kNumber, U"话", false},
    {Field::kNumber, U"集", false},
    {Field::kNumber, U"回", true},
    {Field::kPart, U"부", false},
    {Field::kPart, U"部", true},
    {Field::kSeason, U"季", true},
    {Field::kSeason, U"シーズン", true},
    {Field::kSeason, U"期", true},
});
// Words that only begin like a trailing word: a twelve-part series, picture quality, innings.
constexpr auto kNotTrailing = std::to_array<std::u32string_view>(
    {U"부작", U"부터", U"부분", U"화질", U"화소", U"회전", U"회말", U"회초", U"회원", U"集数"});

constexpr auto kSuffixes = std::to_array<std::u32string_view>(
    {U"mp4", U"mkv",  U"mov",  U"mxf", U"avi",  U"ts",  U"m2ts", U"mts", U"mpg", U"mpeg", U"wmv",
     U"flv", U"webm", U"m4v",  U"wav", U"flac", U"mp3", U"m4a",  U"aac", U"ogg", U"opus", U"oga",
     U"wma", U"aif",  U"aiff", U"ac3", U"eac3", U"mka", U"3gp",  U"vob", U"w64", U"caf",  U"dts",
     U"ape", U"wv",   U"srt",  U"vtt", U"smi",  U"ass", U"tp",   U"m2t"});

/// Full-width and upper-case letters as plain small ones.
char32_t plain(char32_t c) {
  if (c >= U'！' && c <= U'～') c -= 0xFEE0;
  return c >= U'A' && c <= U'Z' ? c + 32 : c;
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
bool is_letter(char32_t c) {
  return c >= U'a' && c <= U'z';
}
bool is_separator(char32_t c) {
  return c == U' ' || c == U'.' || c == U'_' || c == U'-' || c == U'#' || c == U':';
}

/// Value of one Han numeral below ten; 0 for others.
int han_digit(char32_t c) {
  constexpr std::u32string_view kDigits = U"一二三四五六七八九";
  const auto at = kDigits.find(c);
  return at == std::u32string_view::npos ? 0 : static_cast<int>(at) + 1;
}

class Scanner {
 public:
  explicit Scanner(std::u32string_view text) {
    for (const char32_t c : text) text_ += plain(c);
  }

  std::vector<Mark> marks() {
    std::vector<Mark> found;
    for (std::size_t at = 0; at < text_.size();) {
      const auto before = found.size();
      if (is_word_start(at)) season_by_number(at, found);
      if (found.size() == before && is_word_start(at)) leading(at, found);
      if (found.size() == before) trailing(at, found);
      if (found.size() == before) {
        ++at;
      } else {
        at = found.back().end;
        last_end_ = at;
      }
    }
    return found;
  }

 private:
  struct Number {
    int value = 0;
    std::size_t end = 0;  // where it ends; where it would begin when there is none
    std::size_t digits = 0;
  };

  [[nodiscard]] char32_t at(std::size_t i) const { return i < text_.size() ? text_[i] : U'\0'; }

  // A mark may follow the one before it directly: S01E12.
  [[nodiscard]] bool is_word_start(std::size_t i) const {
    return i == 0 || i == last_end_ || (!is_letter(text_[i - 1]) && !is_digit(text_[i - 1]));
  }

  // E12v2, E12E13 and S01E12 go on in letters; "2nd" and "e12f" don't count.
  [[nodiscard]] bool is_number_end(std::size_t i) const {
    if (is_digit(at(i))) return false;
    if (!is_letter(at(i))) return true;
    const bool goes_on = at(i) == U'e' && (is_digit(at(i + 1)) || at(i + 1) == U'p');
    return goes_on || (at(i) == U'v' && is_digit(at(i + 1)));
  }

  [[nodiscard]] Number number(std::size_t i) const {
    Number result{.end = i};
    for (; is_digit(at(result.end)) && result.digits < 5; ++result.end, ++result.digits) {
      result.value = result.value * 10 + static_cast<int>(at(result.end) - U'0');
    }
    return result;
  }

  [[nodiscard]] Number han_number(std::size_t i) const {
    Number result{.end = i};
    int ones = 0;
    for (;; ++result.end, ++result.digits) {
      const char32_t c = at(result.end);
      if (han_digit(c) > 0) {
        ones = han_digit(c);
      } else if (c == U'十' || c == U'百') {
        result.value += std::max(ones, 1) * (c == U'十' ? 10 : 100);
        ones = 0;
      } else {
        break;
      }
    }
    result.value += ones;
    return result;
  }

  [[nodiscard]] Number roman_number(std::size_t i) const {
    constexpr auto kRoman = std::to_array<std::u32string_view>({U"i", U"ii", U"iii", U"iv", U"v"});
    Number result{.end = i};
    while (at(result.end) == U'i' || at(result.end) == U'v') ++result.end;
    const auto text = std::u32string_view(text_).substr(i, result.end - i);
    const auto found = std::ranges::find(kRoman, text);
    if (found == kRoman.end()) return {.end = i};
    result.value = static_cast<int>(found - kRoman.begin()) + 1;
    result.digits = text.size();
    return result;
  }

  // 1x12, but not 16x9 and not 1920x1080.
  void season_by_number(std::size_t i, std::vector<Mark>& found) const {
    const Number season = number(i);
    if (season.digits < 1 || season.digits > 2 || at(season.end) != U'x') return;
    const Number episode = number(season.end + 1);
    if (episode.digits < 2 || episode.digits > 3 || !is_number_end(episode.end)) return;
    found.push_back({Field::kSeason, season.value, i, season.end});
    found.push_back({Field::kNumber, episode.value, season.end, episode.end});
  }

  void leading(std::size_t i, std::vector<Mark>& found) const {
    for (const auto& lead : kLeadingWords) {
      if (!std::u32string_view(text_).substr(i).starts_with(lead.word)) continue;
      std::size_t start = i + lead.word.size();
      for (int gap = 0; lead.gap && gap < 3 && is_separator(at(start)); ++gap) ++start;
      Number value = number(start);
      if (value.digits == 0 && lead.field == Field::kPart && start > i + lead.word.size()) {
        value = roman_number(start);
      }
      const std::size_t most = lead.field == Field::kNumber ? 4 : 2;
      if (value.digits == 0 || value.digits > most || !is_number_end(value.end)) continue;
      found.push_back({lead.field, value.value, i, value.end});
      return;
    }
  }

  void trailing(std::size_t i, std::vector<Mark>& found) const {
    const bool ordinal = at(i) == U'제' || at(i) == U'第';
    if (!ordinal && (!is_digit(at(i)) || (i > 0 && is_digit(text_[i - 1])))) return;
    std::size_t start = i + (ordinal ? 1 : 0);
    if (ordinal && at(start) == U' ') ++start;
    Number value = number(start);
    if (value.digits == 0 && ordinal) value = han_number(start);
    if (value.digits == 0 || value.digits > 4) return;
    if (at(value.end) == U' ') ++value.end;
    const auto after = std::u32string_view(text_).substr(value.end);
    const auto begins = [&](std::u32string_view word) { return after.starts_with(word); };
    if (std::ranges::any_of(kNotTrailing, begins)) return;
    for (const auto& trail : kTrailingWords) {
      if (!begins(trail.word) || (trail.ordinal && !ordinal)) continue;
      found.push_back({trail.field, value.value, i, value.end + trail.word.size()});
      return;
    }
  }

  std::u32string text_;
  std::size_t last_end_ = std::u32string::npos;
};

std::u32string_view file_stem(std::u32string_view name) {
  const auto slash = name.rfind(U'/');
  if (slash != std::u32string_view::npos) name.remove_prefix(slash + 1);
  const auto dot = name.rfind(U'.');
  if (dot == std::u32string_view::npos) return name;
  std::u32string suffix;
  for (const char32_t c : name.substr(dot + 1)) suffix += plain(c);
  return std::ranges::find(kSuffixes, suffix) == kSuffixes.end() ? name : name.substr(0, dot);
}

bool is_edge(char32_t c) {
  return std::u32string_view(U" -–—_.,:;~|#[]()【】「」『』<>《》〈〉\u3000").find(c) !=
         std::u32string_view::npos;
}

/// A group in front, "[KBS] Title", is who published the file, unless nothing else is there.
std::u32string_view without_group(std::u32string_view text) {
  const auto close = text.find(U']');
  if (text.empty() || text.front() != U'[' || close == std::u32string_view::npos) return text;
  const auto rest = text.substr(close + 1);
  return std::ranges::all_of(rest, is_edge) ? text : rest;
}

std::string production_of(std::u32string_view text) {
  text = without_group(text);
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  const bool closes = !text.empty() && text.back() == U')' && text.find(U'(') != text.npos;
  while (!text.empty() && is_edge(text.back()) && !closes) {
    text.remove_suffix(1);
    if (!text.empty() && text.back() == U')' && text.find(U'(') != text.npos) break;
  }
  const bool dots_are_spaces = text.find(U' ') == std::u32string_view::npos;
  std::u32string clean;
  for (const char32_t c : text) {
    const bool space = c == U' ' || c == U'_' || (c == U'.' && dots_are_spaces);
    if (!space) {
      clean += c;
    } else if (!clean.empty() && clean.back() != U' ') {
      clean += U' ';
    }
  }
  return to_utf8(clean);
}

}  // namespace

EpisodeName read_episode_name(std::string_view name) {
  const auto text = to_code_points(name);
  const auto stem = file_stem(text);
  auto marks = Scanner(stem).marks();
  // A lone "S2" may be anything; it is a season beside an episode.
  const bool numbered = std::ranges::find(marks, Field::kNumber, &Mark::field) != marks.end();
  const auto lone_season = [&](const Mark& mark) {
    return mark.field == Field::kSeason && !numbered && plain(stem[mark.begin]) == U's' &&
           is_digit(plain(stem[mark.begin + 1]));
  };
  marks.erase(std::remove_if(marks.begin(), marks.end(), lone_season), marks.end());
  EpisodeName result;
  const auto take = [](std::optional<int>& field, int value) { field = field.value_or(value); };
  for (const auto& mark : marks) {
    if (mark.field == Field::kSeason) take(result.season, mark.value);
    if (mark.field == Field::kNumber) take(result.number, mark.value);
    if (mark.field == Field::kPart) take(result.part, mark.value);
  }
  if (!marks.empty()) result.production = production_of(stem.substr(0, marks.front().begin));
  return result;
}

}  // namespace needledrop
