#include "spotting/rate_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "spotting/close_search.h"

namespace needledrop {
namespace {

/// How far from its predicted place a recording's peak is looked for: ticks, and eighths of a bin.
constexpr int kFarTicks = 3;
constexpr int kFarFrequency = 10;
/// Pairs further than this from the fit are chance.
constexpr double kNearTicks = 1.5;
constexpr double kNearFrequency = 2.5;

/// The grid that a fit starts from, to either side.
constexpr double kRateStep = 0.0008;
constexpr int kRateSteps = 5;
constexpr double kPitchStep = 0.0003;
constexpr int kPitchSteps = 12;
/// A line through few pairs may be steep.
constexpr double kMostSlower = 0.03;
constexpr double kMostHigher = 0.0036;
constexpr int kRounds = 6;
/// The first of them start from the grid: what lies at its edge is nearer the next time.
constexpr int kCoarseRounds = 2;
constexpr int kRefinements = 10;
/// A fit over longer stretches tells nothing that is worth its price: 48 s.
constexpr int kLongest = 3'000;
/// Evidence with which the music goes on beyond the stretch.
constexpr double kGoesOn = 8;

/// Nats, or the share of the evidence, by which the fitted playback may be better by luck: the
/// peaks of one onset err together, and places are rounded to ticks.
constexpr double kLuck = 16;
constexpr double kLuckShare = 0.01;
/// How near a simpler playback must lie to the fitted one: in ratio, or in ticks over the stretch.
constexpr double kNearRatio = 0.0015;
constexpr double kNearDrift = 3;
constexpr double kUnityDrift = 8;

/// What leaves little doubt that a ratio is off: 0.04 %, and most of a tick over the stretch.
constexpr double kPlainlyOff = 0.0004;
constexpr double kPlainDrift = 0.75;

/// A peak of the recording and one that the episode has near the place, as differences.
struct Pair {
  double tick;       // predicted, from the middle of the stretch
  double late;       // ticks
  double frequency;  // predicted
  double higher;     // eighths of a bin
  double weight;
};

/// What is wrong with a hypothesis.
struct Correction {
  double late = 0;    // ticks, in the middle of the stretch
  double slower = 0;  // ticks a tick
  double higher = 0;  // share of the frequency
};

/// Triangular: 1 in the middle, 0 from `width` on.
double nearness(double distance, double width) {
  return std::max(0.0, 1 - std::abs(distance) / width);
}

double weight_under(const Pair& pair, const Correction& correction, double ticks, double width) {
  const double late = pair.late - correction.late - correction.slower * pair.tick;
  const double higher = pair.higher - correction.higher * pair.frequency;
  // Most pairs: they are spared two divisions.
  if (std::abs(late) >= ticks || std::abs(higher) >= width) return 0;
  return pair.weight * nearness(late, ticks) * nearness(higher, width);
}

/// The peaks of the recording that may fall into the stretch.
PeakList excerpt(const PeakList& recording, const Hypothesis& hypothesis, const Stretch& stretch) {
  const double rate = hypothesis.playback.time_ratio();
  const auto tick_of = [&](int tick) {
    return Tick(static_cast<std::int32_t>(std::lround((tick - hypothesis.offset.value) * rate)));
  };
  const auto before = [](const Peak& peak, Tick tick) { return peak.tick < tick; };
  const auto& peaks = recording.peaks;
  PeakList part;
  part.length = recording.length;
  part.peaks.assign(
      std::lower_bound(peaks.begin(), peaks.end(), tick_of(stretch.first - 2), before),
      std::lower_bound(peaks.begin(), peaks.end(), tick_of(stretch.last + 2), before));
  return part;
}

std::vector<Pair> pairs_of(const PeakGrid& episode, const PeakList& recording,
                           const Hypothesis& hypothesis, const Stretch& stretch) {
  const PeakList heard = played(excerpt(recording, hypothesis, stretch), hypothesis.playback);
  const double middle = (stretch.first + stretch.last) / 2.0;
  const auto& peaks = episode.list().peaks;
  std::vector<Pair> pairs;
  for (const Peak& peak : heard.peaks) {
    const int tick = (peak.tick + hypothesis.offset).value;
    if (peak.reach != Reach::kFar || tick < stretch.first || tick >= stretch.last) continue;
    for (int late = -kFarTicks; late <= kFarTicks; ++late) {
      const auto range = episode.at(peak.channel, tick + late);
      for (auto i = range.first; i < range.last; ++i) {
        const int higher = peaks[i].frequency - peak.frequency;
        if (std::abs(higher) > kFarFrequency) continue;
        pairs.push_back({tick - middle, static_cast<double>(late),
                         static_cast<double>(peak.frequency), static_cast<double>(higher),
                         static_cast<double>(votes_of_coincidence(episode, peaks[i]))});
      }
    }
  }
  return pairs;
}

double agreement(const std::vector<Pair>& pairs, const Correction& correction, double ticks) {
  double sum = 0;
  for (const Pair& pair : pairs) {
    sum += weight_under(pair, correction, ticks, kNearFrequency);
  }
  return sum;
}

/// The best of the coarse grid, one ratio after the other: the pitch, with the ticks left open,
/// then the line of ticks.
Correction coarse_correction(const std::vector<Pair>& pairs) {
  Correction best;
  double most = 0;
  const auto consider = [&](const Correction& correction, double ticks) {
    const double sum = agreement(pairs, correction, ticks);
    if (sum > most) {
      most = sum;
      best = correction;
    }
  };
  for (int step = -kPitchSteps; step <= kPitchSteps; ++step) {
    consider({0, 0, step * kPitchStep}, kFarTicks + 1);
  }
  const double higher = best.higher;
  most = 0;
  for (int step = -kRateSteps; step <= kRateSteps; ++step) {
    for (int half_ticks = -4; half_ticks <= 4; ++half_ticks) {
      consider({half_ticks / 2.0, step * kRateStep, higher}, kNearTicks);
    }
  }
  return best;
}

/// Weighted least squares among the pairs near the correction, a few times over.
Correction fine_correction(const std::vector<Pair>& pairs, Correction correction) {
  for (int round = 0; round < kRefinements; ++round) {
    double w = 0, t = 0, l = 0, tt = 0, tl = 0, ff = 0, fh = 0;
    for (const Pair& pair : pairs) {
      const double weight = weight_under(pair, correction, kNearTicks, kNearFrequency);
      w += weight;
      t += weight * pair.tick;
      l += weight * pair.late;
      tt += weight * pair.tick * pair.tick;
      tl += weight * pair.tick * pair.late;
      ff += weight * pair.frequency * pair.frequency;
      fh += weight * pair.frequency * pair.higher;
    }
    const double spread = w > 0 ? tt - t * t / w : 0;
    if (spread <= 0 || ff <= 0) break;
    correction.slower = std::clamp((tl - t * l / w) / spread, -kMostSlower, kMostSlower);
    correction.late = (l - correction.slower * t) / w;
    correction.higher = std::clamp(fh / ff, -kMostHigher, kMostHigher);
  }
  return correction;
}

/// In parts per million, and not where no fit should go.
std::int32_t bounded(double ratio) {
  return static_cast<std::int32_t>(std::lround(std::clamp(ratio, 0.9, 1.1) * Playback::kUnity));
}

double middle_of(const Stretch& stretch) {
  return (stretch.first + stretch.last) / 2.0;
}

/// The hypothesis with another playback, such that the recording stays where it is at `middle`.
Hypothesis pivoted(const Hypothesis& hypothesis, const Playback& playback, double middle) {
  const double place = (middle - hypothesis.offset.value) * hypothesis.playback.time_ratio();
  const double offset = middle - place / playback.time_ratio();
  return {hypothesis.source, Tick(static_cast<std::int32_t>(std::lround(offset))), playback};
}

Hypothesis corrected(const Hypothesis& hypothesis, const Correction& correction, double middle) {
  const Playback playback = {bounded(hypothesis.playback.time_ratio() / (1 + correction.slower)),
                             bounded(hypothesis.playback.pitch_ratio() * (1 + correction.higher))};
  Hypothesis result = pivoted(hypothesis, playback, middle);
  result.offset = result.offset + Tick(static_cast<std::int32_t>(std::lround(correction.late)));
  return result;
}

/// The hypothesis over the stretch, at the best of neighbouring offsets.
RateFit settled(const PeakGrid& episode, const PeakList& recording, const Hypothesis& hypothesis,
                const Stretch& stretch) {
  RateFit best = {hypothesis, stretch};
  best.stretch.evidence = -std::numeric_limits<double>::infinity();
  for (int step : {0, -1, 1}) {
    Hypothesis moved = hypothesis;
    moved.offset = hypothesis.offset + Tick(step);
    const double evidence = evidence_for(episode, recording, moved, stretch);
    if (evidence > best.stretch.evidence) {
      best.hypothesis = moved;
      best.stretch.evidence = evidence;
    }
  }
  return best;
}

/// The stretch with as much again on either side where the evidence goes on.
Stretch grown(const PeakGrid& episode, const PeakList& recording, const RateFit& fit) {
  Stretch stretch = fit.stretch;
  const int length = stretch.last - stretch.first;
  const int step = std::clamp(kLongest - length, 0, length);
  const Stretch before = {std::max(0, stretch.first - step), stretch.first, 0};
  const Stretch after = {stretch.last, std::min(episode.ticks(), stretch.last + step), 0};
  if (evidence_for(episode, recording, fit.hypothesis, before) >= kGoesOn) {
    stretch.first = before.first;
  }
  if (evidence_for(episode, recording, fit.hypothesis, after) >= kGoesOn) {
    stretch.last = after.last;
  }
  return stretch;
}

constexpr std::int32_t kOne = Playback::kUnity;
/// Film as PAL video and back, from 24 and from 23.976 frames a second, and 0.1 % pull-up and
/// -down.
constexpr std::array<Playback, 8> kBroadcast = {{{1'041'667, 1'041'667},
                                                 {960'000, 960'000},
                                                 {1'042'708, 1'042'708},
                                                 {959'041, 959'041},
                                                 {999'001, 999'001},
                                                 {1'001'000, 1'001'000},
                                                 {999'001, kOne},
                                                 {1'001'000, kOne}}};

/// Could the simpler one be meant by the fitted one? What plays unchanged may by luck fit better
/// far off, when the stretch is short.
bool is_near(const Playback& simpler, const Playback& fitted, int ticks) {
  const double drift = simpler == Playback{} ? kUnityDrift : kNearDrift;
  const double rate = std::max(kNearRatio, drift / (ticks + 1));
  return std::abs(simpler.rate - fitted.rate) <= rate * kOne &&
         std::abs(simpler.pitch - fitted.pitch) <= kNearRatio * kOne;
}

/// Simpler playbacks, in groups of equally simple ones.
std::vector<std::vector<Playback>> simpler_than(const Playback& fitted) {
  return {{{}},
          {kBroadcast.begin(), kBroadcast.end()},
          {{fitted.rate, kOne}, {kOne, fitted.pitch}, {fitted.pitch, fitted.pitch}}};
}

/// The simplest playback that explains the stretch about as well.
RateFit simplified(const PeakGrid& episode, const PeakList& recording, const RateFit& fitted) {
  const int length = fitted.stretch.last - fitted.stretch.first;
  const double least =
      fitted.stretch.evidence - std::max(kLuck, kLuckShare * fitted.stretch.evidence);
  for (const auto& group : simpler_than(fitted.hypothesis.playback)) {
    std::optional<RateFit> best;
    for (const Playback& playback : group) {
      if (!is_near(playback, fitted.hypothesis.playback, length)) continue;
      const RateFit fit =
          settled(episode, recording,
                  pivoted(fitted.hypothesis, playback, middle_of(fitted.stretch)), fitted.stretch);
      const double most = best.has_value() ? best->stretch.evidence : least;
      if (fit.stretch.evidence > most) best = fit;
    }
    if (best.has_value()) return *best;
  }
  return fitted;
}

}  // namespace

double evidence_for(const PeakGrid& episode, const PeakList& recording,
                    const Hypothesis& hypothesis, const Stretch& stretch) {
  const PeakList heard = played(excerpt(recording, hypothesis, stretch), hypothesis.playback);
  return first_evidence(episode, heard, hypothesis, stretch.first, stretch.last, {});
}

RateFit fit_playback(const PeakGrid& episode, const PeakList& recording,
                     const Hypothesis& hypothesis, const Stretch& stretch) {
  RateFit fit = {hypothesis, stretch};
  fit.stretch.first = std::clamp(stretch.first, 0, episode.ticks());
  fit.stretch.last = std::clamp(stretch.last, fit.stretch.first, episode.ticks());
  for (int round = 0; round < kRounds; ++round) {
    const auto pairs = pairs_of(episode, recording, fit.hypothesis, fit.stretch);
    const Correction coarse = round < kCoarseRounds ? coarse_correction(pairs) : Correction{};
    fit = settled(episode, recording,
                  corrected(fit.hypothesis, fine_correction(pairs, coarse), middle_of(fit.stretch)),
                  fit.stretch);
    const Stretch more = grown(episode, recording, fit);
    if (round > 0 && more.first == fit.stretch.first && more.last == fit.stretch.last) {
      break;
    }
    fit.stretch = more;
  }
  return simplified(episode, recording, settled(episode, recording, fit.hypothesis, fit.stretch));
}

bool is_off(const PeakGrid& episode, const PeakList& recording, const Hypothesis& hypothesis,
            const Stretch& stretch) {
  const auto pairs = pairs_of(episode, recording, hypothesis, stretch);
  const Correction correction = fine_correction(pairs, coarse_correction(pairs));
  return std::abs(correction.higher) >= kPlainlyOff ||
         (std::abs(correction.slower) >= kPlainlyOff &&
          std::abs(correction.slower) * (stretch.last - stretch.first) >= kPlainDrift);
}

}  // namespace needledrop
