#include "spotting/evidence.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace needledrop {
namespace {

using Survivals = std::array<float, kSurvivals.size()>;

/// A surviving peak is at most this far from where it should be.
constexpr int kReachTicks = PeakGrid::kNearTicks;
constexpr int kReachFrequency = PeakGrid::kNearFrequency;

/// One tick proves no more than this, in nats: the peaks of one onset, or of one chord, come
/// together.
constexpr float kMostOfATick = 3;

/// How surviving peaks are displaced, measured on music under speech 0 to 10 dB louder: shares by
/// distance in eighths of a bin (one side), in ticks (one side), and by the reach left to them.
constexpr std::array<float, kReachFrequency + 1> kFrequencyShare = {
    0.42F, 0.17F, 0.06F, 0.025F, 0.012F, 0.006F, 0.005F, 0.004F, 0.004F};
constexpr std::array<float, kReachTicks + 1> kTickShare = {0.60F, 0.20F};
constexpr std::array<float, 3> kReachShare = {0.27F, 0.28F, 0.45F};

/// What a sighting says under each survival s: either the peak survived and shows itself, or it did
/// not and the episode's peak is there by chance.
Survivals log_mixture(float likelihood_ratio) {
  Survivals evidence{};
  for (std::size_t level = 0; level < evidence.size(); ++level) {
    const float s = kSurvivals[level];
    evidence[level] = std::log(1 - s + s * likelihood_ratio);
  }
  return evidence;
}

}  // namespace

Sighting best_sighting(const PeakGrid& episode, const Peak& peak, int tick, const Claims& claims) {
  Sighting best;
  if (!episode.may_have_near(peak.channel, tick, peak.frequency)) {
    return best;
  }
  const auto& peaks = episode.list().peaks;
  for (int step = -kReachTicks; step <= kReachTicks; ++step) {
    const auto range = episode.at(peak.channel, tick + step);
    for (auto i = range.first; i < range.last; ++i) {
      const int distance = std::abs(peaks[i].frequency - peak.frequency);
      if (distance > kReachFrequency) continue;
      if (!claims.empty() && claims[i]) continue;
      const auto reach = static_cast<std::size_t>(peaks[i].reach);
      const float shown =
          kReachShare[reach] * kTickShare[static_cast<std::size_t>(std::abs(step))] *
          kFrequencyShare[static_cast<std::size_t>(std::abs(peaks[i].frequency - peak.frequency))];
      const float ratio =
          shown / episode.density(peak.channel, peaks[i].reach, tick, peak.frequency);
      if (ratio > best.likelihood_ratio) {
        best.episode_peak = i;
        best.likelihood_ratio = ratio;
      }
    }
  }
  return best;
}

std::vector<Sighting> sightings_of(const PeakGrid& episode, const PeakList& recording,
                                   const Hypothesis& hypothesis, int first, int last,
                                   const Claims& claims) {
  std::vector<Sighting> sightings;
  for_each_far_peak(recording, hypothesis, first, last, [&](std::uint32_t index, int tick) {
    Sighting sighting = best_sighting(episode, recording.peaks[index], tick, claims);
    if (sighting.likelihood_ratio > 0) {
      sighting.recording_peak = index;
      sightings.push_back(sighting);
    }
  });
  return sightings;
}

double first_evidence(const PeakGrid& episode, const PeakList& recording,
                      const Hypothesis& hypothesis, int first, int last, const Claims& claims) {
  const Survivals missing = log_mixture(0);
  Survivals tick_sum{};
  Survivals open{};
  double best = 0;
  int open_tick = first;
  const auto close_tick = [&] {
    for (std::size_t i = 0; i < open.size(); ++i) {
      open[i] = std::max(0.0F, open[i] + std::min(tick_sum[i], kMostOfATick));
      best = std::max(best, static_cast<double>(open[i]));
    }
    tick_sum.fill(0);
  };
  for_each_far_peak(recording, hypothesis, first, last, [&](std::uint32_t index, int tick) {
    if (tick != open_tick) close_tick();
    open_tick = tick;
    const Sighting sighting = best_sighting(episode, recording.peaks[index], tick, claims);
    const Survivals says =
        sighting.likelihood_ratio > 0 ? log_mixture(sighting.likelihood_ratio) : missing;
    for (std::size_t i = 0; i < says.size(); ++i) tick_sum[i] += says[i];
  });
  close_tick();
  return best;
}

}  // namespace needledrop
