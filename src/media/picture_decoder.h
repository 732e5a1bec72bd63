#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/result.h"
#include "media/ffmpeg_handles.h"
#include "media/thumb.h"
#include "media/thumb_maker.h"

namespace needledrop {

/// Packets of one stream of pictures -> pictures, or their thumbs, in the order of showing. What
/// can't be decoded, or only with pictures missing that it refers to, is left out. Size and format
/// may change on the way. Single-threaded.
class PictureDecoder {
 public:
  /// How much of what comes in is decoded.
  enum class Depth {
    kAll,               // every picture, without a loop filter on those that no other refers to
    kAllRoughly,        // every picture, without a loop filter: a little blocky
    kReferences,        // what others refer to, without a loop filter
    kReferencesWholly,  // what others refer to, with it: what is decoded next is as good as ever
  };

  /// `origin` is time 0 in microseconds of the container's clock; nothing: the first picture.
  /// kUnsupported when there is no decoder.
  static Result<std::unique_ptr<PictureDecoder>> open(const AVStream& stream,
                                                      std::optional<std::int64_t> origin,
                                                      unsigned threads);

  /// Holds for the packets that follow.
  void set_depth(Depth depth);
  /// Takes a packet; null is the end. All pictures must have been received before.
  void send(const AVPacket* packet);
  /// The next picture that is ready, to be used before the next call; null when there is none
  /// without another packet.
  const AVFrame* receive();
  /// When the picture received last is shown.
  [[nodiscard]] Milliseconds time() const { return last_time_.value_or(Milliseconds(0)); }
  /// Forgets what was sent: what follows begins anew, with a keyframe.
  void begin_anew();

  /// Sends, and gives out the thumbs that are ready.
  void decode(const AVPacket& packet, ThumbSink& sink);
  /// Gives out what is left, and begins anew.
  void finish(ThumbSink& sink);

  /// When a packet's picture is shown; nothing when the container does not say.
  [[nodiscard]] std::optional<Milliseconds> time_of(const AVPacket& packet) const;
  /// Packets that could not be decoded, and pictures that the decoder patched up or that could not
  /// be made thumbs.
  [[nodiscard]] std::uint64_t damage() const { return damage_; }

 private:
  PictureDecoder(const AVStream& stream, std::optional<std::int64_t> origin);
  void give_out(ThumbSink& sink);
  void take_time(const AVFrame& picture);

  const AVStream& stream_;
  std::optional<std::int64_t> origin_;
  ThumbMaker maker_;
  CodecHandle codec_;
  FrameHandle picture_;
  Milliseconds picture_length_{40};  // where no time stamp tells
  std::optional<Milliseconds> last_time_;
  std::uint64_t damage_ = 0;
};

}  // namespace needledrop
