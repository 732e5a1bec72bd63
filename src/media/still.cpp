#include "media/still.h"

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

#include "media/ffmpeg_handles.h"
#include "media/orientation.h"
#include "media/picture_decoder.h"
#include "media/picture_reader.h"
#include "media/picture_scaler.h"

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
    const auto& data = scaled->data;
    const auto& size = scaled->linesize;
    if (!scaler_.scale(picture, scaled->width, scaled->height, {data[0], data[1], data[2], nullptr},
                       {size[0], size[1], size[2], 0})) {
      return fail(Error::Kind::kUnsupported, "its pictures are of a kind that can't be read");
    }
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
  PictureScaler scaler_{AV_PIX_FMT_YUVJ420P, true};
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
  StillPass(PictureReader& reader, PictureDecoder& decoder)
      : reader_(reader), decoder_(decoder), packet_(make_packet()) {}

  /// The picture shown at `time`, or the first where it is shown later; null when there is none.
  Result<const AVFrame*> at(Milliseconds time) {
    aim_ = time;
    if (!reader_.can_seek()) return go_on_to(time);
    // Some seeks find a place that is too late, or pictures that lack others: from further back.
    constexpr Milliseconds kFurther{10'000};
    for (Milliseconds back{0};; back = std::max(kFurther, 4 * back)) {
      const Milliseconds from = std::max(Milliseconds(0), time - back);
      const bool has_moved = reader_.seek(from);
      if (has_moved) begin_anew();
      ND_TRY_ASSIGN(const AVFrame* const picture, go_on_to(time));
      const bool is_late = picture == nullptr || shown_time_ > time;
      if (!is_late || !has_moved || from == Milliseconds(0)) return picture;
    }
  }

 private:
  void begin_anew() {
    decoder_.begin_anew();
    shown_.reset();
    ahead_.reset();
    is_at_end_ = false;
  }

  Result<const AVFrame*> go_on_to(Milliseconds time) {
    for (;;) {
      if (ahead_ == nullptr) ND_TRY(look_ahead());
      if (ahead_ == nullptr || (shown_ != nullptr && ahead_time_ > time)) break;
      const bool is_late = shown_ != nullptr && ahead_time_ <= shown_time_;
      if (!is_late) {
        shown_ = std::move(ahead_);
        shown_time_ = ahead_time_;
      }
      ahead_.reset();
    }
    return shown_.get();
  }

  /// Decodes the next picture; none at the end.
  Result<void> look_ahead() {
    for (;;) {
      if (const AVFrame* const picture = decoder_.receive()) {
        ahead_ = make_frame();
        if (av_frame_ref(ahead_.get(), picture) < 0) throw std::bad_alloc();
        ahead_time_ = decoder_.time();
        return {};
      }
      if (is_at_end_) return {};
      ND_TRY_ASSIGN(const bool more, reader_.read(*packet_));
      is_at_end_ = !more;
      if (more) {
        const auto time = decoder_.time_of(*packet_);
        const bool is_far = time.has_value() && *time + kClose < aim_;
        decoder_.set_depth(is_far ? PictureDecoder::Depth::kReferencesWholly
                                  : PictureDecoder::Depth::kAll);
      }
      decoder_.send(more ? packet_.get() : nullptr);
      av_packet_unref(packet_.get());
    }
  }

  PictureReader& reader_;
  PictureDecoder& decoder_;
  PacketHandle packet_;
  FrameHandle shown_;  // the last that is shown at or before the time
  Milliseconds shown_time_{0};
  FrameHandle ahead_;  // the next, decoded already
  Milliseconds ahead_time_{0};
  Milliseconds aim_{0};
  bool is_at_end_ = false;
};

}  // namespace

Result<void> make_stills(const std::string& path, std::span<const Milliseconds> times,
                         const StillOptions& options, const StillSink& sink) {
  ND_TRY_ASSIGN(PictureReader reader, PictureReader::open(path, options.stop));
  ND_TRY_ASSIGN(const auto decoder, PictureDecoder::open(reader.stream(), reader.origin(), 1));
  StillPass pass(reader, *decoder);
  Shrinker shrinker(reader.stream(), options.width);
  for (std::size_t i = 0; i < times.size(); ++i) {
    ND_TRY(reader.go_on());
    ND_TRY_ASSIGN(const AVFrame* const picture, pass.at(times[i]));
    if (picture == nullptr) continue;
    ND_TRY_ASSIGN(const FrameHandle small, shrinker.shrink(*picture));
    ND_TRY_ASSIGN(std::string jpeg, as_jpeg(*small));
    if (!sink(i, std::move(jpeg))) break;
  }
  return {};
}

}  // namespace needledrop
