#include "spotting/decoder.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kLevels = static_cast<int>(kGainOffsets.size());
constexpr int kSilent = kLevels;
constexpr int kLowest = kLevels - 1;

using Evidence = std::vector<TickEvidence>;

TickEvidence only(int level, float value, float others) {
  TickEvidence evidence;
  evidence.fill(others);
  evidence[static_cast<std::size_t>(level)] = value;
  return evidence;
}

std::vector<Stretch> stretches_of(const Evidence& evidence, int first) {
  return decode(evidence, first).stretches;
}

/// What the decoder charges, found by asking it: its prices are tuned, its optimality is not.
struct Prices {
  double entry = 0;
  double tick = 0;
  double step = 0;  // to the next level
  double jump = 0;  // to any

  Prices() {
    double low = 0;
    double high = 10'000;
    while (high - low > 1e-4) {
      const double middle = (low + high) / 2;
      const bool is_found =
          !stretches_of(Evidence{only(2, static_cast<float>(middle), -9e5F)}, 0).empty();
      (is_found ? high : low) = middle;
    }
    constexpr float kMuch = 4'000;
    const auto cost = [&](const Evidence& evidence) {
      const auto stretches = stretches_of(evidence, 0);
      EXPECT_THAT(stretches, SizeIs(1));
      return static_cast<double>(kMuch) * static_cast<double>(evidence.size()) -
             stretches.at(0).evidence;
    };
    tick = cost({only(2, kMuch, -9e5F)});
    entry = high - tick;
    step = cost({only(2, kMuch, -9e5F), only(3, kMuch, -9e5F)}) - 2 * tick;
    jump = cost({only(2, kMuch, -9e5F), only(6, kMuch, -9e5F)}) - 2 * tick;
  }
};

double step_cost(const Prices& prices, int from, int to) {
  if (to == kSilent) return 0;
  if (from == kSilent) return prices.entry;
  if (from == to) return 0;
  return std::abs(from - to) == 1 ? prices.step : prices.jump;
}

/// The best total over every sequence of states from `tick` on: the slow twin of Viterbi's.
double best_total(const Prices& prices, const Evidence& evidence, std::size_t tick, int state) {
  if (tick == evidence.size()) return 0;
  double best = -std::numeric_limits<double>::infinity();
  for (int to = 0; to <= kSilent; ++to) {
    const double here =
        to == kSilent
            ? 0
            : static_cast<double>(evidence[tick][static_cast<std::size_t>(to)]) - prices.tick;
    best = std::max(
        best, here - step_cost(prices, state, to) + best_total(prices, evidence, tick + 1, to));
  }
  return best;
}

Evidence random_evidence(int ticks, double scale, test::Random& random) {
  Evidence evidence(static_cast<std::size_t>(ticks));
  for (TickEvidence& tick : evidence) {
    const int drift = random.below(2);  // for, or against all levels
    for (float& level : tick) {
      level = static_cast<float>(scale * (random.share() - drift));
    }
  }
  return evidence;
}

TEST(Decoder, TotalIsTheBestOfAllSequencesOfStates) {
  const Prices prices;
  EXPECT_GT(prices.entry, 0);
  int stretches_seen = 0;
  int several_seen = 0;
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    test::Random random(seed);
    const int ticks = random.within(1, 5);
    const Evidence evidence =
        random_evidence(ticks, prices.entry * (0.5 + 4 * random.share()), random);
    const auto stretches = stretches_of(evidence, 100);
    double total = 0;
    for (const Stretch& stretch : stretches) total += stretch.evidence - prices.entry;
    EXPECT_NEAR(total, best_total(prices, evidence, 0, kSilent), 1e-2);
    stretches_seen += static_cast<int>(stretches.size());
    several_seen += stretches.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(stretches_seen, 50);
  EXPECT_GT(several_seen, 3);
}

TEST(Decoder, StretchesAreInOrderAndDoNotTouch) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    test::Random random(seed);
    const Evidence evidence = random_evidence(3'000, 0.5 + 20 * random.share(), random);
    int before = -1'000;
    for (const Stretch& stretch : stretches_of(evidence, -500)) {
      EXPECT_GT(stretch.first, before);
      EXPECT_LT(stretch.first, stretch.last);
      EXPECT_GT(stretch.evidence, 0);
      before = stretch.last;
    }
    EXPECT_LE(before, 2'500);
  }
}

/// Music at one level from tick 120 to 320.
Evidence two_hundred_ticks(int level) {
  Evidence evidence(500, only(kLowest, -0.02F, -1));
  std::fill(evidence.begin() + 120, evidence.begin() + 320, only(level, 1, -1));
  return evidence;
}

TEST(Decoder, MusicIsFoundWhereItPlays) {
  const auto stretches = stretches_of(two_hundred_ticks(3), 1'000);
  ASSERT_THAT(stretches, SizeIs(1));
  EXPECT_EQ(stretches[0].first, 1'120);
  EXPECT_EQ(stretches[0].last, 1'320);
  EXPECT_NEAR(stretches[0].evidence, 200, 2);
}

TEST(Decoder, CurveTellsTheLevelAtEachTick) {
  Evidence evidence = two_hundred_ticks(2);
  std::fill(evidence.begin() + 200, evidence.begin() + 260, only(6, 1, -1));
  const Decoded decoded = decode(evidence, 1'000);
  ASSERT_THAT(decoded.stretches, SizeIs(1));
  EXPECT_EQ(decoded.curve.at(1'150), 2U);
  EXPECT_EQ(decoded.curve.at(1'199), 2U);
  EXPECT_EQ(decoded.curve.at(1'200), 6U);
  EXPECT_EQ(decoded.curve.at(1'259), 6U);
  EXPECT_EQ(decoded.curve.at(1'260), 2U);
  for (int outside : {0, 999, 1'000, 1'119, 1'320, 1'499, 1'500, 9'000}) {
    EXPECT_EQ(decoded.curve.at(outside), kPlateau) << outside;
  }
}

TEST(Decoder, MaskedMomentIsHeldAndAHoleIsNot) {
  const auto with_gap = [](int gap, float nats) {
    Evidence evidence(static_cast<std::size_t>(400 + gap), only(3, 1, -1));
    std::fill(evidence.begin() + 200, evidence.begin() + 200 + gap, only(3, nats, nats));
    return stretches_of(evidence, 0);
  };
  EXPECT_THAT(with_gap(300, 0), SizeIs(1)) << "something louder hides the music";
  EXPECT_THAT(with_gap(5'000, 0), SizeIs(2)) << "for too long";
  EXPECT_THAT(with_gap(60, -0.5F), SizeIs(2)) << "its place is empty";
}

TEST(Decoder, NothingAndNoEvidenceAreNoMusic) {
  EXPECT_THAT(stretches_of({}, 0), IsEmpty());
  EXPECT_THAT(stretches_of(Evidence(1'000), 0), IsEmpty());
  EXPECT_THAT(stretches_of(Evidence(1'000, only(kLowest, -0.01F, -0.5F)), 0), IsEmpty());
}

TEST(Decoder, WholeRangeMayPlay) {
  const auto stretches = stretches_of(Evidence(300, only(4, 2, -2)), 7);
  ASSERT_THAT(stretches, SizeIs(1));
  EXPECT_EQ(stretches[0].first, 7);
  EXPECT_EQ(stretches[0].last, 307);
}

}  // namespace
}  // namespace needledrop
