#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "spotting/recurrence.h"
#include "spotting/repeat_search.h"

namespace needledrop {

/// The music that returns within and across episodes of the snapshot, catalogued or not: repeats of
/// the same sound, grouped. The result does not depend on control.threads. Errors: as find_repeats.
Result<std::vector<Recurrence>> find_recurrences(const Snapshot& snapshot,
                                                 std::span<const HeardEpisode> episodes,
                                                 const Spotter::Control& control);

}  // namespace needledrop
