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

/// Cuts samples into overlapping windows and hands on their spectra. The window of tick t is
/// centred on sample t * kHop, with zeros before the start and behind the end; a sound of n samples
/// has ceil(n / kHop) ticks. The windows that share a transform are mid and side of one tick or,
/// with one channel, an even tick and the next. Sinks are borrowed. Single-threaded.
class ColumnMaker {
 public:
  ColumnMaker(ColumnSink& mid, ColumnSink& side);

  /// `side` is as long as `mid`, or empty in all calls: then its sink gets nothing.
  void on_samples(std::span<const float> mid, std::span<const float> side);
  void finish();

 private:
  using Samples = std::span<const float>;

  void emit_ready(std::size_t samples_seen);
  void emit_pair(std::size_t start);
  void emit_two_ticks(std::size_t start, bool both);

  ColumnSink& mid_;
  ColumnSink& side_;
  bool has_side_ = false;
  Transform transform_;
  // From the first sample of the next window on.
  std::vector<float> pending_mid_;
  std::vector<float> pending_side_;
  std::vector<float> power_;
  std::vector<float> second_power_;
  std::size_t seen_ = 0;   // samples
  std::size_t ticks_ = 0;  // handed on
};

}  // namespace needledrop
