#include "catalogue/name_typos.h"

#include <algorithm>
#include <numeric>

#include "catalogue/hangul.h"

namespace needledrop {
namespace {

constexpr std::size_t kLongest = 32;

void add_letters(std::u32string& letters, char32_t c) {
  if (!is_hangul_syllable(c)) {
    letters += c;
    return;
  }
  const HangulSyllable syllable = hangul_syllable(c);
  letters += U'\u1100' + static_cast<char32_t>(syllable.initial);
  letters += U'\u1161' + static_cast<char32_t>(syllable.medial);
  if (syllable.final != 0) letters += U'\u11A7' + static_cast<char32_t>(syllable.final);
}

/// FNV-1a over the letters.
std::uint32_t hash_of(std::u32string_view letters) {
  std::uint32_t hash = 2'166'136'261U;
  for (const char32_t letter : letters) {
    for (int shift = 0; shift < 24; shift += 8) {
      hash = (hash ^ (static_cast<std::uint32_t>(letter) >> shift & 0xFFU)) * 16'777'619U;
    }
  }
  return hash;
}

void add_hashes(std::vector<std::uint32_t>& hashes, const std::u32string& letters,
                std::size_t first, int typos) {
  hashes.push_back(hash_of(letters));
  if (typos == 0) return;
  for (std::size_t i = first; i < letters.size(); ++i) {
    std::u32string rest = letters;
    rest.erase(i, 1);
    add_hashes(hashes, rest, i, typos - 1);
  }
}

}  // namespace

std::u32string typed_letters(const NameWord& word) {
  std::u32string letters;
  const bool has_letters = word.script != WordScript::kHan && word.script != WordScript::kDense;
  if (!has_letters || word.text.size() > kLongest) return letters;
  for (const char32_t c : word.text) add_letters(letters, c);
  return letters;
}

int typos_allowed(const NameWord& typed) {
  const std::size_t size = typed_letters(typed).size();
  if (typed.script == WordScript::kHangul) return size >= 6 ? 1 : 0;
  if (size >= 8) return 2;
  return size >= 4 ? 1 : 0;
}

int typos_kept(const NameWord& word) {
  const std::size_t size = typed_letters(word).size();
  if (word.script == WordScript::kHangul) return size >= 5 ? 1 : 0;
  if (size >= 6) return 2;
  return size >= 3 ? 1 : 0;
}

bool is_within(std::u32string_view a, std::u32string_view b, int most) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > static_cast<std::size_t>(most)) return false;
  std::vector<int> before_last(b.size() + 1);
  std::vector<int> last(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  std::iota(last.begin(), last.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool is_swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > most) return false;
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()] <= most;
}

std::vector<std::uint32_t> near_hashes(std::u32string_view letters, int typos, std::size_t hashed) {
  std::vector<std::uint32_t> hashes;
  add_hashes(hashes, std::u32string(letters.substr(0, hashed)), 0, typos);
  std::ranges::sort(hashes);
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

}  // namespace needledrop
