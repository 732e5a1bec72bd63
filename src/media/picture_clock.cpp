#include "media/picture_clock.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "media/block.h"
#include "media/presentation_clock.h"

namespace needledrop {
namespace {

/// Sums of a few stamps below this don't overflow.
constexpr std::int64_t kMostStamp = std::int64_t{1} << 60;

void drop_nonsense(std::int64_t& stamp) {
  if (stamp > kMostStamp || stamp < -kMostStamp) stamp = AV_NOPTS_VALUE;
}

std::int64_t in_time_base(double samples, AVRational time_base) {
  return av_rescale_q(std::llround(samples), {1, kAnalysisRate}, time_base);
}

}  // namespace

PictureClock::PictureClock(AVRational time_base, std::int64_t usual_length)
    : longest_gap_(in_time_base(PresentationClock::kLongestGap, time_base)),
      longest_overlap_(in_time_base(PresentationClock::kLongestOverlap, time_base)),
      usual_length_(std::clamp<std::int64_t>(usual_length, 0, longest_gap_)) {}

void PictureClock::correct(AVPacket& packet) {
  drop_nonsense(packet.pts);
  drop_nonsense(packet.dts);
  const bool has_both = packet.pts != AV_NOPTS_VALUE && packet.dts != AV_NOPTS_VALUE;
  // No coder holds a picture back for so long: one of them is damaged. The clock follows dts.
  if (has_both && std::abs(packet.pts - packet.dts) > longest_overlap_) packet.pts = packet.dts;
  const std::int64_t stamp = packet.dts != AV_NOPTS_VALUE ? packet.dts : packet.pts;
  if (stamp == AV_NOPTS_VALUE) return;
  const std::int64_t ahead = next_.has_value() ? stamp + shift_ - *next_ : 0;
  if (ahead > longest_gap_ || -ahead > longest_overlap_) shift_ -= ahead;
  if (packet.pts != AV_NOPTS_VALUE) packet.pts += shift_;
  if (packet.dts != AV_NOPTS_VALUE) packet.dts += shift_;
  const bool says_length = packet.duration > 0 && packet.duration <= longest_gap_;
  next_ = stamp + shift_ + (says_length ? packet.duration : usual_length_);
}

}  // namespace needledrop
