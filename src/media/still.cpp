#include "media/still.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "media/codec.h"
#include "media/container.h"
#include "media/ffmpeg_handles.h"
#include "media/orientation.h"

namespace needledrop {
namespace {

/// Up to so long before a time, what no other picture refers to is left out.
constexpr Milliseconds kClose{300};
constexpr int kQuality = 4;  // of 2 (best) to 31

FrameHandle make_picture(int width, int height) {
  FrameHandle picture = make_frame();
  picture->format = AV_PIX_FMT_YUVJ420P;
  picture->width = width;
  picture->height = height;
  if (av_frame_get_buffer(picture.get(), 0) < 0) throw std::bad_alloc();
  return picture;
}

/// A decoded picture as an upright, small one in square pixels.
class Shrinker {
 public:
  Shrinker(const AVStream& stream, int width) : turns_(quarter_turns(stream)), width_(width) {}

  Result<FrameHandle> shrink(const AVFrame& picture) {
    double aspect = static_cast<double>(picture.width) / picture.height;
    const AVRational pixel = picture.sample_aspect_ratio;
    if (pixel.num > 0 && pixel.den > 0) aspect *= av_q2d(pixel);
    const bool is_sideways = turns_ % 2 == 1;
    // A panorama of hostile proportions is squeezed.
    const double upright = std::clamp(is_sideways ? 1 / aspect : aspect, 0.25, 8.0);
    const int height = std::max(static_cast<int>(width_ / upright) / 2 * 2, 2);
    FrameHandle scaled = is_sideways ? make_picture(height, width_) : make_picture(width_, height);
    scaler_.reset(sws_getCachedContext(scaler_.release(), picture.width, picture.height,
                                       static_cast<AVPixelFormat>(picture.format), scaled->width,
                                       scaled->height, AV_PIX_FMT_YUVJ420P, SWS_AREA, nullptr,
                                       nullptr, nullptr));
    if (scaler_ == nullptr) {
      return fail(Error::Kind::kUnsupported, "its pictures are of a kind that can't be read");
    }
    sws_scale(scaler_.get(), picture.data, picture.linesize, 0, picture.height, scaled->data,
              scaled->linesize);
    if (turns_ == 0) return scaled;
    return turned(*scaled);
  }

 private:
  [[nodiscard]] FrameHandle turned(const AVFrame& picture) const {
    const bool is_sideways = turns_ % 2 == 1;
    FrameHandle upright = is_sideways ? make_picture(picture.height, picture.width)
                                      : make_picture(picture.width, picture.height);
    for (int plane = 0; plane < 3; ++plane) {
      const int shift = plane == 0 ? 0 : 1;
      const int width = picture.width >> shift;
      const int height = picture.height >> shift;
      const int row = upright->width >> shift;
      for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
          const int place = turned_place(x, y, width, height, turns_);
          upright->data[plane][place / row * upright->linesize[plane] + place % row] =
              picture.data[plane][y * picture.linesize[plane] + x];
        }
      }
    }
    return upright;
  }

  int turns_;
  int width_;
  SwsHandle scaler_;
};

