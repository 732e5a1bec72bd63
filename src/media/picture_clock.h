#pragma once

#include <cstdint>
#include <optional>

#include "media/ffmpeg_handles.h"

namespace needledrop {

/// Sees to it that the time stamps of one stream's packets run on where its clock began anew, as in
/// recordings put one after the other: by PresentationClock's bounds of a single jump, what follows
/// is then taken to follow on directly. Gaps may come to any length in all, as in a slide show.
/// Takes packets in coded order. Single-threaded.
class PictureClock {
 public:
  /// `usual_length`: of a packet that does not say how long it lasts; in the stream's time base.
  PictureClock(AVRational time_base, std::int64_t usual_length);

  /// Corrects the packet's stamps; takes away those that are too large to be times. Where pts is
  /// more than PresentationClock::kLongestOverlap from dts, dts counts for both.
  void correct(AVPacket& packet);

 private:
  std::int64_t longest_gap_;
  std::int64_t longest_overlap_;
  std::int64_t usual_length_;
  std::int64_t shift_ = 0;
  std::optional<std::int64_t> next_;  // where the last packet ended
};

}  // namespace needledrop
