#include "spotting/evidence.h"

#include <algorithm>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::IsEmpty;

constexpr int kOffset = 300;
constexpr Hypothesis kTrue = {SourceId(1), Tick(kOffset)};

/// An episode in which a recording plays from its start at kOffset, among noise.
struct Scene {
  explicit Scene(std::uint32_t seed, double survival = 0.8)
      : recording(test::random_recording(600, seed)),
        episode(test::random_episode(1'500, seed + 1)) {
    test::plant(episode, recording, {kOffset, 0, 600, survival, 0}, seed + 2);
  }

  [[nodiscard]] double evidence(const Hypothesis& hypothesis, const Claims& claims = {}) const {
    const PeakGrid grid(episode);
    return first_evidence(grid, recording, hypothesis, kOffset, kOffset + 600, claims);
  }

  PeakList recording;
  PeakList episode;
};

TEST(Evidence, CopySpeaksForItselfAndWrongOffsetsDoNot) {
  for (std::uint32_t seed : {1U, 20U, 300U}) {
    SCOPED_TRACE(seed);
    const Scene scene(seed);
    EXPECT_GT(scene.evidence(kTrue), 500);
    for (int wrong : {-250, -40, -5, 5, 17, 90, 400}) {
      EXPECT_LT(scene.evidence({SourceId(1), Tick(kOffset + wrong)}), 12) << "off by " << wrong;
    }
  }
}

TEST(Evidence, AnotherRecordingHasNone) {
  const Scene scene(4);
  const PeakGrid grid(scene.episode);
  const PeakList other = test::random_recording(600, 77);
  EXPECT_LT(first_evidence(grid, other, kTrue, kOffset, kOffset + 600, {}), 12);
}

TEST(Evidence, FewSurvivorsStillSpeak) {
  EXPECT_GT(Scene(5, 0.15).evidence(kTrue), 50);
  EXPECT_GT(Scene(5, 0.4).evidence(kTrue), Scene(5, 0.15).evidence(kTrue));
}

TEST(Evidence, ThatOfAPartIsNoMoreThanThatOfTheWhole) {
  const Scene scene(7);
  const PeakGrid grid(scene.episode);
  const auto within = [&](int first, int last) {
    return first_evidence(grid, scene.recording, kTrue, first, last, {});
  };
  const double whole = within(-50, 1'500);
  EXPECT_EQ(within(kOffset, kOffset + 600), whole);
  for (const auto& [first, last] : {std::pair{-50, 310}, {310, 311}, {500, 900}}) {
    EXPECT_LT(within(first, last), whole) << first;
  }
  EXPECT_EQ(within(400, 400), 0);
  EXPECT_EQ(within(1'200, 1'500), 0);
}

TEST(Evidence, ClaimedPeaksAreNotSeen) {
  const Scene scene(8);
  const PeakGrid grid(scene.episode);
  const Claims none(scene.episode.peaks.size(), false);
  EXPECT_EQ(scene.evidence(kTrue, none), scene.evidence(kTrue));

  const Claims all(scene.episode.peaks.size(), true);
  EXPECT_THAT(sightings_of(grid, scene.recording, kTrue, 0, 1'500, all), IsEmpty());
  EXPECT_EQ(scene.evidence(kTrue, all), 0);

  Claims sighted = none;
  for (const Sighting& s : sightings_of(grid, scene.recording, kTrue, 0, 1'500, {})) {
    sighted[s.episode_peak] = true;
  }
  EXPECT_LT(scene.evidence(kTrue, sighted), 12);
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
