#pragma once

#include <span>

#include "scenes/footage.h"
#include "scenes/framing.h"

namespace needledrop {

/// How alike a clip's view and an episode's picture are, whatever brightness, contrast and strength
/// of colour have become: correlations, 1 for the same, 0 for what has nothing in common. What
/// shows next to nothing is like nothing.
struct Likeness {
  double whole = 0;   // light and dark, and colours
  double detail = 0;  // what stands out from its surroundings: by chance hardly ever alike
  double shown = 0;   // how much detail either has: what `detail` comes to when all is alike
};

Likeness likeness(const View& view, const FootagePicture& picture);

}  // namespace needledrop
