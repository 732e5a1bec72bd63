#include "spotting/evidence.h"

#include <algorithm>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::IsEmpty;

constexpr std::size_t kBuried = 0;
constexpr std::size_t kTop = kSurvivals.size() - 1;
constexpr int kOffset = 300;
constexpr Hypothesis kTrue = {SourceId(1), Tick(kOffset)};

TickEvidence sum_of(const std::vector<TickEvidence>& evidence) {
  TickEvidence sum{};
  for (const TickEvidence& tick : evidence) {
    for (std::size_t level = 0; level < sum.size(); ++level) sum[level] += tick[level];
  }
  return sum;
}

/// An episode in which a recording plays from its start at kOffset, among noise.
struct Scene {
  explicit Scene(std::uint32_t seed, double survival = 0.8)
      : recording(test::random_recording(600, seed)),
        episode(test::random_episode(1'500, seed + 1)) {
    test::plant(episode, recording, {kOffset, 0, 600, survival, 0}, seed + 2);
  }

  [[nodiscard]] TickEvidence sum(const Hypothesis& hypothesis, const Claims& claims = {}) const {
    const PeakGrid grid(episode);
    return sum_of(evidence_of(grid, recording, hypothesis, kOffset, kOffset + 600, claims));
  }

  PeakList recording;
  PeakList episode;
};

TEST(Evidence, CopySpeaksForItselfAndWrongOffsetsAgainst) {
  for (std::uint32_t seed : {1U, 20U, 300U}) {
    SCOPED_TRACE(seed);
    const Scene scene(seed);
    EXPECT_GT(scene.sum(kTrue)[kTop], 500);
    for (int wrong : {-250, -40, -5, 5, 17, 90, 400}) {
      const TickEvidence sum = scene.sum({SourceId(1), Tick(kOffset + wrong)});
      for (std::size_t level = 2; level < sum.size(); ++level) {
        EXPECT_LT(sum[level], 0) << "off by " << wrong << ", level " << level;
      }
    }
  }
}

TEST(Evidence, AnotherRecordingSpeaksAgainst) {
  const Scene scene(4);
  const PeakGrid grid(scene.episode);
  const PeakList other = test::random_recording(600, 77);
  const TickEvidence sum = sum_of(evidence_of(grid, other, kTrue, kOffset, kOffset + 600, {}));
  EXPECT_LT(sum[kTop], -100);
}

TEST(Evidence, FewSurvivorsStillSpeakForALowSurvival) {
  const TickEvidence sum = Scene(5, 0.15).sum(kTrue);
  EXPECT_GT(*std::ranges::max_element(sum), 50);
  EXPECT_GT(*std::ranges::max_element(sum), sum[kTop]);
}

TEST(Evidence, MaskedMomentIsHardlyAgainst) {
  const PeakList recording = test::random_recording(200, 6);
  const PeakList silence = {Tick(200), {}, {}};
  const PeakGrid grid(silence);
  const TickEvidence sum = sum_of(evidence_of(grid, recording, {SourceId(1), Tick(0)}, 0, 200, {}));
  EXPECT_LT(sum[kBuried], 0);
  EXPECT_GT(sum[kBuried], sum[kTop] / 20);
  EXPECT_TRUE(std::ranges::is_sorted(sum, std::ranges::greater{}));
}

TEST(Evidence, EntriesBelongToTheTicksAskedFor) {
  const Scene scene(7);
  const PeakGrid grid(scene.episode);
  const auto whole = evidence_of(grid, scene.recording, kTrue, -50, 1'500, {});
  ASSERT_EQ(whole.size(), 1'550U);
  for (int tick = -50; tick < 1'500; ++tick) {
    if (tick < kOffset || tick >= kOffset + 600) {
      EXPECT_EQ(whole[static_cast<std::size_t>(tick + 50)], TickEvidence{}) << tick;
    }
  }
  for (const auto& [first, last] : {std::pair{-50, 310}, {310, 311}, {500, 900}, {1'200, 1'500}}) {
    const auto part = evidence_of(grid, scene.recording, kTrue, first, last, {});
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + first + 50)) << first;
    EXPECT_EQ(part.size(), static_cast<std::size_t>(last - first));
  }
  EXPECT_THAT(evidence_of(grid, scene.recording, kTrue, 400, 400, {}), IsEmpty());
}

TEST(Evidence, ClaimedPeaksAreNotSeen) {
  const Scene scene(8);
  const PeakGrid grid(scene.episode);
  const Claims none(scene.episode.peaks.size(), false);
  EXPECT_EQ(scene.sum(kTrue, none), scene.sum(kTrue));

  const Claims all(scene.episode.peaks.size(), true);
  EXPECT_THAT(sightings_of(grid, scene.recording, kTrue, 0, 1'500, all), IsEmpty());
  const PeakList silence = {Tick(1'500), {}, {}};
  const PeakGrid silent_grid(silence);
  EXPECT_EQ(scene.sum(kTrue, all),
            sum_of(evidence_of(silent_grid, scene.recording, kTrue, kOffset, kOffset + 600, {})));

  Claims sighted = none;
  for (const Sighting& s : sightings_of(grid, scene.recording, kTrue, 0, 1'500, {})) {
    sighted[s.episode_peak] = true;
  }
  EXPECT_LT(scene.sum(kTrue, sighted)[kTop], -100);
}

TEST(Evidence, SightingsPointAtPeaksThatShowTheRecordings) {
  const Scene scene(9);
  const PeakGrid grid(scene.episode);
  const auto sightings = sightings_of(grid, scene.recording, kTrue, 400, 700, {});
  EXPECT_GT(sightings.size(), 200U);
  EXPECT_TRUE(std::ranges::is_sorted(sightings, {}, &Sighting::recording_peak));
  std::size_t exact = 0;
  for (const Sighting& sighting : sightings) {
    const Peak& recorded = scene.recording.peaks[sighting.recording_peak];
    const Peak& seen = scene.episode.peaks[sighting.episode_peak];
    EXPECT_GE(recorded.tick + kTrue.offset, Tick(400));
    EXPECT_LT(recorded.tick + kTrue.offset, Tick(700));
    EXPECT_EQ(recorded.channel, seen.channel);
    EXPECT_LE(std::abs((recorded.tick + kTrue.offset - seen.tick).value), 2);
    EXPECT_GT(sighting.likelihood_ratio, 0);
    exact += std::abs(recorded.frequency - seen.frequency) <= 1 ? 1 : 0;
  }
  EXPECT_GT(exact, sightings.size() * 6 / 10);
}

TEST(Evidence, ExactPeakSaysMoreThanADisplacedOneAndARareOneMoreThanACommonOne) {
  const PeakList recording = {Tick(10), {test::peak_at(5, 2'000, Channel::kMid)}, {}};
  const auto ratio = [&](int tick, int frequency, const PeakList& around) {
    PeakList episode = around;
    episode.peaks.push_back(test::peak_at(tick, frequency, Channel::kMid));
    test::sort_peaks(episode);
    const PeakGrid grid(episode);
    const auto sightings = sightings_of(grid, recording, {SourceId(1), Tick(100)}, 0, 200, {});
    return sightings.empty() ? 0.0F : sightings.front().likelihood_ratio;
  };
  const PeakList empty = {Tick(200), {}, {}};
  EXPECT_GT(ratio(105, 2'000, empty), ratio(105, 2'001, empty));
  EXPECT_GT(ratio(105, 2'001, empty), ratio(105, 2'003, empty));
  EXPECT_GT(ratio(105, 2'000, empty), ratio(106, 2'000, empty));
  EXPECT_EQ(ratio(105, 2'100, empty), 0);
  EXPECT_EQ(ratio(115, 2'000, empty), 0);
  PeakList tone = empty;
  for (int tick = 0; tick < 90; tick += 2) {
    tone.peaks.push_back(test::peak_at(tick, 2'000, Channel::kMid));
  }
  EXPECT_GT(ratio(105, 2'000, empty), ratio(105, 2'000, tone));
  EXPECT_GT(ratio(105, 2'000, tone), 0);
}

}  // namespace
}  // namespace needledrop
