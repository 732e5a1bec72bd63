#include "catalogue/name_typos.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

NameWord word_of(std::string_view text) {
  return name_words(text).at(0);
}

/// The definition, without a bound: fewest steps over all ways, by recursion.
int distance(std::u32string_view a, std::u32string_view b) {
  if (a.empty() || b.empty()) return static_cast<int>(a.size() + b.size());
  int best = distance(a.substr(1), b.substr(1)) + (a[0] == b[0] ? 0 : 1);
  best = std::min({best, distance(a.substr(1), b) + 1, distance(a, b.substr(1)) + 1});
  if (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0]) {
    best = std::min(best, distance(a.substr(2), b.substr(2)) + 1);
  }
  return best;
}

std::u32string random_word(std::mt19937& random, std::size_t longest) {
  std::u32string word;
  const std::size_t size = random() % (longest + 1);
  while (word.size() < size) word += U'a' + static_cast<char32_t>(random() % 3);
  return word;
}

TEST(NameTypos, AreInsertedMissingReplacedOrSwappedLetters) {
  EXPECT_TRUE(is_within(U"soohyun", U"soohyum", 1));
  EXPECT_TRUE(is_within(U"soohyun", U"soohyunn", 1));
  EXPECT_TRUE(is_within(U"soohyun", U"sohyun", 1));
  EXPECT_TRUE(is_within(U"soohyun", U"soohynu", 1));
  EXPECT_FALSE(is_within(U"soohyun", U"sohyum", 1));
  EXPECT_TRUE(is_within(U"soohyun", U"sohyum", 2));
  EXPECT_TRUE(is_within(U"", U"", 0));
  EXPECT_FALSE(is_within(U"", U"ab", 1));
}

TEST(NameTypos, LongWordsMayHaveTwo) {
  EXPECT_EQ(typos_allowed(word_of("kim")), 0);
  EXPECT_EQ(typos_allowed(word_of("hyun")), 1);
  EXPECT_EQ(typos_allowed(word_of("queens")), 1);
  EXPECT_EQ(typos_allowed(word_of("soohyunn")), 2);
  EXPECT_EQ(typos_allowed(word_of("수현")), 0);
  EXPECT_EQ(typos_allowed(word_of("김수현")), 1);
  EXPECT_EQ(typos_allowed(word_of("初恋物語大全集")), 0);
  EXPECT_EQ(typos_allowed(NameWord{std::u32string(33, U'a'), WordScript::kLatin}), 0);
}

TEST(NameTypos, InHangulALetterIsMistyped) {
  EXPECT_EQ(typed_letters(word_of("김수")), U"\u1100\u1175\u11B7\u1109\u116E");
  EXPECT_TRUE(is_within(typed_letters(word_of("김수현")), typed_letters(word_of("김수헌")), 1));
  EXPECT_FALSE(is_within(typed_letters(word_of("김수현")), typed_letters(word_of("김소헌")), 1));
}

TEST(NameTypos, TheDistanceIsItsDefinition) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 3000; ++i) {
    const std::u32string a = random_word(random, 6);
    const std::u32string b = random_word(random, 6);
    for (const int most : {0, 1, 2, 3}) {
      ASSERT_EQ(is_within(a, b, most), distance(a, b) <= most)
          << testing::PrintToString(a) << testing::PrintToString(b);
    }
  }
}

TEST(NameTypos, WordsWithinTheDistanceShareAHash) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  int compared = 0;
  while (compared < 2000) {
    const NameWord typed{random_word(random, 12), WordScript::kLatin};
    const NameWord stored{random_word(random, 12), WordScript::kLatin};
    const int typos = typos_allowed(typed);
    if (typos == 0 || !is_within(typed.text, stored.text, typos)) continue;
    ++compared;
    ASSERT_GE(typos_kept(stored), typos);
    const auto a = near_hashes(typed.text, typos);
    const auto b = near_hashes(stored.text, typos_kept(stored));
    std::vector<std::uint32_t> shared;
    std::ranges::set_intersection(a, b, std::back_inserter(shared));
    EXPECT_FALSE(shared.empty()) << testing::PrintToString(typed.text) << " "
                                 << testing::PrintToString(stored.text);
  }
}

}  // namespace
}  // namespace needledrop
