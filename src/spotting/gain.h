#pragma once

#include <array>
#include <span>
#include <vector>

#include "spotting/expectation.h"

namespace needledrop {

/// At which level the episode plays the recording, by channel and band, and how much comes through.
struct Gains {
  struct Band {
    float gain = 0;     // half decibels: the episode's level of a peak over the recording's
    float clarity = 0;  // share of the peaks that show where nothing masks them
  };
  std::array<std::array<Band, kBands>, 2> bands;
};

/// How much louder or quieter than `gain` the recording may be for a while: fades and ducking, in
/// half decibels. Below the last it counts as not audible.
inline constexpr std::array<int, 9> kGainOffsets = {12, 6, 0, -6, -12, -18, -24, -32, -40};
inline constexpr std::size_t kPlateau = 2;  // the entry that is 0

/// The log-likelihood ratio "plays" : "does not play" of one tick, under each of kGainOffsets.
using TickEvidence = std::array<float, kGainOffsets.size()>;

/// Which entry of kGainOffsets holds at each tick from `first` on; kPlateau outside.
struct GainCurve {
  int first = 0;
  std::vector<std::uint8_t> entries;

  [[nodiscard]] std::size_t at(int tick) const {
    const auto i = static_cast<std::size_t>(tick - first);
    return tick >= first && i < entries.size() ? entries[i] : kPlateau;
  }
};

/// Only peaks that sit exactly, with this likelihood ratio, say how loud they are: the others are
/// half somebody else's.
inline constexpr float kSureRatio = 50;

/// How much likelier a level that is off by so many half decibels is for the recording's own peak
/// than for a chance one.
float level_ratio(float off);

/// Fits gains to the sightings among the expectations, given how the level moves.
Gains gains_of(std::span<const Expectation> expectations, const GainCurve& curve);

/// What the expectations say. A peak seen where it should be, as loud as it should be, speaks for
/// the hypothesis; one that is missing speaks against it only as far as nothing louder is there to
/// hide it. Entry i of the result belongs to tick first + i.
std::vector<TickEvidence> evidence_under(const Gains& gains,
                                         std::span<const Expectation> expectations, int first,
                                         int last);

}  // namespace needledrop
