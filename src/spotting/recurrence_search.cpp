#include "spotting/recurrence_search.h"

#include "spotting/repeat_grouping.h"

namespace needledrop {

Result<std::vector<Recurrence>> find_recurrences(const Snapshot& snapshot,
                                                 std::span<const HeardEpisode> episodes,
                                                 const Spotter::Control& control) {
  ND_TRY_ASSIGN(const Repeats found, find_repeats(snapshot, episodes, control));
  return group_repeats(found.repeats, found.episodes);
}

}  // namespace needledrop
