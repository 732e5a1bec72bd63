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

/// The postings as plain vectors: slow, and obviously right.
std::vector<Hit> oracle(const World& world, const std::vector<SourceId>& removed,
                        std::span<const Hash> probes, std::size_t longest_list) {
  std::vector<std::tuple<Hash, Hit>> hits;
  for (std::uint32_t probe = 0; probe < probes.size(); ++probe) {
    for (const auto& sources : world) {
      std::vector<Hit> list;
      std::size_t length = 0;
      for (const NewSource& source : sources) {
        for (const HashedLandmark& landmark : source.fingerprint) {
          if (landmark.hash == probes[probe]) {
            ++length;
            if (!std::ranges::binary_search(removed, source.entry.id)) {
              list.push_back({probe, source.entry.id, landmark.tick});
            }
          }
        }
      }
      for (const Hit& hit : list) {
        if (length <= longest_list) {
          hits.emplace_back(probes[probe], hit);
        }
      }
    }
  }
  std::ranges::sort(hits);
  std::vector<Hit> ordered;
  for (const auto& [hash, hit] : hits) {
    ordered.push_back(hit);
  }
  return ordered;
}

void expect_as_oracle(const World& world, const std::vector<SourceId>& removed,
                      std::span<const Hash> probes, std::size_t longest_list) {
  const Snapshot snapshot = snapshot_of(world, removed);
  Collected found;
  ASSERT_TRUE(snapshot.search(probes, longest_list, found).has_value());
  ASSERT_TRUE(found.hits == oracle(world, removed, probes, longest_list))
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
  const std::size_t longest[] = {0, 1, 20, 1'000'000};
  expect_as_oracle(world, removed, probes, longest[below(4)]);
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
      expect_as_oracle(world, {}, probes, 3);
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
  for (const std::size_t longest : {list - 1, list, std::size_t{10}}) {
    expect_as_oracle({{source}}, {}, probes, longest);
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
  ASSERT_TRUE(snapshot.search(probes, 1'000, all).has_value());
  EXPECT_TRUE(all.hits == expected);
  Collected one;
  ASSERT_TRUE(snapshot.search(std::span(probes).subspan(45'000, 3), 1'000, one).has_value());
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
  Collected together_hits;
  Collected apart_hits;
  ASSERT_TRUE(snapshot_of({sources}, {}).search(probes, 1'000, together_hits).has_value());
  ASSERT_TRUE(snapshot_of(apart, {}).search(probes, 1'000, apart_hits).has_value());
  EXPECT_FALSE(together_hits.hits.empty());
  EXPECT_TRUE(together_hits.hits == apart_hits.hits);
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
      ASSERT_TRUE(snapshot.search(wide, 1'000, found, width).has_value());
      std::vector<Hit> expected = oracle(world, removed, single, 1'000);
      for (Hit& hit : expected) hit.probe /= width;
      std::ranges::sort(expected, [&](const Hit& a, const Hit& b) {
        return std::pair(wide[a.probe], a) < std::pair(wide[b.probe], b);
      });
      EXPECT_EQ(found.hits.size(), expected.size());
      EXPECT_TRUE(found.hits == expected) << hashes << " hashes, width " << width;
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
  ASSERT_TRUE(snapshot.search(probes, 10, found, 3).has_value());
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
