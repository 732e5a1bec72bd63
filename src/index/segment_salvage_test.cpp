#include "index/segment_salvage.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file_system_memory.h"
#include "index/bytes.h"
#include "index/segment_builder.h"
#include "index/segment_format.h"
#include "index/synthetic_source.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A segment of the recordings 2, 4 and 7.
class SegmentSalvageTest : public testing::Test {
 protected:
  void SetUp() override {
    MemoryFileSystem files;
    ASSERT_TRUE(files.create_directory("d").has_value());
    const auto file = *files.create("d/s");
    SegmentBuilder builder(*file, Digest{});
    std::mt19937 random(3);
    for (const std::uint32_t id : {2U, 4U, 7U}) {
      const NewSource source =
          synthetic_source(SourceId(id), SourceKind::kRecording, {.ticks = 50}, random);
      ASSERT_TRUE(builder.add(source).has_value());
      known_.push_back({source.entry.id, source.entry.kind, source.entry.digest});
    }
    ASSERT_TRUE(builder.finish().has_value());
    bytes_ = *files.content("d/s");
  }

  [[nodiscard]] std::vector<std::uint32_t> salvaged(const Bytes& bytes, std::uint64_t size) const {
    std::vector<std::uint32_t> ids;
    for (const SalvagedSource& source : salvage_sources(bytes, size, Digest{}, known_)) {
      ids.push_back(source.entry.id.value);
    }
    return ids;
  }
  [[nodiscard]] std::vector<std::uint32_t> salvaged(const Bytes& bytes) const {
    return salvaged(bytes, bytes_.size());
  }
  /// A member of the row of source 4, `at` bytes from its start.
  [[nodiscard]] std::uint8_t* row(Bytes& bytes, std::size_t at) const {
    return bytes.data() + bytes.size() - kFooterSize - 2 * kSourceSize + at;
  }

  Bytes bytes_;
  std::vector<KnownSource> known_;
};

TEST_F(SegmentSalvageTest, NeedsNeitherFooterNorTables) {
  EXPECT_THAT(salvaged(bytes_), ElementsAre(2, 4, 7));
  Bytes bytes = bytes_;
  std::fill(bytes.end() - kFooterSize, bytes.end(), std::uint8_t{0});
  EXPECT_THAT(salvaged(bytes), ElementsAre(2, 4, 7));
  bytes.resize(bytes.size() - kFooterSize - kSourceSize);
  EXPECT_THAT(salvaged(bytes), ElementsAre(2, 4));
}

TEST_F(SegmentSalvageTest, ARowThatLiesIsNotBelieved) {
  const auto expect_without = [&](std::size_t at, auto value) {
    Bytes bytes = bytes_;
    std::memcpy(row(bytes, at), &value, sizeof value);
    EXPECT_THAT(salvaged(bytes), ElementsAre(2, 7)) << "at " << at << ": " << +value;
  };
  for (const std::uint32_t id : {0U, 2U, 3U, 7U, 0xFFFF'FFFFU}) expect_without(0, id);
  for (const std::uint32_t kind : {1U, 2U, 0x100U}) expect_without(4, kind);
  for (const std::int32_t length : {-1, 0, 49, 51}) expect_without(8, length);
  for (const std::uint32_t size : {0U, 1U, 0xFFFF'FFFFU}) expect_without(12, size);
  for (const std::uint64_t offset :
       {std::uint64_t{0}, std::uint64_t{39}, std::uint64_t{41},
        std::numeric_limits<std::uint64_t>::max(), std::uint64_t{bytes_.size()}}) {
    expect_without(16, offset);
  }
  expect_without(30, std::uint8_t{0x5A});  // in the digest
}

TEST_F(SegmentSalvageTest, AnySizeThatIsClaimedIsHarmless) {
  Bytes bytes = bytes_;
  bytes.back() ^= 1;
  for (const std::uint64_t size :
       {std::uint64_t{0}, std::uint64_t{79}, std::uint64_t{bytes.size() - 1},
        std::numeric_limits<std::uint64_t>::max(), std::uint64_t{1} << 40}) {
    EXPECT_THAT(salvaged(bytes, size), IsEmpty()) << size;
  }
  for (std::size_t size = 0; size < 130; ++size) {
    EXPECT_THAT(salvaged(Bytes(size, 0)), IsEmpty());
  }
}

TEST_F(SegmentSalvageTest, AHeaderMayBeDamagedButNotAnotherOne) {
  Bytes bytes = bytes_;
  for (std::size_t i = 0; i < 8; ++i) bytes[4 * i + 1] ^= 0xFF;
  EXPECT_THAT(salvaged(bytes), ElementsAre(2, 4, 7));
  bytes[36] ^= 1;
  EXPECT_THAT(salvaged(bytes), IsEmpty());
  Digest others;
  others.bytes[0] = 1;
  EXPECT_THAT(salvage_sources(bytes_, bytes_.size(), others, known_), IsEmpty());
}

TEST_F(SegmentSalvageTest, OnlyAWholeHeaderTellsANewerFormat) {
  EXPECT_FALSE(is_of_newer_format(bytes_));
  Bytes header(bytes_.begin(), bytes_.begin() + 32);
  header[8] = 2;
  Bytes newer = header;
  append_checksum(newer, 0);
  EXPECT_TRUE(is_of_newer_format(newer));
  header.insert(header.end(), 8, 0);
  EXPECT_FALSE(is_of_newer_format(header));
  EXPECT_FALSE(is_of_newer_format({}));
}

}  // namespace
}  // namespace needledrop
