#pragma once

#include <memory>
#include <span>
#include <vector>

#include "fingerprint/parameters.h"

namespace needledrop {

/// Power spectrum of one Hann window of kWindow samples. Single-threaded; one object may serve any
/// number of windows. The transform is libavutil's (tx.h).
class Transform {
 public:
  Transform();
  ~Transform();
  Transform(const Transform&) = delete;
  Transform& operator=(const Transform&) = delete;

  /// `samples` holds kWindow of them. Fills power[b] for bins [0, kLastBin + kMargin) so that a
  /// full-scale sinusoid on a bin has power 1.
  void power(std::span<const float> samples, std::span<float> power);

  /// Bins computed: as many over kLastBin as a peak may look at.
  static constexpr int kMargin = 40;
  static constexpr int kBins = kLastBin + kMargin;

 private:
  struct Context;
  std::unique_ptr<Context> context_;
  std::vector<float> window_;
};

}  // namespace needledrop
