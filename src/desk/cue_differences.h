#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalogue/decisions.h"
#include "catalogue/entities.h"

namespace needledrop {

/// One thing about a cue that a decision changed, in words.
struct CueDifference {
  std::string field;   // "in", "out", "function", "title", ...
  std::string before;  // "" where there was none
  std::string after;
  friend bool operator==(const CueDifference&, const CueDifference&) = default;
};

/// What a person sees of a change, in the order of a cue's fields; of a new cue or one that is gone
/// its title and its times. `recordings` name what cues go by, by id. Pure.
std::vector<CueDifference> differences(const CueChange& change,
                                       std::span<const Recording> recordings);

/// "0:10:02.500".
std::string cue_time(Milliseconds time);

}  // namespace needledrop
