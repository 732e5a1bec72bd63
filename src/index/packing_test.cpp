#include "index/packing.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

Bytes with_slack(Bytes bytes) {
  bytes.resize(bytes.size() + 8, 0xFF);
  return bytes;
}

TEST(Packing, EveryWidthComesBack) {
  std::mt19937 random(1);
  for (unsigned width = 0; width <= 32; ++width) {
    std::vector<std::uint32_t> values(67);
    for (auto& value : values) {
      value = static_cast<std::uint32_t>(random() & ((std::uint64_t{1} << width) - 1));
    }
    Bytes bytes;
    append_packed(bytes, values, width);
    ASSERT_EQ(bytes.size(), packed_size(values.size(), width));
    bytes = with_slack(bytes);
    for (std::size_t i = 0; i < values.size(); ++i) {
      ASSERT_EQ(packed_at(bytes.data(), i, width), values[i]) << width << " bits, value " << i;
    }
  }
}

TEST(Monotone, TheWorkedExampleOfTheFormat) {
  const std::vector<std::uint32_t> values = {1, 4, 4, 11};
  Bytes bytes;
  append_monotone(bytes, values, 11);
  EXPECT_EQ(bytes, (Bytes{0x09, 0x19, 0x01}));
  EXPECT_EQ(monotone_low_bits(4, 11), 1U);
  std::vector<std::uint32_t> read(4);
  EXPECT_TRUE(decode_monotone(with_slack(bytes).data(), 11, read));
  EXPECT_EQ(read, values);
}

TEST(Monotone, AllSmallSequencesComeBack) {
  for (std::uint32_t last = 0; last < 6; ++last) {
    for (std::uint32_t code = 0; code < 6 * 6 * 6 * 6; ++code) {
      std::vector<std::uint32_t> values = {code % 6, code / 6 % 6, code / 36 % 6, code / 216};
      if (!std::ranges::is_sorted(values) || values.back() > last) {
        continue;
      }
      Bytes bytes;
      append_monotone(bytes, values, last);
      ASSERT_EQ(bytes.size(), monotone_size(values.size(), last));
      std::vector<std::uint32_t> read(values.size());
      ASSERT_TRUE(decode_monotone(with_slack(bytes).data(), last, read));
      ASSERT_EQ(read, values);
    }
  }
}

TEST(Monotone, TheFullRangeComesBack) {
  for (const std::vector<std::uint32_t>& values : {std::vector<std::uint32_t>{0xFFFF'FFFF},
                                                   {0, 0xFFFF'FFFF},
                                                   {0, 1, 0x8000'0000, 0xFFFF'FFFE}}) {
    Bytes bytes;
    append_monotone(bytes, values, 0xFFFF'FFFF);
    std::vector<std::uint32_t> read(values.size());
    EXPECT_TRUE(decode_monotone(with_slack(bytes).data(), 0xFFFF'FFFF, read));
    EXPECT_EQ(read, values);
  }
}

TEST(Monotone, CostsAtMostTwoBitsOverTheMeanStep) {
  for (const std::uint32_t last : {1'000U, 1'023U, 100'000U, 4'000'000'000U}) {
    const double bits = 8 * static_cast<double>(monotone_size(128, last));
    EXPECT_LE(bits, 128 * (std::log2(last / 128.0) + 2) + 15) << last;
  }
}

TEST(Monotone, WhateverTheBytesValuesAscendAndStayInRange) {
  std::mt19937 random(3);
  int refused = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto last = static_cast<std::uint32_t>(random() % 300);
    std::vector<std::uint32_t> values(1 + random() % 20);
    Bytes bytes(monotone_size(values.size(), last) + 8);
    std::ranges::generate(bytes, [&] { return static_cast<std::uint8_t>(random()); });
    if (decode_monotone(bytes.data(), last, values)) {
      ASSERT_TRUE(std::ranges::is_sorted(values) && values.back() <= last);
    } else {
      ++refused;
    }
  }
  EXPECT_GT(refused, 10'000);
}

/// The slow twin decodes all and counts.
TEST(MonotoneRun, CountsAsTheDecodedValuesDo) {
  std::mt19937 random(4);
  for (int round = 0; round < 2'000; ++round) {
    const std::uint32_t bounds[] = {1, 30, 1'000, 100'000, 0xFFFF'FFFF};
    const std::uint32_t bound = bounds[random() % 5];
    std::vector<std::uint32_t> values(1 + random() % 128);
    std::ranges::generate(values, [&] { return static_cast<std::uint32_t>(random() % bound); });
    std::ranges::sort(values);
    Bytes bytes;
    append_monotone(bytes, values, values.back());
    const Bytes slack = with_slack(bytes);
    const MonotoneRun run(slack.data(), values.size(), values.back());
    for (int probe = 0; probe < 60; ++probe) {
      const std::uint32_t value = probe % 2 == 0 ? values[random() % values.size()] + random() % 2
                                                 : static_cast<std::uint32_t>(random() % bound);
      const auto less = std::ranges::lower_bound(values, value) - values.begin();
      ASSERT_EQ(run.count_less(value), static_cast<std::size_t>(less)) << "round " << round;
    }
  }
}

TEST(MonotoneRun, WhateverTheBytesItCountsNoMoreThanThereAre) {
  std::mt19937 random(5);
  for (int round = 0; round < 20'000; ++round) {
    const auto last = static_cast<std::uint32_t>(random() % 3'000);
    const std::size_t count = 1 + random() % 128;
    Bytes bytes(monotone_size(count, last) + 8);
    std::ranges::generate(bytes, [&] { return static_cast<std::uint8_t>(random()); });
    const MonotoneRun run(bytes.data(), count, last);
    for (std::uint32_t value = 0; value < last + 2; value += 1 + last / 16) {
      ASSERT_LE(run.count_less(value), count);
    }
  }
}

}  // namespace
}  // namespace needledrop
