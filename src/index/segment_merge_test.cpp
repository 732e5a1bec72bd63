#include "index/segment_merge.h"

#include <algorithm>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file_system_memory.h"
#include "index/segment_builder.h"
#include "index/synthetic_source.h"

namespace needledrop {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using Sources = std::vector<NewSource>;
using Segments = std::vector<std::shared_ptr<const Segment>>;

class SegmentMergeTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(files_.create_directory("d").has_value()); }

  /// The bytes that a builder makes of the sources.
  std::vector<std::uint8_t> built(const Sources& sources) {
    const auto file = *files_.create("d/built");
    SegmentBuilder builder(*file, Digest{});
    for (const NewSource& source : sources) {
      const auto added = builder.add(source);
      EXPECT_TRUE(added.has_value()) << added.error().message;
    }
    EXPECT_TRUE(builder.finish().has_value());
    return *files_.content("d/built");
  }

  std::shared_ptr<const Segment> opened(const std::string& path, std::vector<std::uint8_t> bytes) {
    files_.replace(path, std::move(bytes));
    const auto segment = Segment::open(files_, path, Digest{});
    EXPECT_TRUE(segment.has_value()) << segment.error().message;
    return *segment;
  }

  Result<std::vector<std::uint8_t>> merged(const Segments& segments,
                                           const std::vector<SourceId>& removed,
                                           const std::stop_token& stop = {}) {
    const auto file = *files_.create("d/merged");
    SegmentOutput output(*file, Digest{});
    double done = 0;
    const MergeProgress progress = [&](double share) {
      EXPECT_LE(done, share);
      EXPECT_LE(share, 1);
      done = share;
    };
    ND_TRY(merge_segments(segments, removed, output, stop, progress));
    EXPECT_EQ(output.size(), files_.content("d/merged")->size());
    return *files_.content("d/merged");
  }

  MemoryFileSystem files_;
};

class RandomMerges : public SegmentMergeTest, public testing::WithParamInterface<unsigned> {};

/// Sources dealt out to segments at random, some removed: merged they give what a builder gives.
TEST_P(RandomMerges, GiveTheBytesOfABuilder) {
  std::mt19937 random(GetParam());
  const auto below = [&](std::size_t bound) {
    return static_cast<std::uint32_t>(random() % bound);
  };
  const std::uint32_t steps[] = {1, 7, 1'000, 0x0400'0000};
  SyntheticDensity density;
  density.hash_step = steps[below(4)];
  density.hashes = 1 + below(60);
  std::vector<Sources> dealt(1 + below(6));
  Sources live;
  std::vector<SourceId> removed;
  std::uint32_t id = 0;
  for (std::uint32_t count = below(25); count > 0; --count) {
    density.ticks = static_cast<std::int32_t>(below(5) * 50);
    density.landmarks = below(2'000);
    id += 1 + below(3);
    const auto kind = below(4) == 0 ? SourceKind::kEpisode : SourceKind::kRecording;
    const NewSource source = synthetic_source(SourceId(id), kind, density, random);
    dealt[below(dealt.size())].push_back(source);
    if (below(4) == 0) {
      removed.emplace_back(id);
    } else {
      live.push_back(source);
    }
  }
  Segments segments;
  for (const Sources& sources : dealt) {
    segments.push_back(opened("d/" + std::to_string(segments.size()), built(sources)));
  }
  const auto bytes = merged(segments, removed);
  ASSERT_TRUE(bytes.has_value()) << bytes.error().message;
  EXPECT_TRUE(*bytes == built(live));
  const auto segment = opened("d/again", *bytes);
  EXPECT_TRUE(segment->verify().empty());
  EXPECT_EQ(segment->weight({}).live_bytes, bytes->size());
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomMerges, testing::Range(0U, 200U));

/// Several directory pages, and more than is handed to the file at a time.
TEST_F(SegmentMergeTest, LargeSegmentsGiveTheBytesOfABuilder) {
  std::mt19937 random(3);
  Sources even;
  Sources odd;
  Sources all;
  for (std::uint32_t id = 1; id <= 8; ++id) {
    const SyntheticDensity density{.ticks = 20'000,
                                   .landmarks = 40'000,
                                   .peaks = id == 4 ? 500'000U : 5'000U,
                                   .hashes = 1U << 26,
                                   .hash_step = 1};
    all.push_back(synthetic_source(SourceId(id), SourceKind::kRecording, density, random));
    (id % 2 == 0 ? even : odd).push_back(all.back());
  }
  const Segments segments = {opened("d/1", built(even)), opened("d/2", built(odd))};
  const std::vector<SourceId> removed = {SourceId(5)};
  all.erase(all.begin() + 4);
  const auto bytes = merged(segments, removed);
  ASSERT_TRUE(bytes.has_value()) << bytes.error().message;
  EXPECT_TRUE(*bytes == built(all));
  const double guess = static_cast<double>(segments[0]->weight(removed).live_bytes +
                                           segments[1]->weight(removed).live_bytes);
  EXPECT_NEAR(guess / static_cast<double>(bytes->size()), 1, 0.05);
}

TEST_F(SegmentMergeTest, StopsWhenAsked) {
  std::mt19937 random(4);
  const auto source = synthetic_source(SourceId(1), SourceKind::kRecording, {}, random);
  std::stop_source stop;
  stop.request_stop();
  const auto bytes = merged({opened("d/1", built({source}))}, {}, stop.get_token());
  ASSERT_FALSE(bytes.has_value());
  EXPECT_EQ(bytes.error().kind, Error::Kind::kCancelled);
}

TEST_F(SegmentMergeTest, RecordingsThatAreTooLongTogetherAreRefused) {
  NewSource source;
  source.entry.length = Tick(0x7FFF'FFFF);
  Segments segments;
  for (std::uint32_t id = 1; id <= 3; ++id) {
    source.entry.id = SourceId(id);
    segments.push_back(opened("d/" + std::to_string(id), built({source})));
  }
  EXPECT_TRUE(merged({segments[0], segments[1]}, {}).has_value());
  const auto bytes = merged(segments, {});
  ASSERT_FALSE(bytes.has_value());
  EXPECT_EQ(bytes.error().kind, Error::Kind::kInvalidArgument);
}

/// No damage is copied: whichever byte is wrong, there is an error that names the file, or the
/// merged segment is as it would have been.
TEST_F(SegmentMergeTest, DamageIsNoticedNotCopied) {
  std::mt19937 random(5);
  const SyntheticDensity density{.ticks = 40, .landmarks = 90, .peaks = 12, .hashes = 30};
  const Sources sources = {synthetic_source(SourceId(2), SourceKind::kRecording, density, random),
                           synthetic_source(SourceId(4), SourceKind::kEpisode, density, random)};
  const auto other = opened(
      "d/2", built({synthetic_source(SourceId(3), SourceKind::kRecording, density, random)}));
  const auto bytes = built(sources);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    auto damaged = bytes;
    damaged[at] ^= 0x10;
    files_.replace("d/1", damaged);
    const auto segment = Segment::open(files_, "d/1", Digest{});
    if (!segment.has_value()) continue;
    const auto result = merged({*segment, other}, {});
    ASSERT_FALSE(result.has_value()) << "byte " << at;
    ASSERT_EQ(result.error().kind, Error::Kind::kCorrupt);
    ASSERT_THAT(result.error().message, StartsWith("d/1: "));
    ASSERT_THAT(result.error().message, HasSubstr("offset "));
  }
}

}  // namespace
}  // namespace needledrop
