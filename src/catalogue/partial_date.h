#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace needledrop {

/// A date as far as it is known: a year, a month, or a day. In order of time; what is less precise
/// comes before what it contains.
struct PartialDate {
  int year = 0;
  std::optional<int> month;  // 1 to 12
  std::optional<int> day;    // 1 to 31; only with a month
  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

/// Reads "2024", "2024-04", "2024-04-14", also with dots or strokes, "2024. 4. 14.", "20240414" and
/// "2024년 4월 14일". Years are 1800 to 2200: before there was no recorded music, and what is after
/// is a slip. kInvalidArgument with the reason for dates that don't exist.
Result<PartialDate> read_partial_date(std::string_view text);

/// "2024", "2024-04" or "2024-04-14".
std::string to_string(const PartialDate& date);

/// Does every day that `inner` may be lie within `outer`?
bool contains(const PartialDate& outer, const PartialDate& inner);

/// As the calendar that is in use now has them.
int days_in_month(int year, int month);

}  // namespace needledrop
