#include "catalogue/reported_spans.h"

#include <algorithm>
#include <array>
#include <random>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

Spot spot(int start, int end) {
  Spot result;
  result.span = {Milliseconds(start), Milliseconds(end)};
  return result;
}

Span span(int start, int end) {
  return {Milliseconds(start), Milliseconds(end)};
}

TEST(ReportedSpans, NothingIsSilence) {
  EXPECT_TRUE(music_spans({}).empty());
  EXPECT_EQ(total_length({}), Milliseconds(0));
}

TEST(ReportedSpans, JoinsWhatOverlapsOrTouches) {
  const std::array spots{spot(500, 900), spot(0, 100), spot(100, 200), spot(600, 700),
                         spot(850, 1000)};
  EXPECT_EQ(music_spans(spots), (std::vector{span(0, 200), span(500, 1000)}));
  EXPECT_EQ(total_length(music_spans(spots)), Milliseconds(700));
}

TEST(ReportedSpans, EmptyAndReversedSpansCountNothing) {
  const std::array spots{spot(10, 10), spot(30, 20), spot(40, 41)};
  EXPECT_EQ(music_spans(spots), (std::vector{span(40, 41)}));
}

// The slow twin: a mark for every millisecond.
TEST(ReportedSpans, AgreesWithMarkingEveryMillisecond) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::array<bool, 100> heard{};
    std::vector<Spot> spots;
    for (int i = 0; i < 6; ++i) {
      const int start = static_cast<int>(random() % 100);
      const int end = std::min(100, start + static_cast<int>(random() % 20));
      spots.push_back(spot(start, end));
      std::fill(heard.begin() + start, heard.begin() + end, true);
    }
    const auto spans = music_spans(spots);
    EXPECT_EQ(total_length(spans).count(), std::ranges::count(heard, true)) << "round " << round;
    for (std::size_t i = 1; i < spans.size(); ++i) {
      EXPECT_GT(spans[i].start, spans[i - 1].end) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace needledrop
