#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "spotting/recurrence.h"
#include "spotting/repeat.h"
#include "spotting/spotter.h"

namespace needledrop {

/// An episode as a search for what returns looks at it.
struct HeardEpisode {
  SourceId id;
  bool asks = true;           // is all of it searched for, or is it only found in?
  std::vector<Span> answers;  // where something may be found; empty: anywhere
  std::vector<Span> spotted;  // what catalogued recordings explain, and nobody asks for again
};

/// Repeats, and what there is to know of the episodes to make recurrences of them.
struct Repeats {
  std::vector<Repeat> repeats;           // by a, b, then start
  std::vector<EpisodeOutline> episodes;  // by id
};

/// The places at which episodes sound alike, each pair of places once. Windows
/// of those that ask are looked up among the single peaks of all (as CloseSearch does it), then
/// verified peak by peak like a recording's use: the other place is the recording, with
/// whatever else is heard there. Chance is learned from all wrong offsets of the same window, and
/// from how dense peaks lie along each frequency of the episode. The far peaks of all episodes are
/// held at once: some 15 MB an hour of episodes. Errors: kCorrupt, kNotFound (an
/// episode that the snapshot lacks), kCancelled. The result does not depend on control.threads.
Result<Repeats> find_repeats(const Snapshot& snapshot, std::span<const HeardEpisode> episodes,
                             const Spotter::Control& control);

}  // namespace needledrop