Result<std::string> as_jpeg(const AVFrame& picture) {
  const Error failed = fail(Error::Kind::kUnsupported, "a still can't be encoded");
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  CodecHandle encoder(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
  if (encoder == nullptr) return failed;
  encoder->width = picture.width;
  encoder->height = picture.height;
  encoder->pix_fmt = AV_PIX_FMT_YUVJ420P;
  encoder->time_base = {1, 25};
  encoder->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
  encoder->global_quality = kQuality * FF_QP2LAMBDA;
  encoder->thread_count = 1;
  const auto packet = make_packet();
  if (avcodec_open2(encoder.get(), codec, nullptr) < 0 ||
      avcodec_send_frame(encoder.get(), &picture) < 0 ||
      avcodec_receive_packet(encoder.get(), packet.get()) < 0) {
    return failed;
  }
  return std::string(reinterpret_cast<const char*>(packet->data),
                     static_cast<std::size_t>(packet->size));
}

/// Decodes towards one time after the other.
class StillPass {
 public:
  StillPass(Container& container, CodecHandle codec)
      : container_(container),
        codec_(std::move(codec)),
        packet_(make_packet()),
        picture_(make_frame()),
        shown_(make_frame()) {
    codec_->skip_loop_filter = AVDISCARD_NONREF;
  }

  /// The picture shown at `time`; null when there is none before the end.
  Result<const AVFrame*> at(Milliseconds time) {
    if (container_.seek(time)) {
      avcodec_flush_buffers(codec_.get());
      av_frame_unref(shown_.get());
      av_frame_unref(ahead_ == nullptr ? picture_.get() : ahead_.get());
      ahead_.reset();
      is_drained_ = false;
    }
    for (;;) {
      ND_TRY_ASSIGN(const bool has_one, next());
      if (!has_one) break;
      if (shown_->width > 0 && time_of(*picture_) > time) {
        ahead_ = std::exchange(picture_, make_frame());
        break;
      }
      std::swap(shown_, picture_);
      av_frame_unref(picture_.get());
    }
    return shown_->width > 0 ? shown_.get() : nullptr;
  }

  void aim_at(Milliseconds time) { aim_ = time; }

 private:
  [[nodiscard]] Milliseconds time_of(std::int64_t stamp) const {
    const auto microseconds = av_rescale_q(stamp, container_.picture()->time_base, AV_TIME_BASE_Q);
    return std::chrono::round<Milliseconds>(
        std::chrono::microseconds(microseconds - container_.origin().value_or(0)));
  }
  [[nodiscard]] Milliseconds time_of(const AVFrame& picture) const {
    return picture.best_effort_timestamp == AV_NOPTS_VALUE ? Milliseconds(0)
                                                           : time_of(picture.best_effort_timestamp);
  }

  /// The next decoded picture into picture_; false at the end.
  Result<bool> next() {
    if (ahead_ != nullptr) {
      picture_ = std::move(ahead_);
      return true;
    }
    for (;;) {
      const int code = avcodec_receive_frame(codec_.get(), picture_.get());
      if (code >= 0) return true;
      if (code == AVERROR_EOF || is_drained_) return false;
      ND_TRY_ASSIGN(const bool more, container_.read(*packet_));
      if (!more) {
        avcodec_send_packet(codec_.get(), nullptr);
        is_drained_ = true;
        continue;
      }
      const bool is_far = packet_->pts != AV_NOPTS_VALUE && time_of(packet_->pts) + kClose < aim_;
      codec_->skip_frame = is_far ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
      avcodec_send_packet(codec_.get(), packet_.get());
      av_packet_unref(packet_.get());
    }
  }

  Container& container_;
  CodecHandle codec_;
  PacketHandle packet_;
  FrameHandle picture_;
  FrameHandle shown_;  // the last that is shown at or before the time
  FrameHandle ahead_;  // decoded, and shown after it
  Milliseconds aim_{0};
  bool is_drained_ = false;
};

}  // namespace

Result<void> make_stills(const std::string& path, std::span<const Milliseconds> times,
                         const StillOptions& options, const StillSink& sink) {
  ND_TRY_ASSIGN(const auto container,
                Container::open(path, options.stop, Container::Wanted::kPicture));
  if (container->picture() == nullptr) {
    return fail(Error::Kind::kUnsupported, "there is no picture in it");
  }
  ND_TRY_ASSIGN(CodecHandle codec, open_picture_codec(*container->picture(), 1));
  StillPass pass(*container, std::move(codec));
  Shrinker shrinker(*container->picture(), options.width);
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (options.stop.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
    pass.aim_at(times[i]);
    ND_TRY_ASSIGN(const AVFrame* const picture, pass.at(times[i]));
    if (picture == nullptr) continue;
    ND_TRY_ASSIGN(const FrameHandle small, shrinker.shrink(*picture));
    ND_TRY_ASSIGN(std::string jpeg, as_jpeg(*small));
    if (!sink(i, std::move(jpeg))) break;
  }
  return {};
}

}  // namespace needledrop
