#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "cuesheet/sheet.h"

namespace needledrop {

/// A fact of the header as it is printed.
struct HeaderLine {
  std::string label;
  std::string value;
};

/// The header's facts in the order in which sheets print them, without those that are not known;
/// totals and state among them.
std::vector<HeaderLine> header_lines(const CueSheet& sheet);

/// Midnight of the day on which the sheet was prepared; 1970-01-01 when that is not known.
/// Documents give it as the time they were made.
std::chrono::sys_seconds preparation_time(const SheetHeader& header);

}  // namespace needledrop
