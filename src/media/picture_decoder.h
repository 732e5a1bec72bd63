#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/result.h"
#include "media/ffmpeg_handles.h"
#include "media/thumb.h"
#include "media/thumb_maker.h"

namespace needledrop {

/// Packets of one stream of pictures -> thumbs in the order of showing. What can't be decoded is
/// counted and left out. Size and format may change on the way. Single-threaded.
class PictureDecoder {
 public:
  /// How much of what comes in is decoded.
  enum class Depth {
    kAll,         // every picture, without a loop filter on those that no other refers to
    kAllRoughly,  // every picture, without a loop filter: a little blocky
    kReferences,  // what others refer to, without a loop filter
  };

  /// `origin` is time 0 in microseconds of the container's clock; nothing: the first picture.
  /// kUnsupported when there is no decoder.
  static Result<std::unique_ptr<PictureDecoder>> open(const AVStream& stream,
                                                      std::optional<std::int64_t> origin,
                                                      unsigned threads);

  /// Holds for the packets that follow.
  void set_depth(Depth depth);
  /// Gives out the pictures that are ready.
  Result<void> decode(const AVPacket& packet, ThumbSink& sink);
  /// Gives out what is left. What follows begins anew, with a keyframe.
  Result<void> finish(ThumbSink& sink);

  /// When a packet's picture is shown; nothing when the container does not say.
  [[nodiscard]] std::optional<Milliseconds> time_of(const AVPacket& packet) const;
  [[nodiscard]] std::uint64_t damaged_packets() const { return damaged_; }

 private:
  PictureDecoder(const AVStream& stream, std::optional<std::int64_t> origin);
  Result<void> receive(ThumbSink& sink);
  [[nodiscard]] Milliseconds time_at(std::int64_t stamp) const;
  [[nodiscard]] Milliseconds next_time(const AVFrame& picture);

  const AVStream& stream_;
  std::optional<std::int64_t> origin_;
  ThumbMaker maker_;
  CodecHandle codec_;
  FrameHandle picture_;
  Milliseconds picture_length_{40};  // where no time stamp tells
  std::optional<Milliseconds> last_time_;
  bool damaged_now_ = false;  // a packet counts once
  std::uint64_t damaged_ = 0;
};

}  // namespace needledrop
