#include "media/picture_reader.h"

#include <utility>

namespace needledrop {
namespace {

/// In the stream's time base; 0 where the container does not say.
std::int64_t picture_length(const AVStream& stream) {
  const AVRational rate = stream.avg_frame_rate;
  if (rate.num <= 0 || rate.den <= 0) return 0;
  return av_rescale_q(1, av_inv_q(rate), stream.time_base);
}

PictureClock clock_of(const AVStream& stream) {
  return {stream.time_base, picture_length(stream)};
}

}  // namespace

PictureReader::PictureReader(std::unique_ptr<Container> container, std::stop_token stop)
    : container_(std::move(container)),
      stop_(std::move(stop)),
      clock_(clock_of(*container_->picture())) {}

Result<PictureReader> PictureReader::open(const std::string& path, std::stop_token stop) {
  ND_TRY_ASSIGN(auto container, Container::open(path, stop, Container::Wanted::kPicture));
  if (container->picture() == nullptr) {
    return fail(Error::Kind::kUnsupported, "there is no picture in it");
  }
  return PictureReader(std::move(container), std::move(stop));
}

Result<bool> PictureReader::read(AVPacket& packet) {
  ND_TRY(go_on());
  ND_TRY_ASSIGN(const bool more, container_->read(packet));
  if (more) clock_.correct(packet);
  return more;
}

Result<void> PictureReader::go_on() const {
  if (stop_.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
  return {};
}

bool PictureReader::can_seek() const {
  const int flags = container_->format().iformat->flags;
  // Where there is but the generic index of what was read, a seek forward goes nowhere.
  return (flags & (AVFMT_TS_DISCONT | AVFMT_NOTIMESTAMPS | AVFMT_GENERIC_INDEX)) == 0;
}

bool PictureReader::seek(Milliseconds time) {
  if (!container_->seek(time)) return false;
  clock_ = clock_of(stream());
  return true;
}

}  // namespace needledrop
