#pragma once

#include <span>
#include <string>
#include <variant>

#include "desk/input_files.h"
#include "desk/spot_episode.h"

namespace needledrop {

/// What came of one file.
using SpotResult = std::variant<SpottedEpisode, InputFailure>;

/// The document of `spot`: one object when `alone`, an array otherwise. With `timings` also what
/// the work took. What was found again (`changes`) is told where it was asked for.
std::string spot_json(std::span<const SpotResult> results, bool alone, bool timings);

}  // namespace needledrop
