#pragma once

#include <cstdint>

#include "base/result.h"
#include "base/units.h"

namespace needledrop {

class Desk;

/// How large the desk is.
struct DeskStats {
  std::size_t recordings = 0;
  std::size_t episodes = 0;
  std::size_t productions = 0;
  std::size_t spots = 0;              // in the newest runs
  Milliseconds recorded{0};           // length of all recordings
  Milliseconds broadcast{0};          // length of all episodes' files
  std::uint64_t index_bytes = 0;      // on disk, recordings and episodes
  std::uint64_t catalogue_bytes = 0;  // with its log

  /// Of the index; 0 when it is empty. Episodes' peaks are counted over episodes' hours too.
  [[nodiscard]] double index_bytes_per_hour() const;
};

Result<DeskStats> measure_desk(Desk& desk);

}  // namespace needledrop
