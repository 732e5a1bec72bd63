#include "spotting/edge.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

constexpr Stretch kStretch = {1'300, 1'700, 0};

/// `inside` nats a tick within the stretch, `outside` around it, from tick 1'000 to 2'000.
std::vector<TickEvidence> evidence(float inside, float outside) {
  std::vector<TickEvidence> ticks(1'000);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    const int tick = 1'000 + static_cast<int>(i);
    ticks[i].fill(tick >= kStretch.first && tick < kStretch.last ? inside : outside);
  }
  return ticks;
}

EdgeErrors errors(float inside, float outside) {
  return edge_errors(evidence(inside, outside), 1'000, kStretch, {});
}

TEST(Edge, SharpChangeIsWellKnownAndAVagueOneIsNot) {
  const EdgeErrors sharp = errors(3, -3);
  const EdgeErrors vague = errors(0.2F, -0.1F);
  EXPECT_LE(sharp.first, 3);
  EXPECT_LE(sharp.last, 3);
  EXPECT_GT(vague.first, 5 * sharp.first);
  EXPECT_GT(vague.last, 5 * sharp.last);
  EXPECT_LE(vague.first, kEdgeTicks);
}

TEST(Edge, SidesAreJudgedApart) {
  auto ticks = evidence(3, -3);
  for (auto& tick : std::span(ticks).first(400)) tick.fill(-0.01F);
  const EdgeErrors found = edge_errors(ticks, 1'000, kStretch, {});
  EXPECT_GT(found.first, 20);
  EXPECT_LE(found.last, 3);
}

TEST(Edge, FadingMusicIsKnownLessWell) {
  GainCurve curve = {kStretch.first, std::vector<std::uint8_t>(400, kPlateau)};
  std::fill(curve.entries.begin(), curve.entries.begin() + 30, 5);
  const EdgeErrors found = edge_errors(evidence(1, -1), 1'000, kStretch, curve);
  EXPECT_GT(found.first, found.last);
}

/// The slow twin: weighs every place by the sum that counts when the music begins there.
int half_width_by_definition(const std::vector<TickEvidence>& ticks, double temperature) {
  std::vector<double> weight;
  for (int begin = kStretch.first - kEdgeTicks; begin < kStretch.first + kEdgeTicks; ++begin) {
    double sum = 0;
    for (int tick = begin; tick < kStretch.last; ++tick) {
      sum += static_cast<double>(ticks[static_cast<std::size_t>(tick - 1'000)][kPlateau]);
    }
    weight.push_back(sum);
  }
  const double top = std::ranges::max(weight);
  double total = 0;
  for (double& w : weight) total += w = std::exp((w - top) / temperature);
  int low = 0;
  int high = 0;
  double sum = 0;
  for (const double w : weight) {
    sum += w;
    if (sum < 0.05 * total) ++low;
    if (sum < 0.95 * total) ++high;
  }
  return (high - low + 1) / 2;
}

TEST(Edge, AgreesWithItsDefinition) {
  test::Random random(11);
  for (int trial = 0; trial < 20; ++trial) {
    SCOPED_TRACE(trial);
    auto ticks = evidence(0.3F, -0.2F);
    for (TickEvidence& tick : ticks) tick.fill(tick[0] + static_cast<float>(random.share() - 0.5));
    const EdgeErrors found = edge_errors(ticks, 1'000, kStretch, {});
    EXPECT_NEAR(found.first, half_width_by_definition(ticks, 3), 1);
  }
}

TEST(Edge, RangeThatEndsWithTheStretchIsNoHarm) {
  const std::vector<TickEvidence> ticks(400);
  const EdgeErrors found = edge_errors(ticks, kStretch.first, kStretch, {});
  EXPECT_GT(found.first, 0);
  EXPECT_GT(found.last, 0);
}

}  // namespace
}  // namespace needledrop
