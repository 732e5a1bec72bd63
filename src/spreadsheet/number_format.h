#pragma once

#include <string>
#include <string_view>

// Private to this folder.

namespace needledrop {

/// What a number of an XLSX cell stands for.
enum class NumberMeaning { kPlain, kShare, kDate, kTime };

/// The meaning of a format that a workbook does not declare, by its number (ECMA-376 part 1,
/// 18.8.30; 27 to 36 and 50 to 58 are dates in East Asian workbooks).
NumberMeaning meaning_of_built_in_format(int number);

/// The meaning of a declared format: "yyyy\"년\" m\"월\"" is a date, "[h]:mm:ss.000" a time,
/// "0.00%" a share. The first section counts.
NumberMeaning meaning_of_format(std::string_view code);

/// What the cell shows, for a stored number. A date as YYYY-MM-DD, with " HH:MM:SS" when it has a
/// time of day; a time as HH:MM:SS, hours growing, with ".mmm" when there are such; a share as
/// "12.5%"; a plain number with as many digits as it has. What is no number, or no day of the
/// years 1900 to 9999, comes back as it is.
std::string shown_number(std::string_view stored, NumberMeaning meaning, bool counts_from_1904);

}  // namespace needledrop
