#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "base/units.h"

namespace needledrop {

enum class Channel : std::uint8_t { kMid, kSide };

/// How far around itself a peak is the maximum. A recording keeps kFar peaks only; an episode keeps
/// all, so that music that speech has pushed out of first place still leaves a trace.
enum class Reach : std::uint8_t { kNear, kMiddle, kFar };

/// A local maximum of the spectrum.
struct Peak {
  Tick tick;
  std::uint16_t frequency = 0;  // in eighths of a bin (kBinFractions): 0.98 Hz
  std::uint8_t level = 0;       // magnitude in half decibels over -120 dB of full scale
  Channel channel : 1 = Channel::kMid;
  Reach reach : 2 = Reach::kNear;

  /// By tick, then channel, then frequency: the order of a peak list.
  friend constexpr std::strong_ordering operator<=>(const Peak& a, const Peak& b) {
    if (auto order = a.tick <=> b.tick; order != 0) return order;
    if (auto order = a.channel <=> b.channel; order != 0) return order;
    if (auto order = a.frequency <=> b.frequency; order != 0) return order;
    if (auto order = a.level <=> b.level; order != 0) return order;
    return a.reach <=> b.reach;
  }
  friend constexpr bool operator==(const Peak& a, const Peak& b) { return (a <=> b) == 0; }
};
static_assert(sizeof(Peak) == 8);

/// RMS over kLevelTicks ticks in half decibels over -120 dB of full scale; 0 is silence.
struct Level {
  std::uint8_t mid = 0;
  std::uint8_t side = 0;
  std::uint8_t rest = 0;
  friend constexpr auto operator<=>(const Level&, const Level&) = default;
};

/// Everything that analysis keeps of a source.
struct PeakList {
  Tick length;                // columns analysed; every peak's tick is in [0, length)
  std::vector<Peak> peaks;    // in order
  std::vector<Level> levels;  // entry i covers ticks [i, i + 1) * kLevelTicks
  friend bool operator==(const PeakList&, const PeakList&) = default;
};

}  // namespace needledrop
