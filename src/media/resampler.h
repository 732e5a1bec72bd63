#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "media/channel_weights.h"
#include "media/ffmpeg_handles.h"

namespace needledrop {

/// Takes resampled runs: one span for each output channel, equally long, borrowed for the call.
class RunSink {
 public:
  virtual ~RunSink() = default;
  virtual void on_run(std::span<const std::span<const float>> channels) = 0;
};

/// Mixes decoded sound down by weights and brings it to kAnalysisRate as planar float, by
/// libswresample: 16-tap polyphase filter (Kaiser window), cut off at 0.97 of the lower Nyquist
/// frequency, clean up to 5.8 kHz, its delay compensated: output sample n is input time n /
/// kAnalysisRate. How the input is cut up does not change the output. Mixing comes first, so that
/// only what is wanted is resampled. Single-threaded; `sink` outlives it.
class Resampler {
 public:
  explicit Resampler(RunSink& sink) : sink_(sink) {}

  /// Whether sound of this form can be pushed without a new configure().
  [[nodiscard]] bool fits(const AVFrame& sound) const;
  /// Begins a run for sound of this form; `weights` has a row per output channel and a column per
  /// channel of `sound`. kUnsupported when libswresample can't.
  Result<void> configure(const AVFrame& sound, const ChannelWeights& weights);
  /// Requires fits(sound). `skip` input samples are left out at its start.
  Result<void> push(const AVFrame& sound, int skip);
  /// Ends the run: what the filter still holds goes out, and the next push begins a run anew.
  Result<void> flush();

 private:
  Result<void> start();
  Result<void> convert(const std::uint8_t** input, int count);

  RunSink& sink_;
  SwrHandle swr_;
  ChannelLayoutHandle layout_;
  int format_ = AV_SAMPLE_FMT_NONE;
  int rate_ = 0;
  bool running_ = false;
  std::vector<std::vector<float>> output_;
  std::vector<const std::uint8_t*> input_;
  std::vector<std::span<const float>> runs_;
};

}  // namespace needledrop
