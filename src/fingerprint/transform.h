#pragma once

#include <memory>
#include <span>
#include <vector>

#include "fingerprint/parameters.h"

namespace needledrop {

/// Power spectra of Hann windows of kWindow samples, two at a time: as real and imaginary part they
/// share one complex transform, and the spectra of real signals come apart again by symmetry
/// (Brigham 1974, section 10-10). Rounding lets some of the one into the other, 130 dB under it.
/// Single-threaded; one object may serve any number of windows. The transform is libavutil's
/// (tx.h).
class Transform {
 public:
  Transform();
  ~Transform();
  Transform(const Transform&) = delete;
  Transform& operator=(const Transform&) = delete;

  /// `first` and `second` hold kWindow samples each. Fills power[b] for bins [0, kBins) so that a
  /// full-scale sinusoid on a bin has power 1.
  void power(std::span<const float> first, std::span<const float> second,
             std::span<float> first_power, std::span<float> second_power);

  /// Bins computed: as many over kLastBin as a peak may look at.
  static constexpr int kMargin = 40;
  static constexpr int kBins = kLastBin + kMargin;

 private:
  struct Context;
  std::unique_ptr<Context> context_;
  std::vector<float> window_;
};

}  // namespace needledrop
