#include "catalogue/partial_date.h"

#include <array>
#include <chrono>
#include <vector>

#include <fmt/format.h>

#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr int kFirstYear = 1800;
constexpr int kLastYear = 2200;

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

Error refused(std::string_view text, std::string_view reason) {
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("'{}' is no date: {}", shown(text), reason));
}

Error misspelled(std::string_view text) {
  return refused(text, "dates are written year first, as 2024, 2024-04 or 2024-04-14");
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// What stands between the numbers of a date, at the beginning of `text`; its bytes.
std::size_t separator_size(std::string_view text) {
  static constexpr std::array<std::string_view, 9> kSeparators{"-", "/",  ".",  "‐", "–",
                                                               "−", "년", "월", "일"};
  std::size_t spaces = 0;
  while (spaces < text.size() && text[spaces] == ' ') ++spaces;
  for (const std::string_view each : kSeparators) {
    if (!text.substr(spaces).starts_with(each)) continue;
    std::size_t size = spaces + each.size();
    while (size < text.size() && text[size] == ' ') ++size;
    return size;
  }
  return 0;
}

/// The digits of its numbers; nothing when it is anything else than up to three numbers.
std::vector<std::string_view> numbers_of(std::string_view text) {
  std::vector<std::string_view> numbers;
  while (!text.empty()) {
    std::size_t size = 0;
    while (size < text.size() && is_digit(text[size])) ++size;
    if (size == 0 || numbers.size() == 3) return {};
    numbers.push_back(text.substr(0, size));
    text.remove_prefix(size);
    const std::size_t separator = separator_size(text);
    if (separator == 0 && !text.empty()) return {};
    text.remove_prefix(separator);
  }
  return numbers;
}

int value_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

Result<PartialDate> possible(const PartialDate& date, std::string_view text) {
  if (date.year < kFirstYear || date.year > kLastYear) {
    return refused(
        text, fmt::format("the year is {}; years are {} to {}", date.year, kFirstYear, kLastYear));
  }
  if (!date.month) return date;
  if (*date.month < 1 || *date.month > 12) {
    return refused(text, fmt::format("there is no month {}", *date.month));
  }
  if (!date.day) return date;
  const int days = days_in_month(date.year, *date.month);
  if (*date.day >= 1 && *date.day <= days) return date;
  const std::string_view month = kMonths[static_cast<std::size_t>(*date.month - 1)];
  if (*date.month == 2 && *date.day == 29) {
    return refused(text, fmt::format("{} is no leap year: {} has {} days", date.year, month, days));
  }
  return refused(text, fmt::format("{} has {} days", month, days));
}

}  // namespace

int days_in_month(int year, int month) {
  using std::chrono::year_month_day_last;
  const std::chrono::month_day_last last{std::chrono::month(static_cast<unsigned>(month))};
  return static_cast<int>(
      static_cast<unsigned>(year_month_day_last(std::chrono::year(year), last).day()));
}

Result<PartialDate> read_partial_date(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  if (text.size() > kLongest) return misspelled(text);
  const std::string plain = folded(text);  // full width, and Hangul in letters
  const auto first = plain.find_first_not_of(' ');
  if (first == std::string::npos) return misspelled(text);
  const auto last = plain.find_last_not_of(' ');
  auto numbers = numbers_of(std::string_view(plain).substr(first, last + 1 - first));
  if (numbers.size() == 1 && numbers[0].size() == 8) {
    const std::string_view digits = numbers[0];
    numbers = {digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2)};
  }
  if (numbers.empty() || numbers[0].size() != 4) return misspelled(text);
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i].size() > 2) return misspelled(text);
  }
  PartialDate date{value_of(numbers[0]), std::nullopt, std::nullopt};
  if (numbers.size() > 1) date.month = value_of(numbers[1]);
  if (numbers.size() > 2) date.day = value_of(numbers[2]);
  return possible(date, text);
}

std::string to_string(const PartialDate& date) {
  if (!date.month) return fmt::format("{:04}", date.year);
  if (!date.day) return fmt::format("{:04}-{:02}", date.year, *date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, *date.month, *date.day);
}

bool contains(const PartialDate& outer, const PartialDate& inner) {
  return outer.year == inner.year && (!outer.month || outer.month == inner.month) &&
         (!outer.day || outer.day == inner.day);
}

}  // namespace needledrop
