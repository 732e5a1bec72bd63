#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cuesheet/sheet.h"

namespace needledrop {

/// Something that is missing or wrong in a sheet, said plainly.
struct SheetFault {
  enum class Gravity {
    kError,    // a society would send the sheet back, or somebody would be paid wrongly
    kWarning,  // should be looked at
  };
  Gravity gravity = Gravity::kError;
  int cue = 0;          // its number in the sheet; 0: the sheet as a whole
  std::string field;    // "shares", "title", ...
  std::string message;  // "the shares of 'Promise' add up to 99.50 %, not 100 %"
  friend bool operator==(const SheetFault&, const SheetFault&) = default;
};

std::string_view to_string(SheetFault::Gravity gravity);

/// Everything that is missing or wrong, errors first, then in the order of the sheet. Pure.
std::vector<SheetFault> check_sheet(const CueSheet& sheet);

bool has_errors(std::span<const SheetFault> faults);

}  // namespace needledrop
