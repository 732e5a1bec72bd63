#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "fingerprint/peak.h"
#include "media/block.h"

namespace needledrop {

/// Measures the level curve of a source. Single-threaded.
class LevelMeter {
 public:
  void on_block(const Block& block);
  /// The curve of everything seen; a last part counts as if silence followed.
  std::vector<Level> finish();

  /// Sums of squares of every fourth sample: four additions go on at a time.
  using Sums = std::array<double, 4>;

 private:
  void end_entry();

  std::array<Sums, 3> energy_{};  // mid, side, rest since the entry's start
  int samples_ = 0;               // in the open entry
  std::vector<Level> levels_;
};

/// Half decibels over -120 dB of full scale, as in Level and Peak; 0 for silence.
std::uint8_t level_of_power(double power);
/// And back.
double power_of_level(std::uint8_t level);

}  // namespace needledrop
