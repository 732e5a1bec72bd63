#include "base/timecode.h"

#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace needledrop {
namespace {

Timebase timebase(int numerator, int denominator, bool is_drop_frame = false) {
  const auto made = make_timebase({numerator, denominator}, is_drop_frame);
  EXPECT_TRUE(made.has_value()) << made.error().message;
  return *made;
}

const Timebase kFilm = timebase(24'000, 1'001);
const Timebase kNtsc = timebase(30'000, 1'001);
const Timebase kNtscDrop = timebase(30'000, 1'001, true);
const Timebase kDouble = timebase(60'000, 1'001);
const Timebase kDoubleDrop = timebase(60'000, 1'001, true);
const std::vector<Timebase> kTimebases = {
    kFilm,       timebase(24, 1), timebase(25, 1), kNtsc,
    kNtscDrop,   timebase(30, 1), timebase(50, 1), kDouble,
    kDoubleDrop, timebase(60, 1), timebase(25, 2), timebase(120'000, 1'001, true)};

std::string name_of(Timebase timebase) {
  return to_string(timebase.rate) + (timebase.is_drop_frame ? " drop" : "");
}

/// The slow twin: a clock's face that is moved on frame by frame, and passes over the numbers that
/// SMPTE ST 12-1 says are not used.
class Face {
 public:
  Face(int frames, int skipped) : frames_(frames), skipped_(skipped) {}

  void move_on() {
    if (++frame_ < frames_) return;
    frame_ = 0;
    if (++second_ < 60) return;
    second_ = 0;
    minute_ = (minute_ + 1) % 60;
    hour_ += minute_ == 0 ? 1 : 0;
    if (minute_ % 10 != 0) frame_ = skipped_;
  }
  [[nodiscard]] bool is_before_midnight() const { return hour_ < 24; }
  [[nodiscard]] std::string text(char mark) const {
    return fmt::format("{:02}:{:02}:{:02}{}{:0{}}", hour_, minute_, second_, mark, frame_,
                       frames_ > 100 ? 3 : 2);
  }

