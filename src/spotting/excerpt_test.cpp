#include "spotting/excerpt.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

/// How many peaks of the excerpt are the theme's, and how many are not.
struct Counts {
  int theme = 0;
  int other = 0;
};

Counts count(const PeakList& excerpt, const PeakList& theme, int shift) {
  Counts counts;
  for (const Peak& peak : excerpt.peaks) {
    const bool is_theme = std::ranges::any_of(theme.peaks, [&](const Peak& p) {
      return p.channel == peak.channel && std::abs(p.frequency - peak.frequency) <= 1 &&
             std::abs((p.tick - peak.tick).value - shift) <= 1;
    });
    ++(is_theme ? counts.theme : counts.other);
  }
  return counts;
}

class ExcerptTest : public testing::Test {
 protected:
  ExcerptTest() {
    test::plant(a_, theme_, {1'000, 0, 1'000, 0.5}, 3);
    test::plant(b_, theme_, {2'000, 0, 1'000, 0.5}, 4);
  }
  PeakList theme_ = test::random_recording(1'000, 1);
  PeakList a_ = test::random_episode(4'000, 11);
  PeakList b_ = test::random_episode(4'000, 12);
};

TEST_F(ExcerptTest, IsWhatThePlacesShare) {
  const PeakGrid a(a_);
  const PeakGrid b(b_);
  const ExcerptPlace places[] = {{a, 1'000, 2'000, 0}, {b, 2'000, 3'000, 0}};
  const PeakList alone = excerpt_of(std::span(places).first(1), 0);
  const PeakList shared = excerpt_of(places, 0);
  const int begin = 1'000 / kLevelTicks * kLevelTicks;
  const Counts of_alone = count(alone, theme_, begin - 1'000);
  const Counts of_shared = count(shared, theme_, begin - 1'000);
  EXPECT_GT(of_alone.other, 3 * of_alone.theme);
  EXPECT_GT(of_shared.theme, 2 * of_shared.other);
  EXPECT_TRUE(std::ranges::all_of(shared.peaks,
                                  [](const Peak& peak) { return peak.reach == Reach::kFar; }));
  EXPECT_TRUE(std::ranges::is_sorted(shared.peaks));
}

TEST_F(ExcerptTest, WhereNobodyElseReachesItIsAllOfThePlace) {
  const PeakGrid a(a_);
  const PeakGrid b(b_);
  const ExcerptPlace places[] = {{a, 1'000, 2'000, 0}, {b, 2'000, 2'500, 0}};
  const PeakList excerpt = excerpt_of(places, 0);
  const int begin = 1'000 / kLevelTicks * kLevelTicks;
  const auto late = [&](const PeakList& list, int shift) {
    return std::ranges::count_if(list.peaks, [&](const Peak& peak) {
      return peak.reach == Reach::kFar && peak.tick.value >= 1'500 - shift &&
             peak.tick.value < 2'000 - shift;
    });
  };
  EXPECT_EQ(late(excerpt, begin), late(a_, 0));
  EXPECT_EQ(excerpt.length, Tick(2'000 - begin));
  EXPECT_EQ(excerpt.levels.size(), (2'000U - begin + kLevelTicks - 1) / kLevelTicks);
}

TEST_F(ExcerptTest, PlacesBeyondTheEpisodeAreHarmless) {
  const PeakGrid a(a_);
  const ExcerptPlace places[] = {{a, 3'900, 9'000, 0}, {a, -500, 100, 50}};
  EXPECT_EQ(excerpt_of(places, 0).length, Tick(4'000 - 3'900 / kLevelTicks * kLevelTicks));
  EXPECT_LE(excerpt_of(places, 1).length, Tick(100));
}

}  // namespace
}  // namespace needledrop
