#pragma once

#include <compare>

#include "base/units.h"

namespace needledrop {

/// A landmark filed under its hash. Sorted by hash, then source, then tick.
struct Posting {
  Hash hash;
  SourceId source;
  Tick tick;
  friend constexpr auto operator<=>(const Posting&, const Posting&) = default;
};

}  // namespace needledrop
