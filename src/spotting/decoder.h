#pragma once

#include <span>
#include <vector>

#include "spotting/gain.h"

namespace needledrop {

/// A stretch of ticks [first, last) over which a hypothesis holds.
struct Stretch {
  int first = 0;
  int last = 0;
  double evidence = 0;  // log-likelihood ratio over the stretch, moves of the level paid for
};

/// Stretches where the recording plays, in order, and at what level.
struct Decoded {
  std::vector<Stretch> stretches;
  GainCurve curve;
};

/// The most likely sequence of "does not play" and "plays, at this level" (Viterbi). Entry i of
/// `evidence` belongs to tick first + i.
Decoded decode(std::span<const TickEvidence> evidence, int first);

}  // namespace needledrop