 private:
  int frames_;
  int skipped_;
  int hour_ = 0;
  int minute_ = 0;
  int second_ = 0;
  int frame_ = 0;
};

/// The first frame in 24 hours whose timecode is not the face's, or whose timecode does not lead
/// back to it; every `step`th is looked at.
std::string first_difference(Timebase timebase, Face face, int step) {
  const char mark = timebase.is_drop_frame ? ';' : ':';
  std::int64_t number = 0;
  for (; face.is_before_midnight(); ++number, face.move_on()) {
    if (number % step != 0) continue;
    const std::string expected = face.text(mark);
    const std::string text = timecode_of(FrameNumber(number), timebase);
    if (text != expected) return fmt::format("frame {}: {} is not {}", number, text, expected);
    const auto back = parse_timecode(text, timebase);
    if (!back.has_value()) return back.error().message;
    if (*back != FrameNumber(number)) return fmt::format("{} leads to {}", text, back->value);
  }
  const std::string around = timecode_of(FrameNumber(number), timebase);
  return around == timecode_of(FrameNumber(0), timebase) ? "" : "the day ends with " + around;
}

TEST(Timecode, DropFrameIsRightToTheFrameOver24Hours) {
  EXPECT_EQ(first_difference(kNtscDrop, {30, 2}, 1), "");
  EXPECT_EQ(first_difference(kDoubleDrop, {60, 4}, 1), "");
  EXPECT_EQ(first_difference(timebase(120'000, 1'001, true), {120, 8}, 7), "");
}

TEST(Timecode, NonDropIsPlainCountingOver24Hours) {
  EXPECT_EQ(first_difference(kFilm, {24, 0}, 7), "");
  EXPECT_EQ(first_difference(timebase(24, 1), {24, 0}, 7), "");
  EXPECT_EQ(first_difference(timebase(25, 1), {25, 0}, 7), "");
  EXPECT_EQ(first_difference(kNtsc, {30, 0}, 7), "");
  EXPECT_EQ(first_difference(timebase(30, 1), {30, 0}, 7), "");
  EXPECT_EQ(first_difference(timebase(50, 1), {50, 0}, 7), "");
  EXPECT_EQ(first_difference(kDouble, {60, 0}, 7), "");
  EXPECT_EQ(first_difference(timebase(60, 1), {60, 0}, 7), "");
  EXPECT_EQ(first_difference(timebase(25, 2), {13, 0}, 7), "");
}

TEST(Timecode, KnownValuesOfDropFrame) {
  // 17,982 frames in ten minutes, 107,892 in an hour.
  EXPECT_EQ(timecode_of(FrameNumber(1'799), kNtscDrop), "00:00:59;29");
  EXPECT_EQ(timecode_of(FrameNumber(1'800), kNtscDrop), "00:01:00;02");
  EXPECT_EQ(timecode_of(FrameNumber(17'982), kNtscDrop), "00:10:00;00");
  EXPECT_EQ(timecode_of(FrameNumber(107'892), kNtscDrop), "01:00:00;00");
  EXPECT_EQ(timecode_of(FrameNumber(3'600), kDoubleDrop), "00:01:00;04");
  EXPECT_EQ(timecode_of(FrameNumber(107'892), kNtsc), "00:59:56:12");
}

TEST(Timecode, DropFrameKeepsToTheClock) {
  for (const Timebase drop : {kNtscDrop, kDoubleDrop}) {
    const FrameNumber last = *parse_timecode("23:59:59;00", drop);
    const auto behind = Milliseconds((24 * 3'600 - 1) * 1'000) - time_of(last, drop.rate);
    EXPECT_GE(behind.count(), 0);
    EXPECT_LE(behind.count(), 150);
  }
}

TEST(Timecode, GoesAroundAtMidnight) {
  EXPECT_EQ(timecode_of(FrameNumber(-1), kNtscDrop), "23:59:59;29");
  EXPECT_EQ(timecode_of(FrameNumber(-1), timebase(25, 1)), "23:59:59:24");
  EXPECT_EQ(timecode_of(FrameNumber(2'160'000), timebase(25, 1)), "00:00:00:00");
}

TEST(Timecode, WhatIsNotCountedIsRefused) {
  EXPECT_TRUE(parse_timecode("00:10:00;00", kNtscDrop).has_value());
  EXPECT_TRUE(parse_timecode("00:01:00;02", kNtscDrop).has_value());
  for (const char* text : {"00:01:00;00", "00:01:00;01", "00:59:00;01", "00:00:00;30"}) {
    EXPECT_FALSE(parse_timecode(text, kNtscDrop).has_value()) << text;
  }
  EXPECT_TRUE(parse_timecode("00:01:00:00", kNtsc).has_value());
  for (const char* text : {"24:00:00:00", "00:60:00:00", "00:00:60:00", "00:00:00:25", "", "1:2:3",
                           "00:00:00:0x", "00:00:00:", "-1:00:00:00", "00:00:00:00:00",
                           "00;00:00:00", "10000:00:00:00", " 00:00:00:00"}) {
    EXPECT_FALSE(parse_timecode(text, timebase(25, 1)).has_value()) << text;
  }
}

TEST(Timecode, TextTellsOfDropFrame) {
  EXPECT_TRUE(says_drop_frame("10:00:00;00"));
  EXPECT_TRUE(says_drop_frame("10:00:00,00"));
  EXPECT_FALSE(says_drop_frame("10:00:00:00"));
  EXPECT_FALSE(says_drop_frame("10:00:00.00"));
  EXPECT_FALSE(says_drop_frame(""));
}

TEST(Timebase, DropFrameExistsAt29AndItsMultiples) {
  EXPECT_FALSE(make_timebase({25, 1}, true).has_value());
  EXPECT_FALSE(make_timebase({24'000, 1'001}, true).has_value());
  EXPECT_FALSE(make_timebase({30, 1}, true).has_value());
  EXPECT_TRUE(make_timebase({60'000, 2'002}, true).has_value());
  EXPECT_FALSE(make_timebase({0, 1}, false).has_value());
  EXPECT_FALSE(make_timebase({25, 0}, false).has_value());
  EXPECT_FALSE(make_timebase({-25, -1}, false).has_value());
  EXPECT_FALSE(make_timebase({1'001, 1}, false).has_value());
}

TEST(FrameRate, IsReadAsPeopleWriteIt) {
  using Case = std::tuple<const char*, int, int>;
  for (const auto& [text, numerator, denominator] :
       {Case{"25", 25, 1}, Case{"23.976", 24'000, 1'001}, Case{"23.98", 24'000, 1'001},
        Case{"29.97", 30'000, 1'001}, Case{"59.94", 60'000, 1'001},
        Case{"29.97002997", 30'000, 1'001}, Case{"60000/1001", 60'000, 1'001}, Case{"50/2", 25, 1},
        Case{"12.5", 25, 2}, Case{"30.0", 30, 1}}) {
    const auto rate = parse_frame_rate(text);
    ASSERT_TRUE(rate.has_value()) << text;
    EXPECT_EQ(*rate, (Fraction{numerator, denominator})) << text;
  }
  for (const char* text : {"", "0", "-25", "x", "25x", "1/0", "25/", "/1", "inf", "nan", "1e9",
                           "0.00001", "2000000000/2000001"}) {
    EXPECT_FALSE(parse_frame_rate(text).has_value()) << text;
  }
}

TEST(NearestFrame, IsTheFrameThatBeginsNearest) {
  constexpr unsigned kSeed = 20'251;
  std::mt19937 random(kSeed);
  for (const Timebase& timebase : kTimebases) {
    const Fraction rate = timebase.rate;
    for (int i = 0; i < 20'000; ++i) {
      const std::int64_t time = random() % 86'400'000;
      const std::int64_t frame = nearest_frame(Milliseconds(time), rate).value;
      // In units of 1/(1000 x numerator) s, all whole: the frame begins at frame x 1000 x
      // denominator.
      const auto distance = [&](std::int64_t other) {
        return std::abs(time * rate.numerator - other * 1'000 * rate.denominator);
      };
      ASSERT_LE(distance(frame), distance(frame - 1)) << time << ' ' << name_of(timebase);
      ASSERT_LE(distance(frame), distance(frame + 1)) << time << ' ' << name_of(timebase);
    }
  }
}

TEST(NearestFrame, TakesEveryFramesTimeBackToIt) {
  for (const Timebase& timebase : kTimebases) {
    for (std::int64_t number = -5'000; number < 6'000'000; number += 61) {
      const FrameNumber frame(number);
      ASSERT_EQ(nearest_frame(time_of(frame, timebase.rate), timebase.rate), frame)
          << name_of(timebase);
    }
  }
}

}  // namespace
}  // namespace needledrop
