#pragma once

#include <vector>

#include "scenes/scene_finder.h"

namespace needledrop {

/// What speaks for a scene to end with a shot.
struct BoundaryEvidence {
  double seen_new = 0;    // 0: what is seen before comes back at once; 1: nothing does
  double heard_new = 0;   // how much the sound after differs from that before, in its own variation
  double is_gradual = 0;  // dissolve 0.5, fade 1
  double pause = 0;       // seconds without dialogue around it, up to 8; 0 when nothing is known
};

/// Entry i is of the boundary between shots i and i + 1.
std::vector<BoundaryEvidence> boundary_evidence(const Story& story);

}  // namespace needledrop
