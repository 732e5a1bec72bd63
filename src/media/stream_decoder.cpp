#include "media/stream_decoder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "media/codec.h"
#include "media/speakers.h"

namespace needledrop {
Result<std::unique_ptr<StreamDecoder>> StreamDecoder::open(const AVStream& stream,
                                                           ChannelWeights weights, Outputs outputs,
                                                           Place place, BlockAssembler& assembler) {
  std::unique_ptr<StreamDecoder> decoder(
      new StreamDecoder(stream, std::move(weights), outputs, place, assembler));
  ND_TRY_ASSIGN(decoder->codec_, open_codec(stream));
  return decoder;
}

StreamDecoder::StreamDecoder(const AVStream& stream, ChannelWeights weights, Outputs outputs,
                             Place place, BlockAssembler& assembler)
    : stream_(stream),
      weights_(std::move(weights)),
      outputs_(outputs),
      place_(place),
      assembler_(assembler),
      sound_(make_frame()),
      resampler_(*this) {}

Result<void> StreamDecoder::decode(const AVPacket& packet) {
  damaged_now_ = (packet.flags & AV_PKT_FLAG_CORRUPT) != 0;
  const int code = avcodec_send_packet(codec_.get(), &packet);
  if (code < 0) damaged_now_ = true;
  ND_TRY(receive());
  if (damaged_now_) ++damaged_;
  return {};
}

Result<void> StreamDecoder::finish() {
  damaged_now_ = false;
  if (avcodec_send_packet(codec_.get(), nullptr) >= 0) ND_TRY(receive());
  return end_run();
}

Result<void> StreamDecoder::receive() {
  for (;;) {
    const int code = avcodec_receive_frame(codec_.get(), sound_.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
    if (code < 0 || !is_sane(*sound_)) {
      damaged_now_ = true;
      av_frame_unref(sound_.get());
      if (code < 0) return {};
      continue;
    }
    auto taken = take(*sound_);
    av_frame_unref(sound_.get());
    ND_TRY(taken);
  }
}

Result<void> StreamDecoder::take(const AVFrame& sound) {
  const auto placement = clock_.place(claimed_start(sound), run_end());
  int skip = 0;
  switch (placement.verdict) {
    case PresentationClock::Verdict::kFollows:
      break;
    case PresentationClock::Verdict::kJump:
      ++jumps_;
      break;
    case PresentationClock::Verdict::kOverlap:
      skip = static_cast<int>(std::min<double>(
          sound.nb_samples, std::round(placement.cut * sound.sample_rate / kAnalysisRate)));
      break;
    case PresentationClock::Verdict::kGap:
      ND_TRY(end_run());
      assembler_.pad_to(place_.source, placement.start);
      run_start_ = placement.start;
      run_samples_ = 0;
      break;
  }
  if (!resampler_.fits(sound)) ND_TRY(configure(sound));
  ND_TRY(resampler_.push(sound, skip));
  run_samples_ += sound.nb_samples - skip;
  return {};
}

Result<void> StreamDecoder::configure(const AVFrame& sound) {
  ND_TRY(end_run());
  const auto channels = static_cast<std::size_t>(sound.ch_layout.nb_channels);
  const auto weights =
      channels == weights_.channels() ? weights_ : weights_by_speaker(sound.ch_layout, outputs_);
  run_rate_ = sound.sample_rate;
  spread_.clear();
  if (channels > 1 || weights.outputs() == 1) return resampler_.configure(sound, weights);
  for (std::size_t i = 0; i < weights.outputs(); ++i) {
    spread_.push_back(static_cast<float>(weights.at(i, 0)));
  }
  ChannelWeights one(1, 1);
  one.at(0, 0) = 1;
  return resampler_.configure(sound, one);
}

Result<void> StreamDecoder::end_run() {
  run_limit_ = std::llround(run_end());
  ND_TRY(resampler_.flush());
  assembler_.pad_to(place_.source, *run_limit_);
  run_start_ = *run_limit_;
  run_samples_ = 0;
  run_limit_.reset();
  return {};
}

void StreamDecoder::on_run(std::span<const std::span<const float>> channels) {
  auto count = channels.front().size();
  if (run_limit_.has_value()) {
    const auto room = std::max<std::int64_t>(*run_limit_ - assembler_.position(place_.source), 0);
    count = std::min(count, static_cast<std::size_t>(room));
  }
  spans_.clear();
  if (spread_.empty()) {
    for (const auto& channel : channels) spans_.push_back(channel.first(count));
  } else {
    spread_runs_.resize(spread_.size());
    for (std::size_t i = 0; i < spread_.size(); ++i) {
      spread_runs_[i].resize(count);
      std::ranges::transform(channels.front().first(count), spread_runs_[i].begin(),
                             [weight = spread_[i]](float sample) { return weight * sample; });
      spans_.emplace_back(spread_runs_[i]);
    }
  }
  assembler_.append(place_.source, spans_);
}

std::optional<double> StreamDecoder::claimed_start(const AVFrame& sound) {
  const auto stamp = sound.pts != AV_NOPTS_VALUE ? sound.pts : sound.best_effort_timestamp;
  if (stamp == AV_NOPTS_VALUE) return std::nullopt;
  const double seconds = static_cast<double>(stamp) * av_q2d(stream_.time_base);
  if (!place_.origin.has_value()) {
    place_.origin = std::llround(std::clamp(seconds, -9e12, 9e12) * AV_TIME_BASE);
  }
  return (seconds - static_cast<double>(*place_.origin) / AV_TIME_BASE) * kAnalysisRate;
}

double StreamDecoder::run_end() const {
  return static_cast<double>(run_start_) +
         static_cast<double>(run_samples_) * kAnalysisRate / run_rate_;
}

}  // namespace needledrop
