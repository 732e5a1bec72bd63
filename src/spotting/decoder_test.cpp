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

constexpr int kLevels = static_cast<int>(kSurvivals.size());
constexpr int kSilent = kLevels;
constexpr int kBuried = 0;

using Evidence = std::vector<TickEvidence>;

TickEvidence only(int level, float value, float others) {
  TickEvidence evidence;
  evidence.fill(others);
  evidence[static_cast<std::size_t>(level)] = value;
  return evidence;
}

/// What the decoder charges, found by asking it: its prices are tuned, its optimality is not.
struct Prices {
  double entry = 0;
  double change = 0;
  double back = 0;  // from buried

  Prices() {
    double low = 0;
    double high = 10'000;
    while (high - low > 1e-4) {
      const double middle = (low + high) / 2;
      const bool is_found =
          !decode(Evidence{only(2, static_cast<float>(middle), -9e5F)}, 0).empty();
      (is_found ? high : low) = middle;
    }
    entry = high;
    constexpr float kMuch = 4'000;
    const auto cost = [&](const Evidence& evidence) {
      const auto stretches = decode(evidence, 0);
      EXPECT_THAT(stretches, SizeIs(1));
      return 2 * static_cast<double>(kMuch) - stretches.at(0).evidence;
    };
    change = cost({only(2, kMuch, -9e5F), only(4, kMuch, -9e5F)});
    back = cost({only(2, kMuch, -9e5F), only(kBuried, 0, -9e5F), only(2, kMuch, -9e5F)}) - change;
  }
};

/// What a step from one state to another costs; infinite where there is none.
double step_cost(const Prices& prices, int from, int to) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  if (from == to) return 0;
  if (from == kSilent) return to == kBuried ? kNever : prices.entry;
  if (to == kSilent) return from == kBuried ? kNever : 0;
  return from == kBuried ? prices.back : prices.change;
}

/// The best total over every sequence of states from `tick` on: the slow twin of Viterbi's.
double best_total(const Prices& prices, const Evidence& evidence, std::size_t tick, int state) {
  if (tick == evidence.size()) {
    return state == kBuried ? -std::numeric_limits<double>::infinity() : 0;
  }
  double best = -std::numeric_limits<double>::infinity();
  for (int to = 0; to <= kSilent; ++to) {
    // A use may be under way, even buried, when the evidence begins.
    const double cost = tick == 0 && to != kSilent ? prices.entry : step_cost(prices, state, to);
    if (std::isinf(cost)) continue;
    const double here =
        to == kSilent ? 0 : static_cast<double>(evidence[tick][static_cast<std::size_t>(to)]);
    best = std::max(best, here - cost + best_total(prices, evidence, tick + 1, to));
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
  for (std::uint32_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    test::Random random(seed);
    const int ticks = random.within(1, 6);
    const Evidence evidence =
        random_evidence(ticks, prices.entry * (0.5 + 4 * random.share()), random);
    const auto stretches = decode(evidence, 100);
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
    for (const Stretch& stretch : decode(evidence, -500)) {
      EXPECT_GT(stretch.first, before);
      EXPECT_LT(stretch.first, stretch.last);
      EXPECT_GT(stretch.evidence, 0);
      before = stretch.last;
    }
    EXPECT_LE(before, 2'500);
  }
}

TEST(Decoder, MusicIsFoundWhereItPlays) {
  Evidence evidence(500);
  for (int tick = 0; tick < 500; ++tick) {
    const bool plays = tick >= 120 && tick < 320;
    evidence[static_cast<std::size_t>(tick)] = plays ? only(3, 1, -1) : only(kBuried, -0.02F, -1);
  }
  const auto stretches = decode(evidence, 1'000);
  ASSERT_THAT(stretches, SizeIs(1));
  EXPECT_EQ(stretches[0].first, 1'120);
  EXPECT_EQ(stretches[0].last, 1'320);
  EXPECT_NEAR(stretches[0].evidence, 200, 1e-3);
}

TEST(Decoder, MaskedMomentIsHeldAndAHoleIsNot) {
  const auto with_gap = [](int gap, float buried) {
    Evidence evidence(static_cast<std::size_t>(400 + gap));
    for (std::size_t tick = 0; tick < evidence.size(); ++tick) {
      const bool plays = tick < 200 || tick >= static_cast<std::size_t>(200 + gap);
      evidence[tick] = plays ? only(3, 1, -1) : only(kBuried, buried, -1);
    }
    return decode(evidence, 0);
  };
  EXPECT_THAT(with_gap(40, -0.02F), SizeIs(1));
  EXPECT_THAT(with_gap(5'000, -0.02F), SizeIs(2));
}

TEST(Decoder, NothingAndNoEvidenceAreNoMusic) {
  EXPECT_THAT(decode({}, 0), IsEmpty());
  EXPECT_THAT(decode(Evidence(1'000), 0), IsEmpty());
  EXPECT_THAT(decode(Evidence(1'000, only(kBuried, -0.01F, -0.5F)), 0), IsEmpty());
}

TEST(Decoder, WholeRangeMayPlay) {
  const auto stretches = decode(Evidence(300, only(4, 2, -2)), 7);
  ASSERT_THAT(stretches, SizeIs(1));
  EXPECT_EQ(stretches[0].first, 7);
  EXPECT_EQ(stretches[0].last, 307);
}

}  // namespace
}  // namespace needledrop
