#pragma once

#include <cstdint>
#include <optional>

namespace needledrop {

/// Decides where decoded samples belong, from what their time stamps claim: gaps become silence,
/// overlaps are cut, jitter is ridden out without drifting away. Positions are in samples at
/// kAnalysisRate from time 0. Pure arithmetic; single-threaded.
class PresentationClock {
 public:
  /// Stamps may be this far off before they are obeyed: containers round to milliseconds, and a
  /// cue's time must be right to 20 ms.
  static constexpr double kTolerance = 0.018 * 16'000;
  /// A jump ahead of more than an hour, or gaps of more than four hours in all, is a broken clock
  /// and not a silence: what follows is taken to follow on directly.
  static constexpr double kLongestGap = 3'600.0 * 16'000;
  static constexpr double kAllGaps = 4 * kLongestGap;
  /// A jump back of more than ten seconds is a clock that began anew, not an overlap to be cut.
  static constexpr double kLongestOverlap = 10.0 * 16'000;

  enum class Verdict {
    kFollows,  // the samples continue the run
    kGap,      // a new run begins at `start`; what lies before it is silence
    kOverlap,  // `cut` samples (at kAnalysisRate) have been heard already, the rest continues
    kJump,     // the claim is not believed; the samples continue the run
  };
  struct Placement {
    Verdict verdict = Verdict::kFollows;
    std::int64_t start = 0;
    double cut = 0;
  };

  /// Places samples that claim to begin at `claimed` (nothing: no time stamp), when the run so far
  /// ends at `end`.
  Placement place(std::optional<double> claimed, double end);

 private:
  double shift_ = 0;  // what has been added to every claim since the last jump
  double gaps_ = 0;
};

}  // namespace needledrop
