#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "fingerprint/peak.h"
#include "spotting/spotter.h"

namespace needledrop {

class Snapshot;

/// A stretch of a clip whose sound is that of a place in an episode.
struct SoundPlace {
  SourceId episode;               // its media file
  Span span;                      // in the clip
  Milliseconds episode_start{0};  // what the episode has at span.start
  double rate = 1;                // 1.0417: the clip plays faster
  double evidence = 0;            // log-likelihood ratio
  double likeness = 0;            // share of what sounds in the episode that the clip has, too

  friend bool operator==(const SoundPlace&, const SoundPlace&) = default;
};

/// Where in indexed episodes a clip's sound comes from, by falling evidence, then episode and span;
/// places overlap where episodes sound alike. Where music known by name is all that they share, as
/// `named` says of the clip, there is none: one song is heard in many places. Analyse the clip with
/// Detail::kEpisode. Errors: kNotFound (an episode that the snapshot lacks), kCorrupt, kCancelled.
Result<std::vector<SoundPlace>> find_sound_places(const Snapshot& snapshot, const PeakList& clip,
                                                  std::span<const SourceId> episodes,
                                                  std::span<const Match> named,
                                                  const Spotter::Control& control);

}  // namespace needledrop
