#pragma once

#include <array>
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

/// What one channel's spectrum is made of over kLevelTicks ticks, told by looks at it every 64 ms:
/// how many partials there are, how still they stand, and how the level moves.
struct Texture {
  static constexpr int kBands = 5;   // 39, 156, 500, 1200 and 2600 Hz to 5.5 kHz
  static constexpr int kAges = 4;    // stood still for less than 1, 3, 6 looks, or longer
  static constexpr int kRanges = 3;  // 39 to 156 Hz, to 1200, and from 2600 to 5500
  static constexpr int kLooks = 8;

  /// Sightings of partials, by band and age.
  std::array<std::array<std::uint8_t, kAges>, kBands> partials{};
  /// Share of the band's power that partials hold which stand still, in 255ths.
  std::array<std::uint8_t, kBands> steady{};
  /// Level of each range at each look, as in Level.
  std::array<std::array<std::uint8_t, kLooks>, kRanges> levels{};
  /// Where between two semitones (of 440 Hz, equal temperament) the still partials lie: the mean of
  /// their points on the circle of one semitone, 128 + 127 * (cosine, sine), and how many there
  /// are.
  std::array<std::uint8_t, 2> tuning{};
  std::uint8_t tuned = 0;
  friend constexpr auto operator<=>(const Texture&, const Texture&) = default;
};

/// Everything that analysis keeps of a source.
struct PeakList {
  Tick length;                // columns analysed; every peak's tick is in [0, length)
  std::vector<Peak> peaks;    // in order
  std::vector<Level> levels;  // entry i covers ticks [i, i + 1) * kLevelTicks
  /// By channel, entries as in levels. Empty for recordings, and for a side that does not exist.
  std::array<std::vector<Texture>, 2> textures{};
  friend bool operator==(const PeakList&, const PeakList&) = default;
};

}  // namespace needledrop
