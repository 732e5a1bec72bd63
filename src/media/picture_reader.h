#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "base/units.h"
#include "media/container.h"
#include "media/ffmpeg_handles.h"
#include "media/picture_clock.h"

namespace needledrop {

/// A file's packets of the picture in coded order, with stamps that run on where its clock began
/// anew. Single-threaded.
class PictureReader {
 public:
  /// As Container::open; kUnsupported also when there is no picture.
  static Result<PictureReader> open(const std::string& path, std::stop_token stop);

  /// As Container::read.
  Result<bool> read(AVPacket& packet);
  /// kCancelled when it was asked for: what lies in a buffer would still be read, and decoded.
  [[nodiscard]] Result<void> go_on() const;

  /// Whether a seek finds times of this clock: not where clocks begin anew, or there is none.
  [[nodiscard]] bool can_seek() const;
  /// As Container::seek; what is read from then on is on the container's own clock.
  bool seek(Milliseconds time);

  [[nodiscard]] const AVStream& stream() const { return *container_->picture(); }
  [[nodiscard]] std::optional<std::int64_t> origin() const { return container_->origin(); }
  /// As Container::damage.
  [[nodiscard]] std::uint64_t damage() const { return container_->damage(); }

 private:
  PictureReader(std::unique_ptr<Container> container, std::stop_token stop);

  std::unique_ptr<Container> container_;
  std::stop_token stop_;
  PictureClock clock_;
};

}  // namespace needledrop
