#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "fingerprint/parameters.h"
#include "fingerprint/peak.h"

namespace needledrop {

/// How far a peak stands out of the peaks before it in its band, in half decibels. What stands out
/// survives what is laid over it; measuring it band by band gives the treble its share. Ask for one
/// channel's far-reaching peaks, in order.
class ProminenceMeter {
 public:
  float measure(const Peak& peak) {
    float& mean = means_[std::min<std::size_t>(peak.frequency / kBandWidth, kBands - 1)];
    mean = mean == 0 ? peak.level : mean + kMemory * (peak.level - mean);
    return peak.level - mean;
  }

 private:
  static constexpr int kBandWidth = 64 * kBinFractions;
  static constexpr std::size_t kBands = kLastBin / 64 + 1;
  static constexpr float kMemory = 0.05F;  // weight of the newest peak in its band's mean level

  std::array<float, kBands> means_{};
};

}  // namespace needledrop
