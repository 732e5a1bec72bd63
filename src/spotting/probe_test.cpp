#include "spotting/probe.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "fingerprint/fingerprinter.h"
#include "fingerprint/hash.h"
#include "fingerprint/prominence.h"
#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using AskedAt = std::set<std::pair<Hash, Tick>>;

AskedAt asked(const PeakList& episode, int first, int last) {
  const Probes probes = ProbeMaker(episode).probes(first, last, nullptr);
  EXPECT_EQ(probes.hashes.size(), probes.ticks.size());
  AskedAt result;
  for (std::size_t i = 0; i < probes.hashes.size(); ++i) {
    for (std::uint32_t step = 0; step < Probes::kWidth; ++step) {
      result.emplace(Hash(probes.hashes[i].value + step), probes.ticks[i]);
    }
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

/// The slow twin: sorts every anchor's zone by prominence.
TEST(Probes, AnchorAsksForItsMostProminentTargets) {
  PeakList episode = test::random_episode(600, 5, 1);
  test::Random levels(6);
  for (Peak& peak : episode.peaks) peak.level = static_cast<std::uint8_t>(levels.within(60, 250));
  std::erase_if(episode.peaks,
                [](const Peak& p) { return p.reach != Reach::kFar || p.channel != Channel::kMid; });
  ProminenceMeter meter;
  std::vector<float> prominence;
  for (const Peak& peak : episode.peaks) prominence.push_back(meter.measure(peak));
  const AskedAt all = asked(episode);
  std::size_t crowded = 0;
  for (std::size_t a = 0; a < episode.peaks.size(); ++a) {
    std::vector<std::pair<float, std::size_t>> zone;
    for (std::size_t t = a + 1; t < episode.peaks.size(); ++t) {
      const Peak& target = episode.peaks[t];
      if (is_in_zone(target.frequency - episode.peaks[a].frequency,
                     (target.tick - episode.peaks[a].tick).value)) {
        zone.emplace_back(-prominence[t], t);
      }
    }
    std::ranges::sort(zone);
    crowded += zone.size() > ProbeMaker::kMostTargets ? 1 : 0;
    for (std::size_t i = 0; i < std::min(zone.size(), ProbeMaker::kMostTargets); ++i) {
      const Peak& target = episode.peaks[zone[i].second];
      // Prominences are rounded: the last one may give way to one as good.
      if (i + 1 == ProbeMaker::kMostTargets) break;
      const Hash hash = hash_of({Channel::kMid, episode.peaks[a].frequency,
                                 target.frequency - episode.peaks[a].frequency,
                                 (target.tick - episode.peaks[a].tick).value});
      EXPECT_TRUE(all.contains({hash, episode.peaks[a].tick})) << a << ' ' << i;
    }
  }
  EXPECT_GT(crowded, 100U);
  const Probes probes = ProbeMaker(episode).probes(0, 600, nullptr);
  EXPECT_LE(probes.hashes.size(), 9 * ProbeMaker::kMostTargets * episode.peaks.size());
}

/// The slow twin: of each landmark of the whole, how far it has moved and its target's rank.
TEST(Probes, DepthTakesTheMostProminentTargetsAndTheNearestPlaces) {
  const PeakList episode = test::random_episode(600, 7, 1);
  const ProbeMaker maker(episode);
  const Probes whole = maker.probes(0, 600, nullptr);
  std::map<std::pair<Hash, Tick>, int> left;
  for (std::size_t i = 0; i < whole.hashes.size(); ++i) {
    ++left[{whole.hashes[i], whole.ticks[i]}];
  }
  std::size_t before = 0;
  for (const ProbeDepth& depth : {ProbeDepth{{1, 0, 0}}, ProbeDepth{{4, 0, 0}},
                                  ProbeDepth{{4, 2, 0}}, ProbeDepth{{8, 4, 1}}}) {
    const Probes some = maker.probes(0, 600, nullptr, depth);
    EXPECT_GT(some.hashes.size(), before);
    EXPECT_LE(some.hashes.size(), depth.probes_an_anchor() * episode.peaks.size());
    for (std::size_t i = 0; i < some.hashes.size(); ++i) {
      EXPECT_TRUE(left.contains({some.hashes[i], some.ticks[i]}));
    }
    before = some.hashes.size();
  }
  EXPECT_EQ(ProbeMaker::kWhole.probes_an_anchor(), 9 * ProbeMaker::kMostTargets);
}

TEST(Probes, ShallowestDepthAsksForARecordingsOwnLandmarks) {
  const PeakList recording = test::random_recording(600, 8);
  const ProbeMaker maker(recording);
  const Probes probes = maker.probes(0, 600, nullptr, {{1, 0, 0}});
  AskedAt asked;
  for (std::size_t i = 0; i < probes.hashes.size(); ++i) {
    for (std::uint32_t step = 0; step < Probes::kWidth; ++step) {
      asked.emplace(Hash(probes.hashes[i].value + step), probes.ticks[i]);
    }
  }
  const Fingerprint fingerprint = recording_fingerprint(recording);
  const auto found = std::ranges::count_if(fingerprint, [&](const HashedLandmark& landmark) {
    return asked.contains({landmark.hash, landmark.tick});
  });
  EXPECT_GT(found, static_cast<std::ptrdiff_t>(fingerprint.size() * 9 / 10));
}

struct Collected final : HitSink {
  explicit Collected(const Probes& asked) : probes(asked) {}
  void on_hits(std::span<const Hit> more) override {
    for (const Hit& hit : more) {
      hits.emplace_back(probes.hashes[hit.probe], probes.ticks[hit.probe], hit.source, hit.tick);
    }
  }
  const Probes& probes;
  std::vector<std::tuple<Hash, Tick, SourceId, Tick>> hits;
};

std::vector<std::tuple<Hash, Tick, SourceId, Tick>> hits_of(const Snapshot& snapshot,
                                                            const Probes& probes) {
  Collected collected(probes);
  EXPECT_TRUE(snapshot.search(probes.hashes, Probes::kWidth, 1'000, collected).has_value());
  std::ranges::sort(collected.hits);
  return collected.hits;
}

TEST(Probes, SieveLosesNoHit) {
  for (const std::uint32_t seed : {1U, 2U}) {
    test::TestIndex index;
    PeakList episode = test::random_episode(4'000, seed, 0.7);
    for (std::uint32_t i = 0; i < 8; ++i) {
      const PeakList recording = test::random_recording(1'000, 10 * seed + i);
      index.add(recording);
      const int at = 450 * static_cast<int>(i);
      test::plant(episode, recording, {.at = at, .from = 100, .length = 400}, seed + i);
    }
    const auto snapshot = index.snapshot();
    const auto sieve = snapshot->sieve();
    ASSERT_TRUE(sieve.has_value());
    const ProbeMaker maker(episode);
    const Probes all = maker.probes(0, episode.length.value, nullptr);
    const Probes sieved = maker.probes(0, episode.length.value, sieve->get());
    EXPECT_LT(sieved.hashes.size(), all.hashes.size() / 4);
    const auto hits = hits_of(*snapshot, all);
    EXPECT_GT(hits.size(), 200U);
    EXPECT_EQ(hits_of(*snapshot, sieved), hits) << "seed " << seed;
  }
}

}  // namespace
}  // namespace needledrop
