#pragma once

#include "media/thumb.h"

namespace needledrop {

/// How a thumb differs from another once every part of it was looked for nearby: camera and actors
/// may move, a new shot shows what was not there.
struct Change {
  double residual = 0;  // mean absolute luma difference left over, in 8-bit steps
  double novelty = 0;   // the share of the picture's own detail that the other doesn't explain; 0
                        // for the same picture moved, around 0.6 for unrelated ones, at most 1
  double calmest = 0;   // novelty of the calmest fifth of the picture's area: of a new shot, all of
                        // it is new; when half of a split screen changes, much is not
};

/// Block matching of luma, as video coders do it: blocks of 8 x 6, whole-pixel search of up to
/// kReachX by kReachY.
Change change_between(const Thumb& before, const Thumb& after);

/// The thumb with its luma brought to about the brightness and contrast of another: lightning and
/// flicker change these alone. A flat picture stays as it is, and so does what is to be like one.
Thumb lit_like(const Thumb& thumb, const Thumb& other);

/// The novelty in `after` when `before` may be lit as it is or like `after`, whichever is less.
double novelty_in_any_light(const Thumb& before, const Thumb& after);

inline constexpr int kReachX = 6;
inline constexpr int kReachY = 3;

}  // namespace needledrop
