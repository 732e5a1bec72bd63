#include "media/text_scan.h"

#include <algorithm>

#include "media/unicode_text.h"

namespace needledrop {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

void skip_spaces(std::string_view& rest) {
  while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
}

/// The digits at the front as thousandths; nothing when there are none.
std::optional<std::int64_t> take_thousandths(std::string_view& rest) {
  if (rest.empty() || !is_digit(rest.front())) return std::nullopt;
  std::int64_t value = 0;
  for (std::int64_t worth = 100; !rest.empty() && is_digit(rest.front()); worth /= 10) {
    value += worth * (rest.front() - '0');
    rest.remove_prefix(1);
  }
  return value;
}

}  // namespace

std::string_view take_line(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  return line;
}

bool take_one_of(std::string_view& rest, std::string_view characters) {
  std::string_view after = rest;
  skip_spaces(after);
  if (after.empty() || characters.find(after.front()) == std::string_view::npos) return false;
  rest = after.substr(1);
  return true;
}

std::optional<std::int64_t> take_number(std::string_view& rest, std::size_t most_digits) {
  skip_spaces(rest);
  std::int64_t value = 0;
  std::size_t digits = 0;
  for (; digits < rest.size() && is_digit(rest[digits]); ++digits) {
    if (digits == most_digits) return std::nullopt;
    value = value * 10 + (rest[digits] - '0');
  }
  if (digits == 0) return std::nullopt;
  rest.remove_prefix(digits);
  return value;
}

std::optional<Milliseconds> read_clock_time(std::string_view text) {
  constexpr int kMostParts = 3;
  std::string_view rest = text;
  std::int64_t seconds = 0;
  int parts = 0;
  do {
    const auto value = take_number(rest, parts == 0 ? 3 : 2);
    if (!value.has_value() || (parts > 0 && *value > 59)) return std::nullopt;
    seconds = seconds * 60 + *value;
  } while (++parts < kMostParts && take_one_of(rest, ":"));
  if (parts < 2) return std::nullopt;
  std::int64_t thousandths = 0;
  if (take_one_of(rest, ".,:;")) {
    skip_spaces(rest);
    const auto fraction = take_thousandths(rest);
    if (!fraction.has_value()) return std::nullopt;
    thousandths = *fraction;
  }
  if (!trimmed(rest).empty()) return std::nullopt;
  return Milliseconds(seconds * 1'000 + thousandths);
}

std::string_view trimmed(std::string_view text) {
  skip_spaces(text);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool begins_with(std::string_view text, std::string_view prefix) {
  return lower_case(text.substr(0, prefix.size())) == prefix;
}

}  // namespace needledrop
