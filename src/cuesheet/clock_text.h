#pragma once

#include <string>

#include "base/units.h"

namespace needledrop {

/// HH:MM:SS.mmm; hours grow beyond two digits. Negative times begin with '-'.
std::string clock_time(Milliseconds time);

/// As lengths are printed on sheets: "0:07", "3:25", "1:02:03", to the nearest second.
std::string printed_time(Milliseconds time);

/// "61.500".
std::string seconds_text(Milliseconds time);

}  // namespace needledrop
