#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "spotting/peak_grid.h"
#include "spotting/relation.h"

namespace needledrop {

/// The far-reaching peak that is this one in another encoding or another mix, at the tick where it
/// should be; null when there is none. Encoders and resamplers move a peak a little.
const Peak* twin_of(const Peak& peak, const PeakGrid& other, int tick);

/// Is the peak within 15 dB of all that sounds at its moment?
bool is_loud(const PeakList& list, const Peak& peak);

/// Two recordings aligned: which peaks does one have that the other lacks? Encoding and mastering
/// cost peaks as well, but faint ones, or ones that had a rival nearby; a voice brings others, and
/// hides others. Immutable; keeps references to the grids.
class SoundDifference {
 public:
  /// `stretches` are a's.
  SoundDifference(const PeakGrid& a, const PeakGrid& b, std::span<const SharedStretch> stretches);

  /// Is this peak of a one that b lacks? Within a far peak's box around where it should be b has
  /// neither its twin nor what is as loud, less 6 dB; nor the same tone somewhat earlier or later.
  [[nodiscard]] bool is_only_in_a(const Peak& peak, Tick offset) const;
  /// And is this peak of b one that a lacks? `offset` still is a's tick minus b's.
  [[nodiscard]] bool is_only_in_b(const Peak& peak, Tick offset) const;

  /// The shares of the loud and of the faint peaks that are in one alone, for each 4 s of the
  /// stretches.
  struct Share {
    double of_loud = 0;
    double of_faint = 0;
  };
  struct Shares {
    Share of_a;
    Share of_b;
  };
  [[nodiscard]] const std::vector<Shares>& windows() const { return windows_; }

 private:
  void count_windows(const SharedStretch& stretch);

  const PeakGrid& a_;
  const PeakGrid& b_;
  std::array<std::optional<int>, 2> gain_;  // of b over a by channel, in half decibels
  std::vector<Shares> windows_;
};

}  // namespace needledrop
