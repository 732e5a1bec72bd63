#include "spotting/expectation.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace needledrop {
namespace {

/// The box within which a local maximum competes with what is louder: that of the least reach, and
/// as much again as the louder one may lie beside its own slope.
constexpr int kMaskTicks = 4;
constexpr int kMaskFrequency = 6 * kBinFractions;

/// A place this close to the peak's own is the peak itself.
constexpr int kOwnTicks = 1;
constexpr int kOwnFrequency = 8;

std::uint8_t masker_of(const PeakGrid& episode, const Peak& peak, int tick) {
  const auto& peaks = episode.list().peaks;
  std::uint8_t loudest = 0;
  for (int step = -kMaskTicks; step <= kMaskTicks; ++step) {
    const auto range = episode.at(peak.channel, tick + step);
    for (auto i = range.first; i < range.last; ++i) {
      const int distance = std::abs(peaks[i].frequency - peak.frequency);
      const bool is_own = distance <= kOwnFrequency && std::abs(step) <= kOwnTicks;
      if (distance <= kMaskFrequency && !is_own) loudest = std::max(loudest, peaks[i].level);
    }
  }
  return loudest;
}

}  // namespace

std::uint8_t band_of(const Peak& peak) {
  return static_cast<std::uint8_t>(
      std::min(peak.frequency / (kBandBins * kBinFractions), kBands - 1));
}

std::vector<Expectation> expectations_of(const PeakGrid& episode, const PeakList& recording,
                                         const Hypothesis& hypothesis, int first, int last,
                                         const Claims& claims) {
  std::vector<Expectation> expectations;
  for_each_far_peak(recording, hypothesis, first, last, [&](std::uint32_t index, int tick) {
    const Peak& peak = recording.peaks[index];
    const Sighting sighting = best_sighting(episode, peak, tick, claims);
    Expectation e;
    e.tick = tick;
    e.recording_peak = index;
    e.channel = peak.channel;
    e.band = band_of(peak);
    e.level = peak.level;
    e.masker = masker_of(episode, peak, tick);
    if (sighting.likelihood_ratio > 0) {
      e.episode_peak = sighting.episode_peak;
      e.likelihood_ratio = sighting.likelihood_ratio;
      e.seen = episode.list().peaks[sighting.episode_peak].level;
    }
    expectations.push_back(e);
  });
  return expectations;
}

}  // namespace needledrop
