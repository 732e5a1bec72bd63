#include "base/timecode.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "base/assert.h"

namespace needledrop {
namespace {

constexpr int kMostFramesPerSecond = 1'000;
constexpr int kNtscDivisor = 1'001;
/// With it, times up to 50 days are computed without overflow.
constexpr int kMostDenominator = 1'000'000;

Error no_rate(std::string_view text) {
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("\"{}\" is no frame rate; write 25, 29.97 or 30000/1001", text));
}

bool is_usable(Fraction rate) {
  return rate.numerator > 0 && rate.denominator > 0 && rate.denominator <= kMostDenominator &&
         rate.numerator <= std::int64_t{kMostFramesPerSecond} * rate.denominator;
}

Fraction reduced(Fraction rate) {
  const int divisor = std::gcd(rate.numerator, rate.denominator);
  return {rate.numerator / divisor, rate.denominator / divisor};
}

/// Frames that timecode counts a second.
std::int64_t counted_rate(Fraction rate) {
  return (std::int64_t{rate.numerator} + rate.denominator - 1) / rate.denominator;
}

bool has_drop_frame(Fraction rate) {
  return rate.denominator == kNtscDivisor && rate.numerator % 30'000 == 0;
}

/// How the numbers of a timebase go: all lengths in frames.
struct Counting {
  std::int64_t second;
  std::int64_t dropped;  // numbers skipped at the start of most minutes
  std::int64_t minute;   // one in which numbers are skipped
  std::int64_t ten_minutes;
  std::int64_t day;
};

Counting counting_of(Timebase timebase) {
  Counting counting{};
  counting.second = counted_rate(timebase.rate);
  counting.dropped = timebase.is_drop_frame ? counting.second / 15 : 0;
  counting.minute = 60 * counting.second - counting.dropped;
  counting.ten_minutes = 10 * counting.minute + counting.dropped;
  counting.day = counting.ten_minutes * 6 * 24;
  return counting;
}

int digits_of_frame(std::int64_t second) {
  return static_cast<int>(std::max<std::size_t>(2, std::to_string(second - 1).size()));
}

std::int64_t floor_division(std::int64_t dividend, std::int64_t divisor) {
  const std::int64_t quotient = dividend / divisor;
  return dividend % divisor < 0 ? quotient - 1 : quotient;
}

std::int64_t rounded_division(std::int64_t dividend, std::int64_t divisor) {
  return floor_division(2 * dividend + divisor, 2 * divisor);
}

template <typename Number>
std::optional<Number> read_whole(std::string_view text) {
  Number number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A number of 1 to 4 digits, and nothing else.
std::optional<int> read_part(std::string_view text) {
  const bool is_number = !text.empty() && text.size() <= 4 &&
                         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? read_whole<int>(text) : std::nullopt;
}

Fraction from_decimal(double rate) {
  const double nearest = std::ceil(rate);
  const double ntsc = nearest * 1'000 / kNtscDivisor;
  constexpr double kNear = 0.0055;  // 23.98 stands for 23.976
  if (rate != nearest && std::abs(rate - ntsc) < kNear) {
    return {static_cast<int>(nearest) * 1'000, kNtscDivisor};
  }
  constexpr int kPlaces = 10'000;
  return {static_cast<int>(std::lround(rate * kPlaces)), kPlaces};
}

/// The four numbers of a timecode.
struct Parts {
  int hour;
  int minute;
  int second;
  int frame;
};

std::optional<Parts> read_parts(std::string_view text) {
  std::array<int, 4> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const bool is_last = i + 1 == numbers.size();
    const std::size_t end =
        is_last ? text.size() : text.find_first_of(i + 2 == numbers.size() ? ":;.," : ":");
    if (end == std::string_view::npos) return std::nullopt;
    const auto number = read_part(text.substr(0, end));
    if (!number.has_value()) return std::nullopt;
    numbers.at(i) = *number;
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return Parts{numbers[0], numbers[1], numbers[2], numbers[3]};
}

}  // namespace

Result<Timebase> make_timebase(Fraction rate, bool is_drop_frame) {
  if (!is_usable(rate)) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{}/{} is no frame rate", rate.numerator, rate.denominator));
  }
  const Fraction exact = reduced(rate);
  if (is_drop_frame && !has_drop_frame(exact)) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("there is no drop-frame timecode at {} frames a second; only 29.97 "
                            "and its multiples have it",
                            to_string(exact)));
  }
  return Timebase{exact, is_drop_frame};
}

