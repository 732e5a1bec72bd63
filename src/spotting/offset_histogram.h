#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "base/units.h"
#include "spotting/playback.h"

namespace needledrop {

/// A hit with the query's tick subtracted: what votes.
struct Vote {
  SourceId source;
  Tick offset;  // episode tick minus recording tick
  friend constexpr auto operator<=>(const Vote&, const Vote&) = default;
};

/// A place in a recording that a window of an episode may come from.
struct Candidate {
  SourceId source;
  Tick offset;
  int window = 0;   // number of the window
  int support = 0;  // votes for offset and its two neighbours
  Playback playback = {};
  friend constexpr auto operator<=>(const Candidate&, const Candidate&) = default;
};

/// The local maxima of the histogram of votes over (source, offset) that at least `least` votes
/// support, best first (ties by source, then offset), at most `most`: of a support that
/// would make them more there are none. Sorts `votes` and
/// drops those that support none of them.
std::vector<Candidate> strongest_candidates(std::vector<Vote>& votes, int window, int least,
                                            std::size_t most);

}  // namespace needledrop
