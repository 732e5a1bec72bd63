#include "media/block_relay.h"

#include <chrono>
#include <numeric>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

/// Keeps what it is given; may take its time.
class Collector final : public BlockSink {
 public:
  explicit Collector(std::chrono::milliseconds pause = {}) : pause_(pause) {}
  void on_block(const Block& block) override {
    std::this_thread::sleep_for(pause_);
    mid.insert(mid.end(), block.mid.begin(), block.mid.end());
    side.insert(side.end(), block.side.begin(), block.side.end());
    rest.insert(rest.end(), block.rest.begin(), block.rest.end());
  }
  std::vector<float> mid;
  std::vector<float> side;
  std::vector<float> rest;

 private:
  std::chrono::milliseconds pause_;
};

std::vector<float> ramp(std::size_t count, float from) {
  std::vector<float> samples(count);
  std::iota(samples.begin(), samples.end(), from);
  return samples;
}

void send(BlockRelay& relay, std::span<const float> mid, std::span<const float> side,
          std::size_t size) {
  for (std::size_t at = 0; at < mid.size(); at += size) {
    const std::size_t count = std::min(size, mid.size() - at);
    relay.on_block({mid.subspan(at, count),
                    side.empty() ? std::span<const float>() : side.subspan(at, count),
                    {}});
  }
}

TEST(BlockRelay, SinkGetsTheSameSamplesInTheSameOrder) {
  for (const std::size_t samples : {0U, 1U, 32'768U, 32'769U, 500'000U}) {
    for (const int pause : {0, 2}) {
      const auto mid = ramp(samples, 0);
      const auto side = ramp(samples, 0.5F);
      Collector collector{std::chrono::milliseconds(pause)};
      BlockRelay relay(collector);
      send(relay, mid, side, 4'096);
      relay.finish();
      EXPECT_TRUE(collector.mid == mid) << samples << " samples";
      EXPECT_TRUE(collector.side == side) << samples << " samples";
      EXPECT_TRUE(collector.rest.empty());
    }
  }
}

TEST(BlockRelay, WhatIsEmptyStaysEmpty) {
  const auto mid = ramp(100'000, 0);
  Collector collector;
  BlockRelay relay(collector);
  send(relay, mid, {}, 1'000);
  relay.finish();
  EXPECT_TRUE(collector.mid == mid);
  EXPECT_TRUE(collector.side.empty());
}

/// As when decoding ends in an error: nothing may wait for ever.
TEST(BlockRelay, CanBeGivenUpAtAnyTime) {
  for (const std::size_t samples : {0U, 1'000U, 70'000U, 300'000U}) {
    const auto mid = ramp(samples, 0);
    Collector collector{std::chrono::milliseconds(1)};
    {
      BlockRelay relay(collector);
      send(relay, mid, {}, 4'096);
    }
    EXPECT_LE(collector.mid.size(), samples);
    EXPECT_TRUE(std::equal(collector.mid.begin(), collector.mid.end(), mid.begin()));
  }
}

}  // namespace
}  // namespace needledrop