Result<Fraction> parse_frame_rate(std::string_view text) {
  Fraction rate;
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    const auto numerator = read_whole<int>(text.substr(0, slash));
    const auto denominator = read_whole<int>(text.substr(slash + 1));
    if (!numerator.has_value() || !denominator.has_value()) return no_rate(text);
    rate = {*numerator, *denominator};
  } else {
    const auto decimal = read_whole<double>(text);
    if (!decimal.has_value() || !(*decimal > 0) || *decimal > kMostFramesPerSecond) {
      return no_rate(text);
    }
    rate = from_decimal(*decimal);
  }
  if (!is_usable(rate)) return no_rate(text);
  return reduced(rate);
}

std::string to_string(Fraction rate) {
  return rate.denominator == 1 ? fmt::to_string(rate.numerator)
                               : fmt::format("{}/{}", rate.numerator, rate.denominator);
}

FrameNumber nearest_frame(Milliseconds time, Fraction rate) {
  ND_ASSERT(is_usable(rate));
  return FrameNumber(
      rounded_division(time.count() * rate.numerator, std::int64_t{1'000} * rate.denominator));
}

Milliseconds time_of(FrameNumber frame, Fraction rate) {
  ND_ASSERT(is_usable(rate));
  return Milliseconds(
      rounded_division(frame.value * 1'000 * rate.denominator, std::int64_t{rate.numerator}));
}

std::string timecode_of(FrameNumber frame, Timebase timebase) {
  const Counting counting = counting_of(timebase);
  const std::int64_t in_day =
      frame.value - counting.day * floor_division(frame.value, counting.day);
  // Every minute but the tenth ones has skipped its numbers; put in again, plain counting follows.
  const std::int64_t tens = in_day / counting.ten_minutes;
  const std::int64_t in_ten = in_day % counting.ten_minutes;
  const std::int64_t minutes_dropped =
      std::max<std::int64_t>(0, (in_ten - counting.dropped) / counting.minute);
  const std::int64_t number = in_day + counting.dropped * (9 * tens + minutes_dropped);
  const std::int64_t seconds = number / counting.second;
  return fmt::format("{:02}:{:02}:{:02}{}{:0{}}", seconds / 3'600, seconds / 60 % 60, seconds % 60,
                     timebase.is_drop_frame ? ';' : ':', number % counting.second,
                     digits_of_frame(counting.second));
}

Result<FrameNumber> parse_timecode(std::string_view text, Timebase timebase) {
  const auto parts = read_parts(text);
  if (!parts.has_value()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("\"{}\" is no timecode; write HH:MM:SS:FF", text));
  }
  const Counting counting = counting_of(timebase);
  const bool is_skipped =
      parts->minute % 10 != 0 && parts->second == 0 && parts->frame < counting.dropped;
  if (parts->hour > 23 || parts->minute > 59 || parts->second > 59 ||
      parts->frame >= counting.second || is_skipped) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("\"{}\" does not exist in {}timecode at {} frames a second", text,
                            timebase.is_drop_frame ? "drop-frame " : "", to_string(timebase.rate)));
  }
  const std::int64_t minutes = std::int64_t{parts->hour} * 60 + parts->minute;
  const std::int64_t number = (minutes * 60 + parts->second) * counting.second + parts->frame;
  return FrameNumber(number - counting.dropped * (minutes - minutes / 10));
}

bool says_drop_frame(std::string_view timecode) {
  const std::size_t mark = timecode.find_last_of(":;.,");
  return mark != std::string_view::npos && (timecode[mark] == ';' || timecode[mark] == ',');
}

}  // namespace needledrop
