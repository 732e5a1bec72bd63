#pragma once

#include <cstdint>
#include <vector>

#include "base/units.h"

namespace needledrop {

/// Whose is this position? The recordings of a segment lie one after another in its positions
/// (segment_format.h). An answer takes a look at the position's cell and, as a rule, a step or two.
class PositionMap {
 public:
  struct Place {
    std::uint32_t ordinal = 0;  // of the source
    Tick tick;
  };

  /// Lays the next recording behind those before it. REQUIRES: length >= 0, positions() stays at
  /// most 2^32.
  void append(std::uint32_t ordinal, Tick length);

  /// Of all recordings.
  [[nodiscard]] std::uint64_t positions() const { return end_; }
  /// REQUIRES: position < positions().
  [[nodiscard]] Place find(std::uint32_t position) const;

 private:
  /// Positions a cell, 65 s.
  static constexpr std::uint64_t kCell = 1 << 12;

  struct Recording {
    std::uint32_t first_position = 0;
    std::uint32_t ordinal = 0;
  };

  std::vector<Recording> recordings_;  // but those without positions
  std::vector<std::uint32_t> cells_;   // for each cell, in which of them it begins
  std::uint64_t end_ = 0;
};

}  // namespace needledrop
