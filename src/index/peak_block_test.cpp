#include "index/peak_block.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "index/synthetic_source.h"

namespace needledrop {
namespace {

PeakList random_list(std::int32_t ticks, std::size_t peaks, bool all_far, unsigned seed) {
  std::mt19937 random(seed);
  const auto kind = all_far ? SourceKind::kRecording : SourceKind::kEpisode;
  return synthetic_source(SourceId(1), kind, {.ticks = ticks, .peaks = peaks, .all_far = all_far},
                          random)
      .peaks;
}

void expect_round_trip(const PeakList& list) {
  const auto read = decode_peaks(encode_peaks(list));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_TRUE(*read == list);
}

TEST(PeakBlock, ListsComeBack) {
  expect_round_trip({});
  expect_round_trip({.length = Tick(5), .peaks = {}, .levels = {}});
  for (unsigned seed = 0; seed < 50; ++seed) {
    expect_round_trip(
        random_list(1 + static_cast<std::int32_t>(seed * 7), seed * 5, seed % 2 == 0, seed));
  }
}

TEST(PeakBlock, ExtremesComeBack) {
  PeakList list{.length = Tick(0x7FFF'FFFF), .peaks = {}, .levels = {}};
  for (const std::int32_t tick : {0, 0, 0x7FFF'FFFE}) {
    for (const std::uint16_t frequency : {std::uint16_t{0}, std::uint16_t{0xFFFF}}) {
      Peak peak;
      peak.tick = Tick(tick);
      peak.frequency = frequency;
      peak.level = frequency == 0 ? 255 : 0;
      peak.channel = tick == 0 ? Channel::kMid : Channel::kSide;
      peak.reach = frequency == 0 ? Reach::kNear : Reach::kFar;
      list.peaks.push_back(peak);
    }
  }
  std::ranges::sort(list.peaks);
  list.levels = {{0, 255, 7}, {255, 0, 7}};
  expect_round_trip(list);
}

TEST(PeakBlock, ARecordingTakesAtMost3Point3BytesAPeak) {
  const PeakList list = random_list(4 * 60 * 125 / 2, 4 * 60 * 80, true, 1);
  EXPECT_LE(static_cast<double>(encode_peaks(list).size()),
            3.3 * static_cast<double>(list.peaks.size()));
}

TEST(PeakBlock, AnyByteChangedOrCutIsNoticed) {
  const Bytes block = encode_peaks(random_list(80, 40, false, 3));
  for (std::size_t at = 0; at < block.size(); ++at) {
    Bytes flipped = block;
    flipped[at] ^= 0x10;
    const auto read = decode_peaks(flipped);
    ASSERT_FALSE(read.has_value()) << at;
    EXPECT_EQ(read.error().kind, Error::Kind::kCorrupt);
    EXPECT_FALSE(decode_peaks(std::span(block).first(at)).has_value()) << at;
  }
}

/// A liar that computes its checksums is refused or gives a list that holds what lists promise.
TEST(PeakBlock, WithARightChecksumWrongBytesStillCannotBreakThePromises) {
  const Bytes block = encode_peaks(random_list(80, 40, false, 3));
  std::mt19937 random(4);
  for (int round = 0; round < 20'000; ++round) {
    Bytes changed(block.begin(), block.end() - 8);
    for (unsigned change = 0; change < 1 + random() % 3; ++change) {
      changed[random() % changed.size()] = static_cast<std::uint8_t>(random());
    }
    append_checksum(changed, 0);
    const auto read = decode_peaks(changed);
    if (read.has_value()) {
      ASSERT_TRUE(std::ranges::is_sorted(read->peaks));
      for (const Peak& peak : read->peaks) {
        ASSERT_TRUE(peak.tick >= Tick(0) && peak.tick < read->length && peak.reach <= Reach::kFar);
      }
    }
  }
}

}  // namespace
}  // namespace needledrop
