#include "index/position_map.h"

#include <random>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

/// The slow twin: every position's place in a plain vector.
TEST(PositionMap, AnswersAsAListOfAllPositions) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::int32_t bounds[] = {2, 50, 5'000, 40'000};
    PositionMap map;
    std::vector<PositionMap::Place> places;
    for (std::uint32_t i = 0; i < 12; ++i) {
      const auto length =
          static_cast<std::int32_t>(random() % static_cast<std::uint32_t>(bounds[random() % 4]));
      map.append(3 * i, Tick(length));
      for (std::int32_t tick = 0; tick < length; ++tick) places.push_back({3 * i, Tick(tick)});
    }
    ASSERT_EQ(map.positions(), places.size());
    for (std::uint32_t position = 0; position < places.size(); ++position) {
      const auto found = map.find(position);
      ASSERT_EQ(found.ordinal, places[position].ordinal) << position;
      ASSERT_EQ(found.tick, places[position].tick) << position;
    }
  }
}

TEST(PositionMap, HoldsAllThatASegmentMay) {
  PositionMap map;
  map.append(0, Tick(0x7FFF'FFFF));
  map.append(1, Tick(0x7FFF'FFFF));
  map.append(2, Tick(2));
  EXPECT_EQ(map.positions(), std::uint64_t{1} << 32);
  EXPECT_EQ(map.find(0xFFFF'FFFF).ordinal, 2U);
  EXPECT_EQ(map.find(0xFFFF'FFFF).tick, Tick(1));
  EXPECT_EQ(map.find(0xFFFF'FFFD).tick, Tick(0x7FFF'FFFE));
}

}  // namespace
}  // namespace needledrop
