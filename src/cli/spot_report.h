#pragma once

#include <string>

#include "cli/console.h"
#include "desk/spot_episode.h"

namespace needledrop {

/// A spotted file for people: heading, the episode as one line of blocks with its legend, the table
/// of spots, and what is new where that was asked for.
std::string spot_report(const SpottedEpisode& spotted, const Console::Traits& traits);

}  // namespace needledrop
