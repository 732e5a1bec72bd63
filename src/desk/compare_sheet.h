#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "cuesheet/comparison_document.h"

namespace needledrop {

class Desk;

struct ComparedSheet {
  Episode episode;
  SheetComparison comparison;
  std::vector<std::string> warnings;  // of reading the filed sheet
};

/// A cue sheet that exists (see read_sheet) beside what is heard in the episode that `what` names.
/// Where nobody says how its timecode counts, it is taken to be that of the episode's first file.
/// Errors: those of reading the file, of read_sheet, and find_episode's.
Result<ComparedSheet> compare_sheet(Desk& desk, const std::string& path, std::string_view what,
                                    const SheetReaderOptions& reader, const ComparisonRules& rules);

}  // namespace needledrop
