#include "media/resampler.h"

#include <fmt/format.h>

extern "C" {
#include <libavutil/opt.h>
}

#include <algorithm>
#include <array>

#include "media/block.h"
#include "media/codec.h"

namespace needledrop {
namespace {

constexpr std::size_t kMaxOutputs = kMaxChannels;

// Flat to 5.8 kHz and 63 dB down from 9.7 kHz on (Kaiser's formulas): no peak is looked for above
// 5.5 kHz, so what folds down to between 6.3 and 8 kHz may stay. Half the work of the library's own
// choice, 32 taps and a beta of 9.
constexpr int kFilterSize = 16;
constexpr int kKaiserBeta = 6;

Error cannot_resample(int code) {
  return fail(Error::Kind::kUnsupported,
              fmt::format("the sound can't be resampled ({})", libav_reason(code)));
}

AVChannelLayout unnamed_channels(int count) {
  AVChannelLayout layout{};
  layout.order = AV_CHANNEL_ORDER_UNSPEC;
  layout.nb_channels = count;
  return layout;
}

}  // namespace

bool Resampler::fits(const AVFrame& sound) const {
  return swr_ != nullptr && sound.format == format_ && sound.sample_rate == rate_ &&
         av_channel_layout_compare(&sound.ch_layout, &layout_.get()) == 0;
}

Result<void> Resampler::configure(const AVFrame& sound, const ChannelWeights& weights) {
  swr_.reset();
  // Unnamed on both sides: the weights say all, and libswresample must not add its own mixing.
  auto out = unnamed_channels(static_cast<int>(weights.outputs()));
  auto in = unnamed_channels(sound.ch_layout.nb_channels);
  SwrContext* raw = nullptr;
  int code =
      swr_alloc_set_opts2(&raw, &out, AV_SAMPLE_FMT_FLTP, kAnalysisRate, &in,
                          static_cast<AVSampleFormat>(sound.format), sound.sample_rate, 0, nullptr);
  swr_.reset(raw);
  if (code < 0) return cannot_resample(code);
  av_opt_set_sample_fmt(raw, "internal_sample_fmt", AV_SAMPLE_FMT_FLTP, 0);
  av_opt_set_int(raw, "filter_size", kFilterSize, 0);
  av_opt_set_int(raw, "kaiser_beta", kKaiserBeta, 0);
  code = swr_set_matrix(raw, weights.values().data(), in.nb_channels);
  if (code < 0) return cannot_resample(code);
  layout_.assign(sound.ch_layout);
  format_ = sound.format;
  rate_ = sound.sample_rate;
  output_.resize(weights.outputs());
  return start();
}

Result<void> Resampler::start() {
  const int code = swr_init(swr_.get());
  if (code < 0) {
    swr_.reset();
    return cannot_resample(code);
  }
  running_ = true;
  return {};
}

Result<void> Resampler::push(const AVFrame& sound, int skip) {
  if (!running_) ND_TRY(start());
  if (skip >= sound.nb_samples) return {};
  const auto format = static_cast<AVSampleFormat>(format_);
  const int channels = sound.ch_layout.nb_channels;
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  const auto offset =
      static_cast<std::ptrdiff_t>(skip) * av_get_bytes_per_sample(format) * (planar ? 1 : channels);
  input_.assign(static_cast<std::size_t>(planar ? channels : 1), nullptr);
  for (std::size_t i = 0; i < input_.size(); ++i) input_[i] = sound.extended_data[i] + offset;
  return convert(input_.data(), sound.nb_samples - skip);
}

Result<void> Resampler::flush() {
  if (swr_ == nullptr || !running_) return {};
  running_ = false;
  return convert(nullptr, 0);
}

Result<void> Resampler::convert(const std::uint8_t** input, int count) {
  const int room = swr_get_out_samples(swr_.get(), count);
  if (room < 0) return cannot_resample(room);
  std::array<std::uint8_t*, kMaxOutputs> planes{};
  for (std::size_t i = 0; i < output_.size(); ++i) {
    if (output_[i].size() < static_cast<std::size_t>(room)) output_[i].resize(room);
    planes.at(i) = reinterpret_cast<std::uint8_t*>(output_[i].data());
  }
  const int got = swr_convert(swr_.get(), planes.data(), room, input, count);
  if (got < 0) return cannot_resample(got);
  runs_.clear();
  for (const auto& channel : output_) {
    runs_.push_back(std::span(channel).first(static_cast<std::size_t>(got)));
  }
  if (got > 0) sink_.on_run(runs_);
  return {};
}

}  // namespace needledrop
