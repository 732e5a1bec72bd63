#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "base/units.h"
#include "catalogue/cue.h"
#include "catalogue/decisions.h"
#include "catalogue/recording_families.h"

namespace needledrop {

/// A stretch of one file that another has too.
struct SharedTime {
  Span span;                    // in the one
  Milliseconds other_start{0};  // what the other has at span.start
  double rate = 1;              // 1.0417: the one plays faster
  friend bool operator==(const SharedTime&, const SharedTime&) = default;
};

/// Where the spans lie in the other file, joined over gaps shorter than kShortestGap: what the
/// alignment of two sounds leaves open at its seams.
std::vector<Span> carried_spans(std::span<const Span> spans, std::span<const SharedTime> shared);

inline constexpr Milliseconds kShortestGap{1'000};

struct CarriedCues {
  std::vector<CueChange> changes;  // in the other file
  std::vector<Cue> lost;           // of the one file, without a counterpart
};

/// The other file of the episode.
struct CarryTarget {
  SourceId file;
  Milliseconds length{0};
  std::span<const Cue> standing;   // its cues
  std::set<std::int64_t> decided;  // of these, the ids about which people's decisions stand
};

/// Carries cues that people decided about over to another file. One of which less than half is left
/// there is lost. Each becomes the cue of its family that shares the most with it, at least half of
/// the shorter, and that nobody has decided about, or else a new one; others of the family that
/// nobody has decided about and that lie in it by half are gone. What somebody has decided about
/// there stays, and is not there twice. Pure.
CarriedCues carry_cues(std::span<const Cue> decided, const CarryTarget& to,
                       std::span<const SharedTime> shared, const RecordingFamilies& families);

}  // namespace needledrop
