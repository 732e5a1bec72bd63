#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "base/file_system_memory.h"
#include "index/bytes.h"
#include "index/segment.h"
#include "index/segment_builder.h"
#include "index/synthetic_source.h"

namespace needledrop {
namespace {

const std::string kPath = "d/segment-00000001";

std::vector<NewSource> small_sources() {
  std::mt19937 random(5);
  const SyntheticDensity density{.ticks = 40, .landmarks = 90, .peaks = 12, .hashes = 30};
  return {synthetic_source(SourceId(2), SourceKind::kRecording, density, random),
          synthetic_source(SourceId(4), SourceKind::kEpisode, density, random),
          synthetic_source(SourceId(7), SourceKind::kRecording, density, random)};
}

std::vector<std::uint8_t> small_segment() {
  MemoryFileSystem files;
  EXPECT_TRUE(files.create_directory("d").has_value());
  const auto file = *files.create(kPath);
  SegmentBuilder builder(*file, Digest{});
  for (const NewSource& source : small_sources()) {
    EXPECT_TRUE(builder.add(source).has_value());
  }
  EXPECT_TRUE(builder.finish().has_value());
  return *files.content(kPath);
}

/// Everything that a segment can be asked, or the first error.
Result<std::vector<Hit>> all_hits(const Segment& segment) {
  std::vector<Hash> probes;
  for (std::uint32_t hash = 0; hash < 32; ++hash) {
    probes.emplace_back(hash);
  }
  std::vector<Hit> hits;
  const std::vector<bool> live(segment.sources().size(), true);
  std::vector<PostingRange> found;
  ND_TRY(segment.find(probes, 1, found));
  for (std::size_t i = 0; i < probes.size(); ++i) {
    ND_TRY(segment.read(found[i], static_cast<std::uint32_t>(i), live, hits));
  }
  return hits;
}

class SegmentDamageTest : public testing::Test {
 protected:
  Result<std::shared_ptr<const Segment>> open(std::vector<std::uint8_t> bytes) {
    MemoryFileSystem files;
    files.replace(kPath, std::move(bytes));
    return Segment::open(files, kPath, Digest{});
  }

  /// Each answer is the truth or kCorrupt naming the file; at least one answer is kCorrupt.
  void expect_noticed(const std::vector<std::uint8_t>& bytes) {
    const auto is_corrupt = [](const Error& error) {
      return error.kind == Error::Kind::kCorrupt && error.message.starts_with(kPath);
    };
    const auto segment = open(bytes);
    if (!segment.has_value()) {
      ASSERT_TRUE(is_corrupt(segment.error())) << segment.error().message;
      return;
    }
    bool is_noticed = false;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      ASSERT_EQ((*segment)->sources()[i], sources_[i].entry);
      const auto peaks = (*segment)->peaks(i);
      ASSERT_TRUE(peaks.has_value() ? *peaks == sources_[i].peaks : is_corrupt(peaks.error()));
      is_noticed |= !peaks.has_value();
    }
    const auto hits = all_hits(**segment);
    ASSERT_TRUE(hits.has_value() ? *hits == hits_ : is_corrupt(hits.error()));
    is_noticed |= !hits.has_value();
    ASSERT_TRUE(is_noticed);
    ASSERT_FALSE((*segment)->verify().empty());
  }

  const std::vector<NewSource> sources_ = small_sources();
  const std::vector<std::uint8_t> bytes_ = small_segment();
  const std::vector<Hit> hits_ = *all_hits(**open(bytes_));
};

TEST_F(SegmentDamageTest, AnUndamagedSegmentIsWhole) {
  ASSERT_GT(hits_.size(), 128U);
  EXPECT_TRUE((*open(bytes_))->verify().empty());
}

TEST_F(SegmentDamageTest, EveryFlippedBitPatternOfEveryByteIsNoticed) {
  for (std::size_t at = 0; at < bytes_.size(); ++at) {
    for (const unsigned mask : {0x01U, 0x80U, 0xFFU}) {
      auto flipped = bytes_;
      flipped[at] ^= static_cast<std::uint8_t>(mask);
      expect_noticed(flipped);
      ASSERT_FALSE(HasFatalFailure()) << "byte " << at;
    }
  }
}

TEST_F(SegmentDamageTest, EveryCutIsNoticed) {
  for (std::size_t size = 0; size < bytes_.size(); ++size) {
    expect_noticed({bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(size)});
    ASSERT_FALSE(HasFatalFailure()) << size << " bytes";
  }
  auto longer = bytes_;
  longer.push_back(0);
  expect_noticed(longer);
}

TEST_F(SegmentDamageTest, DamageToOnePeakListLeavesTheRestReadable) {
  auto flipped = bytes_;
  flipped[45] ^= 1;
  const auto segment = *open(flipped);
  EXPECT_FALSE(segment->peaks(0).has_value());
  EXPECT_EQ(*segment->peaks(1), sources_[1].peaks);
  EXPECT_TRUE(*all_hits(*segment) == hits_);
  const auto damage = segment->verify();
  ASSERT_EQ(damage.size(), 1U);
  EXPECT_EQ(damage[0].sources, std::vector{SourceId(2)});
}

TEST_F(SegmentDamageTest, OtherVersionsAndParametersAreUnsupported) {
  MemoryFileSystem files;
  for (const auto& [name, version] : {std::pair("newer", 2), std::pair("older", 0)}) {
    auto other = bytes_;
    other[8] = static_cast<std::uint8_t>(version);
    std::vector<std::uint8_t> header(other.begin(), other.begin() + 32);
    append_checksum(header, 0);
    std::ranges::copy(header, other.begin());
    files.replace(name, other);
  }
  Digest others;
  others.bytes[3] = 9;
  files.replace("same", bytes_);
  const auto expect = [](const auto& opened, std::string_view what) {
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().kind, Error::Kind::kUnsupported);
    EXPECT_NE(opened.error().message.find(what), std::string::npos) << opened.error().message;
  };
  expect(Segment::open(files, "newer", Digest{}), "segment format 2");
  expect(Segment::open(files, "older", Digest{}), "segment format 0");
  expect(Segment::open(files, "same", others), "other analysis parameters");
}

}  // namespace
}  // namespace needledrop
