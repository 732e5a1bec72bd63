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
  std::size_t spots = 0;      // in the newest runs
  Milliseconds recorded{0};   // length of all recordings
  Milliseconds broadcast{0};  // length of all episodes' files
  std::size_t segments = 0;   // of the index
  std::size_t unreadable_segments = 0;
  std::uint64_t index_bytes = 0;       // on disk, recordings and episodes
  std::uint64_t quarantine_bytes = 0;  // of damaged files that a repair has kept
  std::uint64_t catalogue_bytes = 0;   // with its log

  /// Of the index; 0 when it is empty. Episodes' peaks are counted over episodes' hours too.
  [[nodiscard]] double index_bytes_per_hour() const;
};

/// An index that can't be opened counts no segments.
Result<DeskStats> measure_desk(Desk& desk);

}  // namespace needledrop
