#include "spreadsheet/number_format.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

namespace needledrop {
namespace {

constexpr std::int64_t kDay = 86'400'000;  // in milliseconds

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The letters of the first section that have a meaning: without quoted text, escaped characters,
/// colours and conditions. Elapsed hours "[h]" count like hours.
std::string telling_letters(std::string_view code) {
  std::string letters;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size() - 1);
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size() - 1);
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) {
        letters += lower(inside.front());
      }
      i = end;
    } else {
      letters += lower(c);
    }
  }
  return letters;
}

std::optional<double> read_number(std::string_view text) {
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole_text = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return is_whole_text && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::string clock_text(std::int64_t milliseconds) {
  const std::int64_t size = std::abs(milliseconds);
  std::string text = fmt::format("{}{:02}:{:02}:{:02}", milliseconds < 0 ? "-" : "",
                                 size / 3'600'000, size / 60'000 % 60, size / 1'000 % 60);
  if (size % 1'000 != 0) text += fmt::format(".{:03}", size % 1'000);
  return text;
}

/// Day 1 is 1900-01-01, and day 60 the 29th of February 1900, which there never was; or day 0 is
/// 1904-01-01.
std::optional<std::chrono::sys_days> day_of(std::int64_t serial, bool counts_from_1904) {
  using namespace std::chrono_literals;
  using std::chrono::days;
  using std::chrono::sys_days;
  constexpr std::int64_t kLeapThatWasNot = 60;
  constexpr std::int64_t kLast = 2'958'465;  // 9999-12-31
  const bool is_day = serial >= (counts_from_1904 ? 0 : 1) && serial <= kLast;
  if (!is_day || (!counts_from_1904 && serial == kLeapThatWasNot)) return std::nullopt;
  if (counts_from_1904) return sys_days(1904y / 1 / 1) + days(serial);
  return sys_days(1899y / 12 / 31) + days(serial - (serial > kLeapThatWasNot ? 1 : 0));
}

std::optional<std::string> shown_date(double serial, bool counts_from_1904) {
  constexpr double kMostDays = 3e6;
  if (!(serial >= 0 && serial < kMostDays)) return std::nullopt;
  const std::int64_t time = std::llround(serial * kDay);
  if (time < kDay && !counts_from_1904) return clock_text(time);
  const auto day = day_of(time / kDay, counts_from_1904);
  if (!day.has_value()) return std::nullopt;
  const std::chrono::year_month_day date(*day);
  std::string text =
      fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (time % kDay != 0) text += " " + clock_text(time % kDay);
  return text;
}

/// Twelve digits: what people typed, without the last bits of its binary form.
std::string shown_share(double number) {
  return fmt::format("{:.12g}%", number * 100);
}

}  // namespace

NumberMeaning meaning_of_built_in_format(int number) {
  if (number == 9 || number == 10) return NumberMeaning::kShare;
  if ((number >= 18 && number <= 21) || (number >= 45 && number <= 47)) return NumberMeaning::kTime;
  const bool is_date = (number >= 14 && number <= 17) || number == 22 ||
                       (number >= 27 && number <= 36) || (number >= 50 && number <= 58);
  return is_date ? NumberMeaning::kDate : NumberMeaning::kPlain;
}

NumberMeaning meaning_of_format(std::string_view code) {
  const std::string letters = telling_letters(code);
  const auto has = [&](std::string_view any) {
    return letters.find_first_of(any) != std::string::npos;
  };
  if (letters == "general") return NumberMeaning::kPlain;
  if (has("yd")) return NumberMeaning::kDate;
  if (has("hs")) return NumberMeaning::kTime;
  if (has("m")) return NumberMeaning::kDate;
  return has("%") ? NumberMeaning::kShare : NumberMeaning::kPlain;
}

std::string shown_number(std::string_view stored, NumberMeaning meaning, bool counts_from_1904) {
  const auto number = read_number(stored);
  if (!number.has_value()) return std::string(stored);
  constexpr double kMostDays = 1e6;
  if (meaning == NumberMeaning::kShare) return shown_share(*number);
  if (meaning == NumberMeaning::kTime && std::abs(*number) < kMostDays) {
    return clock_text(std::llround(*number * kDay));
  }
  if (meaning == NumberMeaning::kDate) {
    if (auto date = shown_date(*number, counts_from_1904)) return *date;
  }
  constexpr double kWhole = 1e15;  // below, whole numbers are exact and shown in full
  if (*number == std::trunc(*number) && std::abs(*number) < kWhole) {
    return fmt::to_string(static_cast<std::int64_t>(*number));
  }
  return fmt::format("{:.15g}", *number);
}

}  // namespace needledrop
