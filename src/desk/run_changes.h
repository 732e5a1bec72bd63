#pragma once

#include <span>
#include <vector>

#include "spotting/spot.h"

namespace needledrop {

/// How two runs over the same file differ. All in the order of their spots.
struct RunChanges {
  struct Moved {
    Spot before;
    Spot after;
  };
  std::vector<Spot> added;
  std::vector<Spot> gone;
  std::vector<Moved> moved;  // the same recording at about the same place, with another span

  [[nodiscard]] bool empty() const { return added.empty() && gone.empty() && moved.empty(); }
};

/// Spots of the same recording that overlap are the same spot, each at most once.
RunChanges compare_runs(std::span<const Spot> before, std::span<const Spot> after);

}  // namespace needledrop
