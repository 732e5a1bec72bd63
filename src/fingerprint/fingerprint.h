#pragma once

#include <compare>
#include <vector>

#include "base/units.h"

namespace needledrop {

/// A landmark's hash and the tick of its anchor.
struct HashedLandmark {
  Hash hash;
  Tick tick;
  friend constexpr auto operator<=>(const HashedLandmark&, const HashedLandmark&) = default;
};

/// All hashed landmarks of one source, by tick, then hash, without repeats.
using Fingerprint = std::vector<HashedLandmark>;

}  // namespace needledrop
