#pragma once

#include <cstdint>

#include "base/units.h"
#include "fingerprint/peak.h"

namespace needledrop {

/// An anchor peak paired with a later target peak of the same channel.
struct Landmark {
  Channel channel = Channel::kMid;
  int anchor = 0;      // frequency of the anchor, in eighths of a bin
  int difference = 0;  // frequency of the target minus that of the anchor
  int ticks = 0;       // from anchor to target
  friend bool operator==(const Landmark&, const Landmark&) = default;
};

/// Where a target may lie, seen from its anchor: ticks in [first, last], |difference| < kZoneWidth.
inline constexpr int kZoneFirstTick = 2;
inline constexpr int kZoneLastTick = 129;
inline constexpr int kZoneWidth = 128 * 8;

/// Is the landmark one that hash_of can pack?
constexpr bool is_in_zone(int difference, int ticks) {
  return ticks >= kZoneFirstTick && ticks <= kZoneLastTick && difference > -kZoneWidth &&
         difference < kZoneWidth;
}

/// Channel (1 bit), ticks (7), anchor (13), difference (11), from the top: landmarks that differ by
/// a little in the target's frequency are neighbours in a sorted index. Frequencies keep all their
/// precision: under speech 10 dB louder, seven in ten peaks that survive are within an eighth
/// of a bin, so the one who looks up tries the neighbours, and the hash stays rare
/// (docs/matching.md). Requires: is_in_zone.
constexpr Hash hash_of(const Landmark& landmark) {
  const auto channel = static_cast<std::uint32_t>(landmark.channel);
  const auto ticks = static_cast<std::uint32_t>(landmark.ticks - kZoneFirstTick);
  const auto anchor = static_cast<std::uint32_t>(landmark.anchor);
  const auto difference = static_cast<std::uint32_t>(landmark.difference + kZoneWidth);
  return Hash(channel << 31 | ticks << 24 | anchor << 11 | difference);
}

/// The landmark that hash_of has packed. Of a hash from elsewhere, the difference may be
/// -kZoneWidth, which no landmark has.
constexpr Landmark landmark_of(Hash hash) {
  return {static_cast<Channel>(hash.value >> 31), static_cast<int>(hash.value >> 11 & 0x1FFF),
          static_cast<int>(hash.value & 0x7FF) - kZoneWidth,
          static_cast<int>(hash.value >> 24 & 0x7F) + kZoneFirstTick};
}

}  // namespace needledrop
