#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cuesheet/rolled_sheet.h"
#include "desk/current_sheet.h"

namespace needledrop {

class Desk;

/// A season as a person names it.
struct SeasonName {
  std::string production;  // a title, or a part of it that fits only one
  int number = 0;
};

/// Reads PRODUCTION/S01; nothing for any other form.
std::optional<SeasonName> read_season_name(std::string_view what);

struct SeasonSheet {
  RolledSheet sheet;
  std::vector<std::string> left_out;  // episodes that were never spotted: "S01E03"
};

/// The season's songs with their uses and seconds, summed up over the sheets of its episodes as
/// they stand, filed ones as they were filed; in the order of the episodes. Errors: find_entity's
/// of the production; kNotFound when it has no such season, or none of its episodes was spotted.
Result<SeasonSheet> season_sheet(Desk& desk, const SeasonName& name, const SheetWishes& wishes);

}  // namespace needledrop
