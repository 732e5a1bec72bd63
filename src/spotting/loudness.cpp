#include "spotting/loudness.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "fingerprint/level_meter.h"

namespace needledrop {
namespace {

const Level* level_at(const PeakList& list, int tick) {
  const auto entry = static_cast<std::size_t>(std::max(0, tick) / kLevelTicks);
  return entry < list.levels.size() ? &list.levels[entry] : nullptr;
}

/// Power ratio of the recording's channel in the episode to the channel by itself; 0 when the
/// episode shows nothing of it, as when a stereo recording was broadcast in mono.
double power_gain(const Gains& gains, Channel channel) {
  constexpr float kHeard = 0.1F;  // clarity
  double sum = 0;
  int count = 0;
  for (const Gains::Band& band : gains.bands[static_cast<std::size_t>(channel)]) {
    if (band.clarity < kHeard) continue;
    sum += static_cast<double>(band.gain);
    ++count;
  }
  return count == 0 ? 0 : std::pow(10, sum / count / 20);
}

/// Powers of the music and of all sound at one moment.
struct Moment {
  double music = 0;
  double all = 0;
};

std::vector<Moment> moments_of(const PeakGrid& episode, const PeakList& recording,
                               const Hypothesis& hypothesis, const Stretch& stretch,
                               const Gains& gains, const GainCurve& curve) {
  const double mid_gain = power_gain(gains, Channel::kMid);
  const double side_gain = power_gain(gains, Channel::kSide);
  std::vector<Moment> moments;
  for (int tick = stretch.first; tick < stretch.last; tick += kLevelTicks / 2) {
    const Level* own = level_at(recording, tick - hypothesis.offset.value);
    const Level* heard = level_at(episode.list(), tick);
    if (own == nullptr || heard == nullptr) continue;
    const double moved = std::pow(10, kGainOffsets[curve.at(tick)] / 20.0);
    moments.push_back(
        {moved * (mid_gain * power_of_level(own->mid) + side_gain * power_of_level(own->side)),
         power_of_level(heard->mid) + power_of_level(heard->side) + power_of_level(heard->rest)});
  }
  return moments;
}

}  // namespace

double level_against_rest(const PeakGrid& episode, const PeakList& recording,
                          const Hypothesis& hypothesis, const Stretch& stretch, const Gains& gains,
                          const GainCurve& curve) {
  const auto moments = moments_of(episode, recording, hypothesis, stretch, gains, curve);
  double music = 0;
  double all = 0;
  for (const Moment& moment : moments) {
    music += moment.music;
    all += moment.all;
  }
  const double rest = std::max(all - music, 1e-12);
  return std::clamp(10 * std::log10(std::max(music, 1e-12) / rest), -kMostLevel, kMostLevel);
}

}  // namespace needledrop
