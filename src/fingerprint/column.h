#pragma once

#include <span>
#include <vector>

#include "fingerprint/transform.h"
#include "media/block.h"

namespace needledrop {

/// Takes the spectrum at each tick of one channel, in order from tick 0.
class ColumnSink {
 public:
  virtual ~ColumnSink() = default;
  /// `power` holds Transform::kBins bins, borrowed for the call.
  virtual void on_column(std::span<const float> power) = 0;
};

/// Cuts one channel's samples into overlapping windows and hands on their spectra. The window of
/// tick t is centred on sample t * kHop, with zeros before the start and behind the end; a sound of
/// n samples has ceil(n / kHop) ticks. The sink is borrowed. Single-threaded.
class ColumnMaker {
 public:
  explicit ColumnMaker(ColumnSink& sink);

  void on_samples(std::span<const float> samples);
  void finish();

 private:
  void emit_ready(std::size_t samples_seen);

  ColumnSink& sink_;
  Transform transform_;
  std::vector<float> pending_;  // from the first sample of the next window on
  std::vector<float> power_;
  std::size_t seen_ = 0;   // samples
  std::size_t ticks_ = 0;  // columns handed on
};

}  // namespace needledrop
