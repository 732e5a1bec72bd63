#include "index/snapshot.h"

#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "base/file_system_memory.h"
#include "index/segment.h"
#include "index/segment_builder.h"
#include "index/synthetic_source.h"

namespace needledrop {
namespace {

constexpr double kNoBound = 1e9;

using World = std::vector<std::vector<NewSource>>;  // sources of each segment

struct Collected final : HitSink {
  std::vector<Hit> hits;
  void on_hits(std::span<const Hit> more) override {
    hits.insert(hits.end(), more.begin(), more.end());
  }
};

std::shared_ptr<const Segment> built(const std::vector<NewSource>& sources) {
  MemoryFileSystem files;
  EXPECT_TRUE(files.create_directory("d").has_value());
  const auto file = *files.create("d/s");
  SegmentBuilder builder(*file, Digest{});
  for (const NewSource& source : sources) {
    const auto added = builder.add(source);
    EXPECT_TRUE(added.has_value()) << added.error().message;
  }
  EXPECT_TRUE(builder.finish().has_value());
  const auto segment = Segment::open(files, "d/s", Digest{});
  EXPECT_TRUE(segment.has_value()) << segment.error().message;
  return *segment;
}

Snapshot snapshot_of(const World& world, const std::vector<SourceId>& removed) {
  std::vector<std::shared_ptr<const Segment>> segments;
  for (const auto& sources : world) {
    segments.push_back(built(sources));
  }
  return {1, std::move(segments), removed};
}

/// By probe, source and tick: a search promises no order.
std::vector<Hit> ordered(std::vector<Hit> hits) {
  std::ranges::sort(hits);
  return hits;
}

/// The postings as plain vectors: slow, and obviously right.
std::vector<Hit> oracle(const World& world, const std::vector<SourceId>& removed,
                        std::span<const Hash> probes, double most_each = kNoBound) {
  std::map<Hash, std::vector<Hit>> lists;
  std::map<Hash, std::size_t> lengths;
  for (const auto& sources : world) {
    for (const NewSource& source : sources) {
      for (const HashedLandmark& landmark : source.fingerprint) {
        ++lengths[landmark.hash];
        if (!std::ranges::binary_search(removed, source.entry.id)) {
          lists[landmark.hash].push_back({0, source.entry.id, landmark.tick});
        }
      }
    }
  }
  // The greatest bound that keeps to the mean.
  std::size_t longest = 0;
  for (const auto& [hash, list_length] : lengths) {
    double read = 0;
    for (const Hash probe : probes) {
      const std::size_t length = lengths.contains(probe) ? lengths[probe] : 0;
      read += length <= list_length ? static_cast<double>(length) : 0;
    }
    if (read <= most_each * static_cast<double>(probes.size())) {
      longest = std::max(longest, list_length);
    }
  }
  std::vector<Hit> hits;
  for (std::uint32_t probe = 0; probe < probes.size(); ++probe) {
    if (!lengths.contains(probes[probe]) || lengths[probes[probe]] > longest) continue;
    for (Hit hit : lists[probes[probe]]) {
      hit.probe = probe;
      hits.push_back(hit);
    }
  }
  return ordered(std::move(hits));
}

void expect_as_oracle(const World& world, const std::vector<SourceId>& removed,
                      std::span<const Hash> probes, double most_each) {
  const Snapshot snapshot = snapshot_of(world, removed);
  Collected found;
  ASSERT_TRUE(snapshot.search(probes, 1, most_each, found).has_value());
  ASSERT_TRUE(ordered(found.hits) == oracle(world, removed, probes, most_each))
      << found.hits.size() << " hits";
  for (const auto& sources : world) {
    for (const NewSource& source : sources) {
      const SourceId id = source.entry.id;
      if (std::ranges::binary_search(removed, id)) {
        ASSERT_EQ(snapshot.find(id), nullptr);
        ASSERT_EQ(snapshot.peaks(id).error().kind, Error::Kind::kNotFound);
      } else {
        ASSERT_EQ(*snapshot.find(id), source.entry);
        ASSERT_EQ(*snapshot.peaks(id), source.peaks);
      }
    }
  }
}

class RandomWorlds : public testing::TestWithParam<unsigned> {};

TEST_P(RandomWorlds, AnswerAsTheOracle) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  std::mt19937 random(GetParam());
  const auto below = [&](std::size_t bound) {
    return static_cast<std::uint32_t>(random() % bound);
  };
  const std::uint32_t steps[] = {1, 7, 1'000, 0x0400'0000};
  SyntheticDensity density;
  density.hash_step = steps[below(4)];
  density.hashes = 1 + below(60);
  World world(1 + below(4));
  std::vector<SourceId> removed;
  std::uint32_t id = 0;
  for (auto& sources : world) {
    for (std::uint32_t i = below(6); i > 0; --i) {
      density.ticks = static_cast<std::int32_t>(below(200));
      density.landmarks = below(300);
      id += 1 + below(3);
      const auto kind = below(4) == 0 ? SourceKind::kEpisode : SourceKind::kRecording;
      sources.push_back(synthetic_source(SourceId(id), kind, density, random));
      if (below(4) == 0) {
        removed.emplace_back(id);
      }
    }
  }
  std::vector<Hash> probes;
  for (std::uint32_t i = below(300); i > 0; --i) {
    probes.emplace_back(below(70) * density.hash_step + below(8) / 7);
  }
  const double most_each[] = {0, 0.5, 1, 7, 20, kNoBound};
  expect_as_oracle(world, removed, probes, most_each[below(6)]);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWorlds, testing::Range(0U, 300U));

/// Every fingerprint of up to three landmarks over three hashes and two ticks, under every probe.
TEST(Snapshot, AllSmallWorldsAnswerAsTheOracle) {
  constexpr int kCells = 6;
  const std::vector<Hash> probes = {Hash(0), Hash(5), Hash(0xFFFF'FFFF), Hash(1)};
  const Hash hashes[] = {Hash(0), Hash(5), Hash(0xFFFF'FFFF)};
  for (unsigned set = 0; set < 1U << kCells; ++set) {
    for (const std::uint32_t second : {0U, 2U}) {
      NewSource source;
      source.entry = {SourceId(1), SourceKind::kRecording, {}, Tick(2)};
      source.peaks.length = Tick(2);
      for (int cell = 0; cell < kCells; ++cell) {
        if ((set >> cell & 1) != 0) {
          source.fingerprint.push_back({hashes[cell % 3], Tick(cell / 3)});
        }
      }
      World world = {{source}};
      if (second != 0) {
        source.entry.id = SourceId(second);
        world[0].push_back(source);
      }
      expect_as_oracle(world, {}, probes, kNoBound);
    }
  }
}

/// One hash with more postings than several blocks, and neighbours on both sides of it.
TEST(Snapshot, ListsLongerThanBlocksAreWholeOrPassedOver) {
  NewSource source;
  source.entry = {SourceId(9), SourceKind::kRecording, {}, Tick(1'000)};
  source.peaks.length = Tick(1'000);
  for (int tick = 0; tick < 1'000; ++tick) {
    source.fingerprint.push_back(
        {Hash(tick % 4 == 0 ? 500U : static_cast<unsigned>(tick)), Tick(tick)});
  }
  for (int tick = 0; tick < 900; ++tick) {
    source.fingerprint.push_back({Hash(500), Tick(tick)});
  }
  std::ranges::sort(source.fingerprint, {}, &HashedLandmark::tick);
  const std::vector<Hash> probes = {Hash(501), Hash(500), Hash(499), Hash(500), Hash(503)};
  const auto list = static_cast<std::size_t>(
      std::ranges::count(source.fingerprint, Hash(500), &HashedLandmark::hash));
  ASSERT_GT(list, 8 * 128U);
  // Two of the five probes ask for the long list.
  const double each = 2.0 * static_cast<double>(list) / 5;
  for (const double most_each : {each - 1, each + 1, 10.0}) {
    expect_as_oracle({{source}}, {}, probes, most_each);
  }
}

/// Two directory pages and more, so that root, page and block are all searched.
TEST(Snapshot, LargeSegmentsAnswerAsTheOracleOfAMap) {
  std::mt19937 random(11);
  const SyntheticDensity density{
      .ticks = 60'000, .landmarks = 100'000, .peaks = 10, .hashes = 30'000, .hash_step = 9};
  const NewSource source = synthetic_source(SourceId(3), SourceKind::kRecording, density, random);
  std::map<Hash, std::vector<Tick>> lists;
  for (const HashedLandmark& landmark : source.fingerprint) {
    lists[landmark.hash].push_back(landmark.tick);
  }
  std::vector<Hash> probes;
  for (std::uint32_t hash = 0; hash < 30'000 * 9; hash += 3) {
    probes.emplace_back(hash);
  }
  std::vector<Hit> expected;
  for (std::uint32_t i = 0; i < probes.size(); ++i) {
    for (const Tick tick : lists[probes[i]]) {
      expected.push_back({i, SourceId(3), tick});
    }
  }
  const Snapshot snapshot = snapshot_of({{source}}, {});
  Collected all;
  ASSERT_TRUE(snapshot.search(probes, 1, kNoBound, all).has_value());
  EXPECT_TRUE(ordered(all.hits) == expected);
  Collected one;
  ASSERT_TRUE(snapshot.search(std::span(probes).subspan(45'000, 3), 1, kNoBound, one).has_value());
  EXPECT_EQ(one.hits.size(), lists[probes[45'000]].size());
}

TEST(Snapshot, HowSourcesAreCutIntoSegmentsDoesNotChangeTheHits) {
  std::mt19937 random(12);
  std::vector<NewSource> sources;
  for (std::uint32_t id = 1; id <= 6; ++id) {
    sources.push_back(synthetic_source(SourceId(id), SourceKind::kRecording, {}, random));
  }
  std::vector<Hash> probes;
  for (std::uint32_t hash = 40; hash-- > 0;) {
    probes.emplace_back(hash);
  }
  World apart;
  for (auto source = sources.rbegin(); source != sources.rend(); ++source) {
    apart.push_back({*source});
  }
  for (const double most_each : {0.5, 5.0, 7.0, kNoBound}) {
    Collected together_hits;
    Collected apart_hits;
    ASSERT_TRUE(snapshot_of({sources}, {}).search(probes, 1, most_each, together_hits).has_value());
    ASSERT_TRUE(snapshot_of(apart, {}).search(probes, 1, most_each, apart_hits).has_value());
    EXPECT_TRUE(most_each < kNoBound || !together_hits.hits.empty());
    EXPECT_TRUE(ordered(together_hits.hits) == ordered(apart_hits.hits));
  }
}

/// However many postings share a hash, what is read stays within the bound.
TEST(Snapshot, CommonHashesCostNoMoreThanTheBound) {
  std::mt19937 random(14);
  World world(2);
  std::uint32_t id = 1;
  for (auto& sources : world) {
    for (int i = 0; i < 4; ++i) {
      const SyntheticDensity density{.ticks = 4'000, .landmarks = 6'000, .hashes = 100'000};
      sources.push_back(synthetic_source(SourceId(id++), SourceKind::kRecording, density, random));
      auto& fingerprint = sources.back().fingerprint;
      for (int tick = 0; tick < 4'000; ++tick) fingerprint.push_back({Hash(777), Tick(tick)});
      std::ranges::sort(fingerprint, {}, &HashedLandmark::tick);
    }
  }
  const Snapshot snapshot = snapshot_of(world, {});
  std::vector<Hash> probes;
  for (std::uint32_t hash = 0; hash < 100'000; hash += 9) probes.emplace_back(hash);
  for (int i = 0; i < 100; ++i) probes.emplace_back(777);
  Collected bounded;
  Collected all;
  ASSERT_TRUE(snapshot.search(probes, 3, 10, bounded).has_value());
  ASSERT_TRUE(snapshot.search(probes, 3, kNoBound, all).has_value());
  EXPECT_GT(all.hits.size(), 100 * 32'000U);
  EXPECT_LE(bounded.hits.size(), 10 * probes.size());
  // Nothing else is lost.
  std::erase_if(all.hits, [&](const Hit& hit) {
    return probes[hit.probe].value + 2 >= 777 && probes[hit.probe].value <= 777;
  });
  EXPECT_TRUE(ordered(bounded.hits) == ordered(all.hits));
}

/// The same as asking for every hash by itself.
TEST(Snapshot, WideProbesFindWhatSingleOnesFind) {
  std::mt19937 random(12);
  for (const std::uint32_t hashes : {30U, 400U, 5'000U}) {
    World world(3);
    std::uint32_t id = 1;
    for (auto& sources : world) {
      for (int i = 0; i < 3; ++i) {
        const SyntheticDensity density{.landmarks = 300, .hashes = hashes};
        sources.push_back(
            synthetic_source(SourceId(id++), SourceKind::kRecording, density, random));
      }
    }
    const std::vector<SourceId> removed = {SourceId(5)};
    const Snapshot snapshot = snapshot_of(world, removed);
    for (const std::uint32_t width : {1U, 2U, 3U, 7U}) {
      std::vector<Hash> wide;
      std::vector<Hash> single;
      for (int i = 0; i < 400; ++i) {
        wide.emplace_back(static_cast<std::uint32_t>(random() % (hashes + 20)));
        for (std::uint32_t step = 0; step < width; ++step) {
          single.emplace_back(wide.back().value + step);
        }
      }
      Collected found;
      ASSERT_TRUE(snapshot.search(wide, width, kNoBound, found).has_value());
      std::vector<Hit> expected = oracle(world, removed, single);
      for (Hit& hit : expected) hit.probe /= width;
      EXPECT_EQ(found.hits.size(), expected.size());
      EXPECT_TRUE(ordered(found.hits) == ordered(expected)) << hashes << " hashes, width " << width;
    }
  }
}

TEST(Snapshot, WideProbeEndsAtTheLastHash) {
  World world(1);
  std::mt19937 random(13);
  world[0].push_back(
      synthetic_source(SourceId(1), SourceKind::kRecording, {.landmarks = 0}, random));
  world[0][0].fingerprint = {{Hash(0), Tick(1)}, {Hash(0xFFFF'FFFF), Tick(2)}};
  const Snapshot snapshot = snapshot_of(world, {});
  Collected found;
  const std::vector<Hash> probes = {Hash(0xFFFF'FFFE)};
  ASSERT_TRUE(snapshot.search(probes, 3, 10, found).has_value());
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_EQ(found.hits[0].tick, Tick(2));
}

TEST(Snapshot, SieveLetsEveryPostingPass) {
  std::mt19937 random(11);
  World world(2);
  std::uint32_t id = 1;
  for (auto& sources : world) {
    for (int i = 0; i < 3; ++i) {
      const SyntheticDensity density{.hashes = 1U << 20, .hash_step = 3'001};
      sources.push_back(synthetic_source(SourceId(id++), SourceKind::kRecording, density, random));
    }
  }
  const Snapshot snapshot = snapshot_of(world, {});
  const auto sieve = snapshot.sieve();
  ASSERT_TRUE(sieve.has_value());
  std::uint64_t postings = 0;
  for (const auto& sources : world) {
    for (const NewSource& source : sources) {
      for (const auto& [hash, tick] : source.fingerprint) {
        const Landmark landmark = landmark_of(hash);
        EXPECT_TRUE((*sieve)
                        ->slice(landmark.channel, landmark.anchor)
                        .may_be_near(landmark.anchor + landmark.difference, landmark.ticks));
        ++postings;
      }
    }
  }
  EXPECT_EQ(snapshot.posting_count(), postings);
  EXPECT_EQ(*snapshot.sieve(), *sieve) << "made once";
}

}  // namespace
}  // namespace needledrop
