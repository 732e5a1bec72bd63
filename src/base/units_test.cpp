#include "base/units.h"

#include <type_traits>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

static_assert(std::is_trivially_copyable_v<Tick> && sizeof(Tick) == 4);
static_assert(!std::is_convertible_v<int, Tick> && !std::is_convertible_v<Tick, SourceId>);

TEST(Units, TicksAddSubtractAndCompare) {
  EXPECT_EQ(Tick(3) + Tick(4), Tick(7));
  EXPECT_EQ(Tick(3) - Tick(4), Tick(-1));
  EXPECT_LT(Tick(3), Tick(4));
}

TEST(Units, SpanIsHalfOpen) {
  constexpr Span span{Milliseconds(1500), Milliseconds(4000)};
  EXPECT_EQ(span.length(), Milliseconds(2500));
}

}  // namespace
}  // namespace needledrop
