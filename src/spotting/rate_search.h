#pragma once

#include <map>
#include <span>
#include <vector>

#include "spotting/close_search.h"
#include "spotting/verification.h"

namespace needledrop {

/// 25/24 and 1001/960, and their inverses, each pair as its mean; one is the other's inverse.
std::vector<Playback> coarse_broadcast_playbacks();

/// A coarse grid of playbacks, such that one of them finds what is played at one of broadcasting's
/// known ratios, at a tempo changed by up to 2 % with the pitch kept, or at a pitch changed by up
/// to 2 % with the tempo kept.
std::vector<Playback> coarse_playbacks();

/// Searches windows of the episode for recordings played about like that: each playback goes
/// through the close search, and what it finds is fitted; windows that a fit explains are not
/// searched any more. `recordings` are those that the search's index was made of. Candidates have
/// fitted playbacks, by window; each use that was found has one.
std::vector<Candidate> search_rates(const CloseSearch& search,
                                    const std::map<SourceId, PeakList>& recordings,
                                    std::vector<int> windows, std::span<const Playback> playbacks);

/// Playbacks that several uses have, those of most uses first, a few at most. What is found within
/// half a minute is one use. `found` is by window.
std::vector<Playback> shared_playbacks(std::span<const Candidate> found);

/// Of findings at unity that drift, or are off in pitch: candidates with fitted playbacks. So music
/// is found whole that is played 0.1 % fast, and would be found in pieces. A jump in the recording
/// is no drift. By window.
std::vector<Candidate> fit_drifts(const PeakGrid& episode,
                                  const std::map<SourceId, PeakList>& recordings,
                                  std::span<const Finding> findings, unsigned threads);

}  // namespace needledrop
