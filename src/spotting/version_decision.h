#pragma once

#include <vector>

#include "base/result.h"
#include "spotting/explanation.h"
#include "spotting/relation.h"

namespace needledrop {

class Snapshot;

/// Settles which version is named, the family first and the version second: what was kept of
/// relatives, one where the other would be, becomes one use; of all versions that would fit it, the
/// one is named for which most speaks of what it alone has, or of several that nothing tells apart
/// the first by id. The others become its rivals, with as much less evidence as speaks against
/// them. Recordings that are the same are never told apart. Explanations without relatives stay as
/// they are. `recordings` gains the peaks that were needed. By start, then source. Errors:
/// kCorrupt.
Result<std::vector<Explanation>> decide_versions(const Snapshot& snapshot, const PeakGrid& episode,
                                                 const Relatives& relatives,
                                                 RecordingPeaks& recordings,
                                                 std::vector<Explanation> explanations);

}  // namespace needledrop
