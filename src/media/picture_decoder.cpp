#include "media/picture_decoder.h"

#include <algorithm>
#include <utility>

#include "media/codec.h"
#include "media/stamp_time.h"

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
  const bool is_whole = depth == Depth::kAll || depth == Depth::kReferencesWholly;
  const bool is_part = depth == Depth::kReferences || depth == Depth::kReferencesWholly;
  codec_->skip_loop_filter = is_whole ? AVDISCARD_NONREF : AVDISCARD_ALL;
  codec_->skip_frame = is_part ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
}

void PictureDecoder::send(const AVPacket* packet) {
  const int code = avcodec_send_packet(codec_.get(), packet);
  if (code < 0 && code != AVERROR_EOF) ++damage_;
}

const AVFrame* PictureDecoder::receive() {
  // With several threads, errors stand between the pictures as the packets did.
  constexpr int kMostErrors = 64;
  for (int errors = 0; errors < kMostErrors;) {
    const int code = avcodec_receive_frame(codec_.get(), picture_.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return nullptr;
    if (code < 0) {
      ++damage_;
      ++errors;
      continue;
    }
    // Patched up by the decoder: shown, but not what it should be.
    if (picture_->decode_error_flags != 0) ++damage_;
    if ((picture_->flags & AV_FRAME_FLAG_CORRUPT) != 0) continue;
    take_time(*picture_);
    return picture_.get();
  }
  return nullptr;
}

void PictureDecoder::begin_anew() {
  avcodec_flush_buffers(codec_.get());
  last_time_.reset();
}

void PictureDecoder::decode(const AVPacket& packet, ThumbSink& sink) {
  send(&packet);
  give_out(sink);
}

void PictureDecoder::finish(ThumbSink& sink) {
  send(nullptr);
  give_out(sink);
  avcodec_flush_buffers(codec_.get());
}

void PictureDecoder::give_out(ThumbSink& sink) {
  while (const AVFrame* picture = receive()) {
    auto thumb = maker_.make(*picture);
    if (!thumb.has_value()) {
      ++damage_;
      continue;
    }
    thumb->time = time();
    sink.on_thumb(*thumb);
  }
}

std::optional<Milliseconds> PictureDecoder::time_of(const AVPacket& packet) const {
  if (packet.pts == AV_NOPTS_VALUE || !origin_.has_value()) return std::nullopt;
  return time_of_stamp(packet.pts, stream_.time_base, *origin_);
}

void PictureDecoder::take_time(const AVFrame& picture) {
  const std::int64_t stamp = picture.best_effort_timestamp;
  if (!origin_.has_value()) origin_ = microseconds_of(stamp, stream_.time_base);
  const Milliseconds follows =
      last_time_.has_value() ? *last_time_ + picture_length_ : Milliseconds(0);
  last_time_ = stamp == AV_NOPTS_VALUE
                   ? follows
                   : time_of_stamp(stamp, stream_.time_base, origin_.value_or(0));
}

}  // namespace needledrop
