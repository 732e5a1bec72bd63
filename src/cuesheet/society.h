#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/units.h"
#include "catalogue/cue.h"

namespace needledrop {

/// How a society adds up shares.
enum class ShareBasis {
  kWhole,  // writers and publishers together make 100 %
  kSplit,  // writers make 100 % and publishers another 100 %
};

/// What a society calls a use. The row that comes first among those that fit holds; kUnknown fits
/// everything.
struct UsageRow {
  CueFunction function = CueFunction::kUnknown;
  CueVocal vocal = CueVocal::kUnknown;
  CuePerception perception = CuePerception::kUnknown;
  std::string_view code;
};

/// How a society wants its sheets. Codes and limits are data: society.cpp says where they are from.
struct Society {
  std::string_view name;   // as a person types it: "us", "uk", "apra", "komca"
  std::string_view title;  // "United States (ASCAP, BMI)"
  ShareBasis basis = ShareBasis::kWhole;
  // Shorter uses stand on the sheet, marked as not counted, and are left out of its counted
  // duration; 0: none is too short.
  Milliseconds minimum{0};
  std::span<const UsageRow> usages;
};

/// "whole", "split".
std::string_view to_string(ShareBasis basis);
std::optional<ShareBasis> share_basis(std::string_view text);

/// All that are known, by name.
std::span<const Society> societies();
/// Null when there is none of that name.
const Society* find_society(std::string_view name);

/// The society's code for a use; "" when it depends on something that is not known.
std::string_view usage_code(const Society& society, const Cue& cue);

}  // namespace needledrop
