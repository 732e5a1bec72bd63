#include "spotting/loudness.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "fingerprint/level_meter.h"

namespace needledrop {
namespace {

/// Only peaks that sit exactly say how loud they are: the others are half somebody else's.
constexpr float kSureRatio = 50;

const Level* level_at(const PeakList& list, int tick) {
  const auto entry = static_cast<std::size_t>(std::max(0, tick) / kLevelTicks);
  return entry < list.levels.size() ? &list.levels[entry] : nullptr;
}

/// Power ratio of the recording's channel in the episode to the channel by itself; 0 when the
/// episode shows nothing of it, as when a stereo recording was broadcast in mono.
double median_gain(const PeakGrid& episode, const PeakList& recording,
                   std::span<const Sighting> sightings, Channel channel) {
  std::vector<int> steps;  // half decibels
  for (const Sighting& sighting : sightings) {
    const Peak& peak = recording.peaks[sighting.recording_peak];
    if (peak.channel == channel && sighting.likelihood_ratio >= kSureRatio) {
      steps.push_back(episode.list().peaks[sighting.episode_peak].level - peak.level);
    }
  }
  if (steps.empty()) {
    return 0;
  }
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return std::pow(10, *middle / 20.0);
}

}  // namespace

double level_against_rest(const PeakGrid& episode, const PeakList& recording,
                          const Hypothesis& hypothesis, const Stretch& stretch,
                          std::span<const Sighting> sightings) {
  const double mid_gain = median_gain(episode, recording, sightings, Channel::kMid);
  const double side_gain = median_gain(episode, recording, sightings, Channel::kSide);
  double music = 0;
  double all = 0;
  for (int tick = stretch.first; tick < stretch.last; tick += kLevelTicks / 2) {
    if (const Level* level = level_at(recording, tick - hypothesis.offset.value)) {
      music += mid_gain * power_of_level(level->mid) + side_gain * power_of_level(level->side);
    }
    if (const Level* level = level_at(episode.list(), tick)) {
      all += power_of_level(level->mid) + power_of_level(level->side) + power_of_level(level->rest);
    }
  }
  const double rest = std::max(all - music, 1e-12);
  return std::clamp(10 * std::log10(std::max(music, 1e-12) / rest), -kMostLevel, kMostLevel);
}

}  // namespace needledrop
