#include "spotting/probe.h"

#include <algorithm>
#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "fingerprint/fingerprinter.h"
#include "fingerprint/hash.h"
#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using AskedAt = std::set<std::pair<Hash, Tick>>;

AskedAt asked(const PeakList& episode, int first, int last) {
  const PeakGrid grid(episode);
  const Probes probes = probes_of(grid, first, last);
  EXPECT_EQ(probes.hashes.size(), probes.ticks.size() * Probes::kNeighbours);
  AskedAt result;
  for (std::uint32_t i = 0; i < probes.hashes.size(); ++i) {
    result.emplace(probes.hashes[i], probes.tick_of(i));
  }
  return result;
}

AskedAt asked(const PeakList& episode) {
  return asked(episode, 0, episode.length.value);
}

TEST(Probes, EpisodeThatPlaysARecordingAsksForAllItsLandmarks) {
  for (std::uint32_t seed : {1U, 2U}) {
    SCOPED_TRACE(seed);
    const PeakList recording = test::random_recording(600, seed);
    const AskedAt probes = asked(recording);
    const Fingerprint fingerprint = recording_fingerprint(recording);
    EXPECT_GT(fingerprint.size(), 200U);
    for (const HashedLandmark& landmark : fingerprint) {
      EXPECT_TRUE(probes.contains({landmark.hash, landmark.tick}));
    }
  }
}

/// Both peaks off by an eighth of a bin in any direction, the second by a tick.
TEST(Probes, DisplacedPairIsStillAskedFor) {
  for (int ticks : {kZoneFirstTick, kZoneFirstTick + 1, 40, kZoneLastTick - 1, kZoneLastTick}) {
    for (int difference : {-kZoneWidth + 1, -200, 0, 200, kZoneWidth - 1}) {
      for (Channel channel : {Channel::kMid, Channel::kSide}) {
        const Hash hash = hash_of({channel, 2'500, difference, ticks});
        for (int place = 0; place < 27; ++place) {
          const int anchor = 2'500 + place % 3 - 1;
          const int target = 2'500 + difference + place / 3 % 3 - 1;
          const int tick = 20 + ticks + place / 9 - 1;
          if (!is_in_zone(target - anchor, tick - 20)) continue;
          const PeakList episode = {
              Tick(200),
              {test::peak_at(20, anchor, channel), test::peak_at(tick, target, channel)},
              {}};
          EXPECT_TRUE(asked(episode).contains({hash, Tick(20)}))
              << ticks << ' ' << difference << " displaced as " << place;
        }
      }
    }
  }
}

TEST(Probes, PeaksThatDoNotReachFarOrShareNoChannelAskNothing) {
  PeakList episode = {
      Tick(100),
      {test::peak_at(10, 2'000, Channel::kMid), test::peak_at(20, 2'000, Channel::kSide),
       test::peak_at(30, 2'000, Channel::kMid, Reach::kMiddle),
       test::peak_at(40, 2'000, Channel::kMid, Reach::kNear)},
      {}};
  EXPECT_TRUE(asked(episode).empty());
  episode.peaks[2].reach = Reach::kFar;
  EXPECT_FALSE(asked(episode).empty());
}

TEST(Probes, PartsOfAnEpisodeAskForWhatTheWholeAsksFor) {
  const PeakList episode = test::random_episode(500, 4, 0.3);
  AskedAt parts;
  for (int first = 0; first < 500; first += 70) {
    const AskedAt part = asked(episode, first, std::min(500, first + 70));
    for (const auto& [hash, tick] : part) {
      EXPECT_GE(tick, Tick(first));
      EXPECT_LT(tick, Tick(first + 70));
    }
    parts.insert(part.begin(), part.end());
  }
  EXPECT_EQ(parts, asked(episode));
  EXPECT_EQ(asked(episode, -100, 1'000), parts);
}

}  // namespace
}  // namespace needledrop
