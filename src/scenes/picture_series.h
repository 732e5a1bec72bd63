#pragma once

#include <array>
#include <deque>
#include <optional>
#include <vector>

#include "base/units.h"
#include "media/thumb.h"
#include "scenes/block_motion.h"
#include "scenes/sketch.h"

namespace needledrop {

/// What is kept of one picture of a video.
struct PictureMoment {
  Milliseconds time{0};
  bool follows = true;  // directly on the picture before
  Change change;        // from the picture before; of the first picture nothing
  double link = 0;  // the least novelty between five pictures of the half second before and six of
                    // the one after: small when the change was a flash or something that passed by
  /// Novelty against the picture shown kReaches[i] ago; nothing where it was not measured.
  std::array<std::optional<float>, 5> since;
  double spread = 0;  // mean absolute deviation of the luma from its mean: 0 for a flat picture
  Sketch sketch;
};

using PictureSeries = std::vector<PictureMoment>;

inline constexpr std::array<Milliseconds, 5> kReaches{Milliseconds(300), Milliseconds(550),
                                                      Milliseconds(1'000), Milliseconds(1'600),
                                                      Milliseconds(2'400)};
/// How far apart the moments are for which `since` is measured.
inline constexpr Milliseconds kReachStep{100};

/// Thumbs in, series out; holds on to few thumbs. Pictures need not be equally far apart.
class PictureMeter final : public ThumbSink {
 public:
  void on_thumb(const Thumb& thumb) override;
  /// The last call.
  PictureSeries finish();

 private:
  void look_back();
  void link_up_to(std::size_t end);
  [[nodiscard]] double least_novelty(std::size_t at) const;
  [[nodiscard]] const Thumb& thumb(std::size_t at) const { return thumbs_[at - forgotten_]; }

  PictureSeries series_;
  std::deque<Thumb> thumbs_;   // the last of the series
  std::size_t forgotten_ = 0;  // thumbs before them
  Milliseconds next_look_back_{0};
  std::size_t linked_ = 1;  // moments whose link has been measured
};

}  // namespace needledrop
