#include "media/picture_decoder.h"

#include <algorithm>
#include <utility>

#include "media/codec.h"

namespace needledrop {
namespace {

/// 25 a second where the container does not say, or nonsense.
Milliseconds usual_length(const AVStream& stream) {
  AVRational rate = stream.avg_frame_rate;
  if (rate.num <= 0 || rate.den <= 0) rate = stream.r_frame_rate;
  if (rate.num <= 0 || rate.den <= 0) rate = {25, 1};
  return std::clamp(Milliseconds(av_rescale(1'000, rate.den, rate.num)), Milliseconds(1),
                    Milliseconds(10'000));
}

}  // namespace

PictureDecoder::PictureDecoder(const AVStream& stream, std::optional<std::int64_t> origin)
    : stream_(stream),
      origin_(origin),
      maker_(stream),
      picture_(make_frame()),
      picture_length_(usual_length(stream)) {}

Result<std::unique_ptr<PictureDecoder>> PictureDecoder::open(const AVStream& stream,
                                                             std::optional<std::int64_t> origin,
                                                             unsigned threads) {
  std::unique_ptr<PictureDecoder> decoder(new PictureDecoder(stream, origin));
  ND_TRY_ASSIGN(decoder->codec_, open_picture_codec(stream, threads));
  decoder->set_depth(Depth::kAll);
  return decoder;
}

void PictureDecoder::set_depth(Depth depth) {
  codec_->skip_loop_filter = depth == Depth::kAll ? AVDISCARD_NONREF : AVDISCARD_ALL;
  codec_->skip_frame = depth == Depth::kReferences ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
}

Result<void> PictureDecoder::decode(const AVPacket& packet, ThumbSink& sink) {
  damaged_now_ = false;
  int code = avcodec_send_packet(codec_.get(), &packet);
  if (code == AVERROR(EAGAIN)) {
    ND_TRY(receive(sink));
    code = avcodec_send_packet(codec_.get(), &packet);
  }
  damaged_now_ = code < 0;
  ND_TRY(receive(sink));
  if (damaged_now_) ++damaged_;
  return {};
}

Result<void> PictureDecoder::finish(ThumbSink& sink) {
  avcodec_send_packet(codec_.get(), nullptr);
  auto received = receive(sink);
  avcodec_flush_buffers(codec_.get());
  return received;
}

Result<void> PictureDecoder::receive(ThumbSink& sink) {
  for (;;) {
    const int code = avcodec_receive_frame(codec_.get(), picture_.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
    if (code < 0) {
      damaged_now_ = true;
      return {};
    }
    // Patched up by the decoder: shown, but not what it should be.
    if (picture_->decode_error_flags != 0) damaged_now_ = true;
    if ((picture_->flags & AV_FRAME_FLAG_CORRUPT) != 0) {
      av_frame_unref(picture_.get());
      continue;
    }
    const Milliseconds time = next_time(*picture_);
    ND_TRY_ASSIGN(Thumb thumb, maker_.make(*picture_));
    thumb.time = time;
    av_frame_unref(picture_.get());
    sink.on_thumb(thumb);
  }
}

std::optional<Milliseconds> PictureDecoder::time_of(const AVPacket& packet) const {
  if (packet.pts == AV_NOPTS_VALUE || !origin_.has_value()) return std::nullopt;
  return time_at(packet.pts);
}

Milliseconds PictureDecoder::time_at(std::int64_t stamp) const {
  // What no clock says; differences of two such don't overflow.
  static constexpr std::int64_t kMost = std::int64_t{1} << 60;
  const auto microseconds = [](std::int64_t time) { return std::clamp(time, -kMost, kMost); };
  const std::int64_t since = microseconds(av_rescale_q(stamp, stream_.time_base, AV_TIME_BASE_Q)) -
                             microseconds(origin_.value_or(0));
  // To the nearest, halves up: containers that round to milliseconds and those that don't agree.
  return std::chrono::floor<Milliseconds>(std::chrono::microseconds(since + 500));
}

Milliseconds PictureDecoder::next_time(const AVFrame& picture) {
  const std::int64_t stamp = picture.best_effort_timestamp;
  if (stamp != AV_NOPTS_VALUE && !origin_.has_value()) {
    origin_ = av_rescale_q(stamp, stream_.time_base, AV_TIME_BASE_Q);
  }
  const Milliseconds follows =
      last_time_.has_value() ? *last_time_ + picture_length_ : Milliseconds(0);
  last_time_ = stamp == AV_NOPTS_VALUE ? follows : time_at(stamp);
  return *last_time_;
}

}  // namespace needledrop
