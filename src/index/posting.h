#pragma once

#include <compare>
#include <cstdint>

#include "base/units.h"

namespace needledrop {

/// A landmark filed under its hash in a segment. Its position is its source and tick in one number
/// (segment_format.h), so that this order is by hash, then source, then tick.
struct Posting {
  Hash hash;
  std::uint32_t position = 0;
  friend constexpr auto operator<=>(const Posting&, const Posting&) = default;
};

}  // namespace needledrop
