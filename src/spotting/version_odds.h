#pragma once

#include <vector>

#include "spotting/evidence.h"
#include "spotting/gain.h"
#include "spotting/peak_grid.h"
#include "spotting/sound_difference.h"

namespace needledrop {

/// Where a version would lie in the episode: ticks [first, last), and the episode's tick minus that
/// of the version as it is played.
struct Placement {
  int first = 0;
  int last = 0;
  Tick offset;
  friend bool operator==(const Placement&, const Placement&) = default;
};

/// A version as it would be played over a stretch of an episode. Where it has no placement it has
/// nothing of what is heard. Borrows the grid of its played peak list.
struct PlacedVersion {
  Rendition rendition;
  const PeakGrid* grid = nullptr;
  std::vector<Placement> placements;  // by first; none overlap
};

/// How much likelier it is that `a` was played in ticks [first, last) of the episode than `b`, in
/// nats. Asked is only what one has and the other lacks; what both have tells how loud the use is
/// and how much of it comes through. 0 where nothing was played that differs. `difference` is that
/// of a and b as they are played, over all that they share; `curve` is how the level moves.
double version_odds(const PeakGrid& episode, const PlacedVersion& a, const PlacedVersion& b,
                    const SoundDifference& difference, int first, int last, const GainCurve& curve);

}  // namespace needledrop
