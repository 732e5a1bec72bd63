#include "media/presentation_clock.h"

#include <cmath>

namespace needledrop {

PresentationClock::Placement PresentationClock::place(std::optional<double> claimed, double end) {
  if (!claimed.has_value() || !std::isfinite(*claimed)) return {};
  const double ahead = *claimed + shift_ - end;
  if (std::abs(ahead) <= kTolerance) return {};
  if (ahead > kLongestGap || gaps_ + ahead > kAllGaps || -ahead > kLongestOverlap) {
    shift_ -= ahead;
    return {.verdict = Verdict::kJump};
  }
  if (ahead < 0) return {.verdict = Verdict::kOverlap, .cut = -ahead};
  gaps_ += ahead;
  return {.verdict = Verdict::kGap, .start = std::llround(end + ahead)};
}

}  // namespace needledrop
