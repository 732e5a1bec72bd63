#include "spotting/repeat.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace needledrop {
namespace {

/// The logarithm of "music" : "words", by a logistic regression over the repeats of the development
/// half of the evaluation, whose dialogue is said again and again.
double odds_of_music(const SharedTraits& traits) {
  return -12.9 + 9.6 * traits.returning + 7.0 * traits.held + 7.1 * traits.soon -
         12.2 * traits.low + 2.4 * traits.evenness + 5.3 * traits.length + 2.9 * traits.music;
}

/// Only peaks that sit exactly count as shared.
constexpr float kSureRatio = 50;
/// A note that is held or comes again meets its frequency once more: so many ticks before or after,
/// within so many eighths of a bin. How often that is by chance is seen beside it.
struct Return {
  int soonest = 0;
  int latest = 0;
  int near = 0;
};
constexpr Return kHeld{4, 12, 2};        // in what the episode has there, a twentieth to a fifth of
constexpr Return kSoon{13, 40, 1};       // a second away, and up to two thirds
constexpr Return kRecurring{9, 250, 2};  // among the shared peaks, up to four seconds away
constexpr std::array<int, 4> kBeside = {-52, -28, 28, 52};
/// Words are strongest below 1 kHz.
constexpr int kLowFrequency = 128 * kBinFractions;
/// Length tells no more beyond this, in seconds.
constexpr double kLongEnough = 15;

/// By tick.
std::vector<Peak> shared_peaks(const PeakGrid& a, const PeakList& b, const Repeat& repeat) {
  std::vector<Peak> shared;
  const Hypothesis hypothesis{repeat.b, repeat.offset, {}};
  for (const Sighting& sighting :
       sightings_of(a, b, hypothesis, repeat.stretch.first, repeat.stretch.last, {})) {
    if (sighting.likelihood_ratio >= kSureRatio) shared.push_back(b.peaks[sighting.recording_peak]);
  }
  return shared;
}

double share_of(double count, const std::vector<Peak>& peaks) {
  return peaks.empty() ? 0 : count / static_cast<double>(peaks.size());
}

/// `meets(peak, by)` tells whether the peak's frequency, moved by so much, is met again.
template <typename Meets>
double beyond_chance(const std::vector<Peak>& peaks, Meets meets) {
  double sum = 0;
  for (const Peak& peak : peaks) {
    const auto by_chance = std::ranges::count_if(kBeside, [&](int by) { return meets(peak, by); });
    sum += (meets(peak, 0) ? 1 : 0) - static_cast<double>(by_chance) / kBeside.size();
  }
  return share_of(sum, peaks);
}

/// The share of the peaks (by tick) that meet their frequency again among themselves.
double returning_share(const std::vector<Peak>& peaks, const Return& wanted) {
  return beyond_chance(peaks, [&](const Peak& peak, int by) {
    const auto first = std::ranges::partition_point(
        peaks, [&](const Peak& p) { return p.tick < peak.tick - Tick(wanted.latest); });
    for (auto it = first; it != peaks.end(); ++it) {
      const int ticks = (it->tick - peak.tick).value;
      if (ticks > wanted.latest) break;
      if (std::abs(ticks) >= wanted.soonest && it->channel == peak.channel &&
          std::abs(it->frequency - peak.frequency - by) <= wanted.near) {
        return true;
      }
    }
    return false;
  });
}

/// The share that meets it in all that the episode has there, `shift` ticks on.
double held_share(const PeakGrid& episode, const std::vector<Peak>& peaks, int shift,
                  const Return& wanted) {
  const auto has_at = [&](const Peak& peak, int by, int tick) {
    const auto range = episode.at(peak.channel, tick);
    const auto begin = episode.list().peaks.begin();
    return std::any_of(begin + range.first, begin + range.last, [&](const Peak& other) {
      return std::abs(other.frequency - peak.frequency - by) <= wanted.near;
    });
  };
  return beyond_chance(peaks, [&](const Peak& peak, int by) {
    const int tick = peak.tick.value + shift;
    for (int away = wanted.soonest; away <= wanted.latest; ++away) {
      if (has_at(peak, by, tick - away) || has_at(peak, by, tick + away)) return true;
    }
    return false;
  });
}

}  // namespace

double music_share(std::span<const MusicSpan> music, int first, int last) {
  int ticks = 0;
  for (const MusicSpan& span : music) {
    ticks += std::max(0, std::min(last, tick_at(span.span.end).value) -
                             std::max(first, tick_at(span.span.start).value));
  }
  return static_cast<double>(ticks) / std::max(last - first, 1);
}

Repeat mirrored(const Repeat& repeat) {
  Repeat other = repeat;
  std::swap(other.a, other.b);
  other.stretch.first -= repeat.offset.value;
  other.stretch.last -= repeat.offset.value;
  other.offset = Tick(-repeat.offset.value);
  return other;
}

SharedTraits traits_of(const HeardSound& a, const HeardSound& b, const Repeat& repeat) {
  const std::vector<Peak> shared = shared_peaks(a.grid, b.grid.list(), repeat);
  const int shift = repeat.offset.value;
  const auto both = [&](const Return& wanted) {
    return (held_share(a.grid, shared, shift, wanted) + held_share(b.grid, shared, 0, wanted)) / 2;
  };
  SharedTraits traits;
  traits.peaks = static_cast<int>(shared.size());
  traits.returning = returning_share(shared, kRecurring);
  traits.held = both(kHeld);
  traits.soon = both(kSoon);
  traits.low = share_of(static_cast<double>(std::ranges::count_if(
                            shared, [](const Peak& p) { return p.frequency < kLowFrequency; })),
                        shared);
  traits.evenness = std::log(std::max(repeat.stretch.evidence, 1.0) / std::max(traits.peaks, 1));
  traits.length = std::log(std::min(kLongEnough, std::max(repeat.length(), 1) * kTickSeconds));
  const auto& [first, last, evidence] = repeat.stretch;
  traits.music =
      (music_share(a.music, first, last) + music_share(b.music, first - shift, last - shift)) / 2;
  return traits;
}

void judge(const HeardSound& a, const HeardSound& b, Repeat& repeat) {
  const SharedTraits traits = traits_of(a, b, repeat);
  int all = 0;
  for_each_far_peak(b.grid.list(), {repeat.b, repeat.offset, {}}, repeat.stretch.first,
                    repeat.stretch.last, [&](std::uint32_t, int) { ++all; });
  repeat.likeness = static_cast<double>(traits.peaks) / std::max(all, 1);
  repeat.music = traits.music;
  repeat.music_odds = odds_of_music(traits);
}

}  // namespace needledrop
