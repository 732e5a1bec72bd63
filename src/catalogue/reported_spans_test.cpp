#include "catalogue/reported_spans.h"

#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

using Spans = std::vector<std::vector<Span>>;

Span span(int start, int end) {
  return {Milliseconds(start), Milliseconds(end)};
}

Cue cue(std::int64_t id, std::vector<Span> heard, std::vector<Span> reported = {}) {
  Cue result;
  result.id = id;
  result.spans = std::move(heard);
  result.reported = std::move(reported);
  return result;
}

Milliseconds sum(const Spans& spans) {
  Milliseconds total{0};
  for (const auto& of_cue : spans) total += total_length(of_cue);
  return total;
}

TEST(CarveOut, HandsOverAtTheFirstNoteAndResumesAfterwards) {
  const std::vector cues{cue(1, {span(0, 100)}), cue(2, {span(40, 60)}), cue(3, {span(90, 120)})};
  EXPECT_EQ(carve_out(cues, Milliseconds(1'000)),
            (Spans{{span(0, 40), span(60, 90)}, {span(40, 60)}, {span(90, 120)}}));
}

TEST(CarveOut, TiesGoToTheHigherId) {
  const std::vector cues{cue(7, {span(0, 100)}), cue(2, {span(0, 120)})};
  EXPECT_EQ(carve_out(cues, Milliseconds(1'000)), (Spans{{span(0, 100)}, {span(100, 120)}}));
}

TEST(CarveOut, WhatAPersonWantsReportedComesFirstAndIsAll) {
  const std::vector cues{cue(1, {span(0, 100)}, {span(10, 50)}), cue(2, {span(0, 80)}),
                         cue(3, {span(200, 300)}, {span(40, 60)})};
  EXPECT_EQ(carve_out(cues, Milliseconds(1'000)),
            (Spans{{span(10, 40)}, {span(0, 10), span(60, 80)}, {span(40, 60)}}));
}

TEST(CarveOut, NothingOfWhatIsRejectedOrAfterTheEnd) {
  std::vector cues{cue(1, {span(0, 100)}), cue(2, {span(50, 150)})};
  cues[0].standing = CueStanding::kRejected;
  EXPECT_EQ(carve_out(cues, Milliseconds(80)), (Spans{{}, {span(50, 80)}}));
}

/// Random cues of up to `length` ms.
std::vector<Cue> random_cues(std::mt19937& random, int length) {
  const auto any = [&](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most));
  };
  std::vector<Cue> cues;
  const int count = any(8);
  for (int i = 0; i < count; ++i) {
    std::vector<Span> spans;
    for (int at = any(length), k = 0; k <= any(3) && at + 2 < length; ++k) {
      const int end = std::min(length, at + 1 + any(length / 3));
      spans.push_back(span(at, end));
      at = end + 1 + any(length / 4);
    }
    if (spans.empty()) continue;
    cues.push_back(cue(i + 1, spans));
    if (any(5) == 0)
      cues.back().reported = {span(any(length / 2), length / 2 + 1 + any(length / 2))};
    if (any(6) == 0) cues.back().standing = CueStanding::kRejected;
  }
  return cues;
}

/// The slow twin: decides about every millisecond by itself.
Spans carved_slowly(const std::vector<Cue>& cues, int running_time) {
  Spans carved(cues.size());
  for (int at = 0; at < running_time; ++at) {
    std::map<std::tuple<bool, Milliseconds, std::int64_t>, std::size_t> wishes;
    for (std::size_t i = 0; i < cues.size(); ++i) {
      if (cues[i].standing == CueStanding::kRejected) continue;
      const bool is_persons = !cues[i].reported.empty();
      for (const Span& wish : is_persons ? cues[i].reported : cues[i].spans) {
        if (wish.start.count() <= at && wish.end.count() > at) {
          wishes[{is_persons, wish.start, cues[i].id}] = i;
        }
      }
    }
    if (wishes.empty()) continue;
    std::vector<Span>& owner = carved[wishes.rbegin()->second];
    if (!owner.empty() && owner.back().end.count() == at) {
      owner.back().end += Milliseconds(1);
    } else {
      owner.push_back(span(at, at + 1));
    }
  }
  return carved;
}

TEST(CarveOut, AgreesWithDecidingAboutEveryMillisecond) {
  constexpr unsigned kSeed = 20260309;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 2'000; ++round) {
    const std::vector<Cue> cues = random_cues(random, 200);
    const int running_time = 100 + static_cast<int>(random() % 120);
    ASSERT_EQ(carve_out(cues, Milliseconds(running_time)), carved_slowly(cues, running_time))
        << "round " << round;
  }
}

TEST(CarveOut, DoesNotDependOnTheOrderOfTheCues) {
  constexpr unsigned kSeed = 20260310;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 500; ++round) {
    std::vector<Cue> cues = random_cues(random, 5'000);
    const Spans carved = carve_out(cues, Milliseconds(4'000));
    const ReportingUnit unit{{25, 1}};
    const Spans rounded = rounded_spans(carved, unit, Milliseconds(4'000));
    std::map<std::int64_t, std::pair<std::vector<Span>, std::vector<Span>>> by_id;
    for (std::size_t i = 0; i < cues.size(); ++i) by_id[cues[i].id] = {carved[i], rounded[i]};
    std::ranges::shuffle(cues, random);
    const Spans again = carve_out(cues, Milliseconds(4'000));
    const Spans rounded_again = rounded_spans(again, unit, Milliseconds(4'000));
    for (std::size_t i = 0; i < cues.size(); ++i) {
      ASSERT_EQ(again[i], by_id[cues[i].id].first) << "round " << round;
      ASSERT_EQ(rounded_again[i], by_id[cues[i].id].second) << "round " << round;
    }
  }
}

TEST(RoundedSpans, ShareTheirBordersSoThatColumnsAddUp) {
  const Spans carved{{span(0, 1'499)}, {span(1'499, 3'600)}, {span(3'600, 3'900)}};
  EXPECT_EQ(rounded_spans(carved, {}, Milliseconds(10'000)),
            (Spans{{span(0, 1'000)}, {span(1'000, 4'000)}, {span(4'000, 5'000)}}));
}

TEST(RoundedSpans, EndWithTheLastWholeUnitOfTheRunningTime) {
  const Spans carved{{span(0, 9'700)}, {span(9'700, 9'800)}};
  EXPECT_EQ(rounded_spans(carved, {}, Milliseconds(9'800)), (Spans{{span(0, 9'000)}, {}}));
}

TEST(RoundedSpans, AreRightToTheFrameForADay) {
  for (const Fraction& rate : {Fraction{30'000, 1'001}, Fraction{24'000, 1'001}, Fraction{25, 1},
                               Fraction{60'000, 1'001}}) {
    const ReportingUnit unit{rate};
    const std::int64_t frames = std::int64_t{86'400} * rate.numerator / rate.denominator;
    for (std::int64_t frame = 0; frame < frames; frame += 97) {
      ASSERT_EQ(unit_number(unit_start(frame, unit), unit), frame) << rate.numerator;
    }
  }
}

TEST(RoundedSpans, NeverOverlapNorExceedTheRunningTimeNorMoveFurtherThanAUnit) {
  constexpr unsigned kSeed = 20260311;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (const Fraction& rate : {Fraction{1, 1}, Fraction{25, 1}, Fraction{30'000, 1'001}}) {
    const ReportingUnit unit{rate};
    for (int round = 0; round < 1'000; ++round) {
      const std::vector<Cue> cues = random_cues(random, 20'000);
      const Milliseconds running_time(15'000 + static_cast<int>(random() % 6'000));
      const Spans carved = carve_out(cues, running_time);
      const Spans rounded = rounded_spans(carved, unit, running_time);
      std::vector<Span> all;
      for (std::size_t i = 0; i < cues.size(); ++i) {
        EXPECT_LE(carved[i].empty(), rounded[i].empty());
        all.insert(all.end(), rounded[i].begin(), rounded[i].end());
        for (const Span& one : rounded[i]) {
          EXPECT_EQ(unit_start(unit_number(one.start, unit), unit), one.start);
          EXPECT_LT(one.start, one.end);
        }
      }
      std::ranges::sort(all);
      for (std::size_t i = 1; i < all.size(); ++i) ASSERT_GE(all[i].start, all[i - 1].end) << round;
      ASSERT_TRUE(all.empty() || all.back().end <= running_time) << round;
      ASSERT_LE(sum(rounded), running_time) << round;
    }
  }
}

TEST(BelowMinimum, MarksWhatIsShortAndNotWhatIsSilent) {
  const Spans reported{{span(0, 2'000), span(3'000, 4'000)}, {span(5'000, 7'999)}, {}};
  EXPECT_EQ(below_minimum(reported, Milliseconds(3'000)), (std::vector{false, true, false}));
}

}  // namespace
}  // namespace needledrop
