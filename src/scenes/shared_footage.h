#pragma once

#include <vector>

#include "base/units.h"
#include "scenes/footage.h"

namespace needledrop {

/// What one episode shows during `span`, another shows from `other_start` on.
struct SharedFootage {
  Span span;
  Milliseconds other_start{0};

  friend bool operator==(const SharedFootage&, const SharedFootage&) = default;
};

/// Stretches of at least 2 s, beginning inside `within`, of which another episode has the same
/// footage as it is (openings, endings, recaps): not cut out, mirrored or at another speed, for
/// which FootageSearch is there. By start; they don't overlap. Pure.
std::vector<SharedFootage> find_shared_footage(const Footage& footage, const Span& within,
                                               const Footage& other);

}  // namespace needledrop
