#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/cue.h"

namespace needledrop {

/// How cues are numbered when nobody says otherwise: "1m01", "1m02s".
inline constexpr std::string_view kSequencePattern = "{part}m{number:2}{source}";

/// The cues of one part in order of time, numbered in the house's style: in the pattern {part} is
/// the part, or reel, {number} counts its cues from 1, {number:2} with at least so many digits, and
/// {source} is "s" for music that the characters hear or perform. Rejected cues have no number ("")
/// and use none up. Pure. Error: kInvalidArgument for a pattern with anything else in braces.
Result<std::vector<std::string>> sequence_numbers(std::span<const Cue> cues, int part,
                                                  std::string_view pattern = kSequencePattern);

}  // namespace needledrop
