#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/fraction.h"
#include "base/result.h"
#include "base/units.h"

namespace needledrop {

/// A frame of a video by its number; the frame that is shown first is 0. Differences are numbers
/// too.
struct FrameNumber : StrongNumber<FrameNumber, std::int64_t> {
  using StrongNumber::StrongNumber;
  friend constexpr FrameNumber operator+(FrameNumber a, FrameNumber b) {
    return FrameNumber(a.value + b.value);
  }
  friend constexpr FrameNumber operator-(FrameNumber a, FrameNumber b) {
    return FrameNumber(a.value - b.value);
  }
};

/// How timecode counts the frames of a video. Made by make_timebase.
///
/// Timecode counts whole frames a second: the rate, rounded up. At 30000/1001 frames a second it so
/// falls behind the clock by 3.6 s an hour. Drop-frame timecode (SMPTE ST 12-1) skips the numbers
/// 00 and 01 (at 60000/1001: 00 to 03) at the start of every minute but the tenth ones, which
/// leaves 86 ms in 24 hours. No frame is dropped, only numbers.
struct Timebase {
  Fraction rate;
  bool is_drop_frame = false;
};

/// kInvalidArgument: a rate not above 0 or above 1,000, or drop-frame at a rate that has none (only
/// multiples of 30000/1001 have).
Result<Timebase> make_timebase(Fraction rate, bool is_drop_frame);

/// A rate as people write it: "25", "30000/1001", "29.97". Decimals near N x 1000/1001 are that, to
/// the two or three places in use: 23.976, 23.98, 29.97, 59.94.
Result<Fraction> parse_frame_rate(std::string_view text);

/// "25", "30000/1001".
std::string to_string(Fraction rate);

/// The frame that begins nearest to a time: round(time x rate), halves up, in exact integers.
/// Requires: a rate that a Timebase may have.
FrameNumber nearest_frame(Milliseconds time, Fraction rate);

/// When a frame begins, to the nearest millisecond. nearest_frame takes it back to the frame at all
/// rates below 1,000.
Milliseconds time_of(FrameNumber frame, Fraction rate);

/// "HH:MM:SS:FF", ';' before FF in drop-frame. FF has as many digits as its largest number needs,
/// at least two. Goes around at 24 hours, as clocks and recorders do; negative frames lie before
/// midnight.
std::string timecode_of(FrameNumber frame, Timebase timebase);

/// The frame of a timecode, "HH:MM:SS:FF" with ':', ';', '.' or ',' before FF. kInvalidArgument:
/// no such text, over 23:59:59, or a number that is not counted (FF too high, skipped by
/// drop-frame).
Result<FrameNumber> parse_timecode(std::string_view text, Timebase timebase);

/// Does the timecode's text say that it is drop-frame, by ';' or ',' before FF?
bool says_drop_frame(std::string_view timecode);

}  // namespace needledrop
