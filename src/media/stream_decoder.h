#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "media/block_assembler.h"
#include "media/channel_weights.h"
#include "media/ffmpeg_handles.h"
#include "media/presentation_clock.h"
#include "media/resampler.h"

namespace needledrop {

/// Packets of one stream -> decoded, mixed down, resampled and placed in time, as one source of a
/// BlockAssembler. What can't be decoded is counted and leaves silence. The form of the sound
/// (rate, channels) may change on the way. Single-threaded; `assembler` outlives it.
class StreamDecoder final : private RunSink {
 public:
  struct Place {
    std::size_t source = 0;              // in the assembler
    std::optional<std::int64_t> origin;  // time 0 on the container's clock in microseconds;
                                         // nothing: the first decoded sample
  };

  /// `weights` are for the stream's own channel count; sound that comes with another is mixed by
  /// weights_by_speaker. kUnsupported when there is no decoder.
  static Result<std::unique_ptr<StreamDecoder>> open(const AVStream& stream, ChannelWeights weights,
                                                     Outputs outputs, Place place,
                                                     BlockAssembler& assembler);

  Result<void> decode(const AVPacket& packet);
  /// Gives out what decoder and resampler still hold; the last call.
  Result<void> finish();

  [[nodiscard]] std::uint64_t damaged_packets() const { return damaged_; }
  /// Time stamps that were not believed (see PresentationClock).
  [[nodiscard]] std::uint64_t jumps() const { return jumps_; }

 private:
  StreamDecoder(const AVStream& stream, ChannelWeights weights, Outputs outputs, Place place,
                BlockAssembler& assembler);
  Result<void> receive();
  Result<void> take(const AVFrame& sound);
  Result<void> configure(const AVFrame& sound);
  Result<void> end_run();
  void on_run(std::span<const std::span<const float>> channels) override;

  [[nodiscard]] std::optional<double> claimed_start(const AVFrame& sound);
  [[nodiscard]] double run_end() const;

  const AVStream& stream_;
  ChannelWeights weights_;
  Outputs outputs_;
  Place place_;
  BlockAssembler& assembler_;
  CodecHandle codec_;
  FrameHandle sound_;
  Resampler resampler_;
  PresentationClock clock_;
  // The run since the last gap: it began at run_start_ (at kAnalysisRate) and holds run_samples_ of
  // input at run_rate_.
  std::int64_t run_start_ = 0;
  std::int64_t run_samples_ = 0;
  int run_rate_ = kAnalysisRate;
  std::optional<std::int64_t> run_limit_;  // set while a run is drained: nothing goes beyond
  // One channel is resampled once and spread over the outputs afterwards; empty otherwise.
  std::vector<float> spread_;
  std::vector<std::vector<float>> spread_runs_;
  std::vector<std::span<const float>> spans_;
  bool damaged_now_ = false;  // a packet counts once
  std::uint64_t damaged_ = 0;
  std::uint64_t jumps_ = 0;
};

}  // namespace needledrop
