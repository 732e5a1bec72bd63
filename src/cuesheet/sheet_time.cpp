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

/// Every way of writing hours, minutes and seconds becomes ':' between them; "" when it is none.
std::string with_colons(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 21> kMarks{
      {{"hours", ':'},  {"hour", ':'},
       {"min.", ':'},   {"min", ':'},
       {"sec.", ' '},   {"sec", ' '},
       {"시간", ':'},   {"분", ':'},
       {"초", ' '},     {"時間", ':'},
       {"''", ' '},     {"\"", ' '},
       {"'", ':'},      {"\u2032\u2032", ' '},
       {"\u2032", ':'}, {"\u201D", ' '},
       {"\u2019", ':'}, {"h", ':'},
       {"m", ':'},      {"s", ' '},
       {"秒", ' '}}};
  std::string plain;
  while (!text.empty()) {
    const auto* const mark = std::ranges::find_if(
        kMarks, [text](const auto& each) { return text.starts_with(each.first); });
    if (mark != kMarks.end()) {
      plain += mark->second;
      text.remove_prefix(mark->first.size());
      continue;
    }
    if (text.starts_with(' ')) {
      text.remove_prefix(1);
      continue;
    }
    plain += text.front() == ',' ? '.' : text.front();
    text.remove_prefix(1);
  }
  const auto end = plain.find_last_not_of(' ');
  plain.resize(end == std::string::npos ? 0 : end + 1);
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

/// "4:" is four minutes, "1:2:" an hour and two.
std::optional<Milliseconds> clock_of(const std::string& plain) {
  std::vector<std::string_view> parts = parts_of(plain);
  if (parts.size() > 1 && parts.back().empty()) parts.back() = "0";
  if (parts.size() > 3) return std::nullopt;
  const auto seconds = thousandths(parts.back());
  if (!seconds.has_value()) return std::nullopt;
  std::int64_t total = *seconds;
  if (parts.size() > 1) {
    const auto minutes = whole(parts[parts.size() - 2]);
    if (!minutes.has_value() || *seconds >= 60'000) return std::nullopt;
    if (parts.size() == 3 && *minutes >= 60) return std::nullopt;
    total += *minutes * 60'000;
  }
  if (parts.size() == 3) {
    const auto hours = whole(parts.front());
    if (!hours.has_value()) return std::nullopt;
    total += *hours * 3'600'000;
  }
  if (total >= kMostHours * 3'600'000) return std::nullopt;
  return Milliseconds(total);
}

bool is_timecode(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return c == ':' || c == ';'; }) == 3;
}

}  // namespace

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
  const auto time = clock_of(with_colons(folded_text));
  if (!time.has_value()) return no_time(text);
  return *time;
}

}  // namespace needledrop
