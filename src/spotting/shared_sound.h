#pragma once

#include <optional>
#include <span>
#include <vector>

#include "spotting/peak_grid.h"
#include "spotting/relation.h"

namespace needledrop {

/// What two recordings share. `stretches` are the first one's, by first. Each tick of either is
/// used once: what repeats itself is aligned with one of its repeats.
struct SharedSound {
  RelationKind kind = RelationKind::kSampled;
  double likeness = 0;  // share of the peaks within the stretches that both have
  std::vector<SharedStretch> stretches;
};

/// Aligns two recordings, of which only far-reaching peaks are looked at. `offsets` (a's tick minus
/// b's) are the places to try. Nothing when they share less than two seconds.
std::optional<SharedSound> shared_sound(const PeakGrid& a, const PeakGrid& b,
                                        std::span<const Tick> offsets);

}  // namespace needledrop
