#pragma once

#include <compare>
#include <cstdint>
#include <span>

#include "base/units.h"

namespace needledrop {

/// A posting reached by a probe of a batch.
struct Hit {
  std::uint32_t probe = 0;  // position of the probe in the batch
  SourceId source;
  Tick tick;  // of the landmark in the source
  friend constexpr auto operator<=>(const Hit&, const Hit&) = default;
};

/// Takes the hits of a batch, some at a time, in an order that only the index's content decides.
class HitSink {
 public:
  virtual ~HitSink() = default;
  virtual void on_hits(std::span<const Hit> hits) = 0;
};

}  // namespace needledrop
