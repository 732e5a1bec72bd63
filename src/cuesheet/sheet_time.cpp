#include "cuesheet/sheet_time.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::int64_t kMostHours = 100;

Error no_time(std::string_view text) {
  return fail(
      Error::Kind::kInvalidArgument,
      fmt::format("'{}' is no time; times are like 1:02:03, 4:07 or 4:07.5", shown(text, 40)));
}

/// Every way of writing hours, minutes and seconds becomes 'h', 'm' or 's' behind their number;
/// what has colons keeps them.
std::string with_units(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 21> kMarks{
      {{"hours", 'h'},  {"hour", 'h'},
       {"min.", 'm'},   {"min", 'm'},
       {"sec.", 's'},   {"sec", 's'},
       {"시간", 'h'},   {"분", 'm'},
       {"초", 's'},     {"時間", 'h'},
       {"''", 's'},     {"\"", 's'},
       {"'", 'm'},      {"\u2032\u2032", 's'},
       {"\u2032", 'm'}, {"\u201D", 's'},
       {"\u2019", 'm'}, {"h", 'h'},
       {"m", 'm'},      {"s", 's'},
       {"秒", 's'}}};
  std::string plain;
  while (!text.empty()) {
    const auto* const mark = std::ranges::find_if(
        kMarks, [text](const auto& each) { return text.starts_with(each.first); });
    if (mark != kMarks.end()) {
      plain += mark->second;
      text.remove_prefix(mark->first.size());
      continue;
    }
    if (text.front() != ' ') plain += text.front() == ',' ? '.' : text.front();
    text.remove_prefix(1);
  }
  return plain;
}

std::optional<std::int64_t> whole(std::string_view digits) {
  constexpr std::size_t kMostDigits = 7;
  if (digits.empty() || digits.size() > kMostDigits) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// Seconds with up to three decimals that count, in milliseconds.
std::optional<std::int64_t> thousandths(std::string_view text) {
  const std::size_t point = text.find('.');
  const auto seconds = whole(text.substr(0, point));
  if (!seconds.has_value()) return std::nullopt;
  if (point == std::string_view::npos) return *seconds * 1000;
  const std::string_view decimals = text.substr(point + 1);
  if (!whole(decimals.substr(0, 7)).has_value() || decimals.size() > 7) return std::nullopt;
  std::string three(decimals.substr(0, 3));
  three.resize(3, '0');
  return *seconds * 1000 + *whole(three);
}

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t colon = text.find(':');
    parts.push_back(text.substr(0, colon));
    if (colon == std::string_view::npos) return parts;
    text.remove_prefix(colon + 1);
  }
}

/// Hours, minutes and thousandths of seconds as one time; nothing when a smaller one goes beyond
/// its number while a larger one is said.
std::optional<Milliseconds> time_of_parts(std::optional<std::int64_t> hours,
                                          std::optional<std::int64_t> minutes,
                                          std::int64_t thousandths) {
  const bool has_larger = hours.has_value() || minutes.has_value();
  if (has_larger && thousandths >= 60'000) return std::nullopt;
  if (hours.has_value() && minutes.value_or(0) >= 60) return std::nullopt;
  const std::int64_t total =
      thousandths + minutes.value_or(0) * 60'000 + hours.value_or(0) * 3'600'000;
  if (total >= kMostHours * 3'600'000) return std::nullopt;
  return Milliseconds(total);
}

/// "2h", "4m07s", "1h30": what stands last without a unit is of the next smaller one.
std::optional<Milliseconds> united_time(std::string_view text) {
  constexpr std::string_view kUnits = "hms";
  std::array<std::optional<std::string_view>, kUnits.size()> said;
  std::size_t next = 0;  // units go from large to small
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(kUnits), text.size());
    const std::size_t unit = end < text.size() ? kUnits.find(text[end]) : next;
    if (unit < next || unit >= kUnits.size()) return std::nullopt;
    said.at(unit) = text.substr(0, end);
    next = unit + 1;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  std::array<std::optional<std::int64_t>, 2> larger;
  for (std::size_t i = 0; i < larger.size(); ++i) {
    if (!said.at(i).has_value()) continue;
    larger.at(i) = whole(*said.at(i));
    if (!larger.at(i).has_value()) return std::nullopt;
  }
  const auto seconds = said[2].has_value() ? thousandths(*said[2]) : 0;
  if (!seconds.has_value()) return std::nullopt;
  return time_of_parts(larger[0], larger[1], *seconds);
}

std::optional<Milliseconds> clock_of(std::string_view text) {
  if (text.find_first_of("hms") != std::string_view::npos) return united_time(text);
  const std::vector<std::string_view> parts = parts_of(text);
  if (parts.size() > 3) return std::nullopt;
  const auto seconds = thousandths(parts.back());
  if (!seconds.has_value()) return std::nullopt;
  std::optional<std::int64_t> minutes;
  std::optional<std::int64_t> hours;
  if (parts.size() > 1) {
    minutes = whole(parts[parts.size() - 2]);
    if (!minutes.has_value()) return std::nullopt;
  }
  if (parts.size() == 3) {
    hours = whole(parts.front());
    if (!hours.has_value()) return std::nullopt;
  }
  return time_of_parts(hours, minutes, *seconds);
}

bool is_timecode(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return c == ':' || c == ';'; }) == 3;
}

}  // namespace

bool counts_frames(std::string_view text) {
  return is_timecode(folded(text));
}

Milliseconds start_on_clock(const SheetClock& clock) {
  constexpr std::size_t kLength = 8;  // HH:MM:SS
  const std::string_view start = clock.start_timecode;
  const auto time = clock_of(start.substr(0, std::min(kLength, start.size())));
  return time.value_or(Milliseconds(0));
}

Milliseconds from_start(Milliseconds time, const SheetClock& clock) {
  const Milliseconds since = time - start_on_clock(clock);
  if (!clock.timebase.has_value() || clock.timebase->is_drop_frame) return since;
  const std::int64_t numerator = clock.timebase->rate.numerator;
  const std::int64_t denominator = clock.timebase->rate.denominator;
  const std::int64_t counted = (numerator + denominator - 1) / denominator;
  return Milliseconds(since.count() * counted * denominator / numerator);
}

Result<FrameNumber> programme_frame(std::string_view timecode, const Timebase& timebase,
                                    const std::string& start_timecode) {
  ND_TRY_ASSIGN(const FrameNumber frame, parse_timecode(timecode, timebase));
  if (start_timecode.empty()) return frame;
  ND_TRY_ASSIGN(const FrameNumber start, parse_timecode(start_timecode, timebase));
  return frame < start ? frame : frame - start;
}

Result<Milliseconds> read_sheet_time(std::string_view text, const SheetClock& clock,
                                     bool is_length) {
  const std::string folded_text = folded(text);
  if (is_timecode(folded_text)) {
    if (!clock.timebase.has_value()) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("'{}' counts frames; say how many a second", shown(text, 40)));
    }
    ND_TRY_ASSIGN(const FrameNumber frame,
                  programme_frame(folded_text, *clock.timebase,
                                  is_length ? std::string() : clock.start_timecode));
    return time_of(frame, clock.timebase->rate);
  }
  const auto time = clock_of(with_units(folded_text));
  if (!time.has_value()) return no_time(text);
  return *time;
}

}  // namespace needledrop
