#include "index/position_map.h"

#include <algorithm>

#include "base/assert.h"

namespace needledrop {

void PositionMap::append(std::uint32_t ordinal, Tick length) {
  if (length <= Tick(0)) {
    return;
  }
  recordings_.push_back({static_cast<std::uint32_t>(end_), ordinal});
  end_ += static_cast<std::uint32_t>(length.value);
  while (cells_.size() * kCell < end_) {
    cells_.push_back(static_cast<std::uint32_t>(recordings_.size() - 1));
  }
}

PositionMap::Place PositionMap::find(std::uint32_t position) const {
  ND_ASSERT(position < end_);
  const std::size_t cell = position / kCell;
  // The recording lies between the one that its cell begins in and the one that the next does.
  const auto from = recordings_.begin() + cells_[cell];
  const auto to =
      cell + 1 < cells_.size() ? recordings_.begin() + cells_[cell + 1] + 1 : recordings_.end();
  const auto after = std::upper_bound(
      from + 1, to, position,
      [](std::uint32_t value, const Recording& next) { return value < next.first_position; });
  const Recording& found = *(after - 1);
  return {found.ordinal, Tick(static_cast<std::int32_t>(position - found.first_position))};
}

}  // namespace needledrop
