#pragma once

#include <cstddef>
#include <string>

#include "cuesheet/rolled_sheet.h"

namespace needledrop {

/// The uses in a table, and the totals below it.
std::string rolled_sheet_report(const RolledSheet& sheet, std::size_t width);

}  // namespace needledrop
