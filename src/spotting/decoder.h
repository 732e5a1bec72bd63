#pragma once

#include <span>
#include <vector>

#include "spotting/evidence.h"

namespace needledrop {

/// A stretch of ticks [first, last) over which a hypothesis holds.
struct Stretch {
  int first = 0;
  int last = 0;
  double evidence = 0;  // log-likelihood ratio over the stretch, changes of survival paid for
};

/// The most likely sequence of "does not play" and "plays, with survival s" (Viterbi), as the
/// stretches where it plays, in order. Entry i of `evidence` belongs to tick first + i.
std::vector<Stretch> decode(std::span<const TickEvidence> evidence, int first);

}  // namespace needledrop
