#include "spotting/rate_search.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

#include "base/worker_pool.h"
#include "spotting/candidate_search.h"
#include "spotting/rate_fit.h"

namespace needledrop {
namespace {

/// Steps of the grid: what a window of 4 s tolerates is half of them.
constexpr std::int32_t kTempoStep = 6'500;
constexpr int kTempoSteps = 3;
constexpr std::int32_t kPitchStep = 2'500;
constexpr int kPitchSteps = 8;

/// Of the votes that a search at unity has: with half of them again, one use in twenty more is
/// found at half as much cost again.
constexpr double kShareOfVotes = 0.3;

/// Evidence that a fit needs: as many hypotheses as the grid has points, and two ratios fitted to
/// each, reach a few nats more by chance than one does.
constexpr double kLeastEvidence = 36;
/// And that it needs to end the search where it holds: the next point of the grid may fit better.
constexpr double kExplains = 100;
/// And that its seed needs to be worth a fit, with its playback still coarse.
constexpr double kWorthFitting = 12;
/// Seeds of a window and playback that are tried: the true one is among the first.
constexpr std::size_t kSeeds = 4;
/// Places in a recording this close are one, seen through coarse playbacks: half a second.
constexpr double kSamePlace = 31;

constexpr int kHalfMinute = 15;  // windows
/// Playbacks that are worth searching all for.
constexpr std::size_t kMostPlaybacks = 4;

/// Where in the recording the hypothesis is at a tick of the episode.
double place_at(const Hypothesis& hypothesis, double tick) {
  return (tick - hypothesis.offset.value) * hypothesis.playback.time_ratio();
}

Stretch window_of(int window) {
  return {window * kBlockTicks, window * kBlockTicks + kWindowTicks, 0};
}

bool overlap(const Stretch& a, const Stretch& b) {
  return a.first < b.last && b.first < a.last;
}

/// A hypothesis that is worth a fit, and where.
struct Seed {
  Hypothesis hypothesis;
  Stretch stretch;
};

/// The fits of one recording's seeds, in their order; what a fit explains needs no other.
std::vector<RateFit> fits_of(const PeakGrid& episode, const PeakList& recording,
                             std::span<const Seed> seeds) {
  std::vector<RateFit> fits;
  for (const Seed& seed : seeds) {
    const Hypothesis& hypothesis = seed.hypothesis;
    const Stretch& stretch = seed.stretch;
    const double middle = (stretch.first + stretch.last) / 2.0;
    const bool is_known = std::any_of(fits.begin(), fits.end(), [&](const RateFit& fit) {
      return overlap(fit.stretch, stretch) &&
             std::abs(place_at(fit.hypothesis, middle) - place_at(hypothesis, middle)) < kSamePlace;
    });
    if (is_known || evidence_for(episode, recording, hypothesis, stretch) < kWorthFitting) continue;
    const RateFit fit = fit_playback(episode, recording, hypothesis, stretch);
    if (fit.stretch.evidence >= kLeastEvidence) fits.push_back(fit);
  }
  return fits;
}

/// The same for many recordings; seeds of one lie together.
std::vector<RateFit> fits_of_all(const PeakGrid& episode,
                                 const std::map<SourceId, PeakList>& recordings,
                                 std::span<const Seed> seeds, unsigned threads) {
  std::vector<std::span<const Seed>> runs;
  for (std::size_t first = 0, i = 0; i < seeds.size(); ++i) {
    if (i + 1 == seeds.size() || seeds[i + 1].hypothesis.source != seeds[first].hypothesis.source) {
      runs.push_back(seeds.subspan(first, i + 1 - first));
      first = i + 1;
    }
  }
  std::vector<std::vector<RateFit>> parts(runs.size());
  parallel_for(runs.size(), threads, [&](std::size_t i) {
    const auto recording = recordings.find(runs[i].front().hypothesis.source);
    if (recording != recordings.end()) parts[i] = fits_of(episode, recording->second, runs[i]);
  });
  std::vector<RateFit> fits;
  for (const auto& part : parts) fits.insert(fits.end(), part.begin(), part.end());
  return fits;
}

Candidate candidate_of(const RateFit& fit) {
  const int middle = (fit.stretch.first + fit.stretch.last) / 2;
  return {fit.hypothesis.source, fit.hypothesis.offset,
          std::max(0, (middle - kWindowTicks / 2) / kBlockTicks),
          static_cast<int>(fit.stretch.evidence), fit.hypothesis.playback};
}

void sort_by_window(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.window, -a.support, a) < std::tuple(b.window, -b.support, b);
  });
}

/// The best of each window, by recording, the strongest first; candidates are by window, best
/// first.
std::vector<Seed> seeds_of(std::vector<Candidate> candidates) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (kept < kSeeds || candidates[kept - kSeeds].window != candidates[i].window) {
      candidates[kept++] = candidates[i];
    }
  }
  candidates.resize(kept);
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.source, -a.support, a) < std::tuple(b.source, -b.support, b);
  });
  std::vector<Seed> seeds;
  for (const Candidate& candidate : candidates) {
    seeds.push_back(
        {{candidate.source, candidate.offset, candidate.playback}, window_of(candidate.window)});
  }
  return seeds;
}

}  // namespace

std::vector<Playback> coarse_broadcast_playbacks() {
  return {{1'042'188, 1'042'188}, {959'520, 959'520}};
}

std::vector<Playback> coarse_playbacks() {
  constexpr std::int32_t kOne = Playback::kUnity;
  std::vector<Playback> playbacks = coarse_broadcast_playbacks();
  for (int step = 1; step <= kTempoSteps; ++step) {
    playbacks.push_back({kOne + step * kTempoStep, kOne});
    playbacks.push_back({kOne - step * kTempoStep, kOne});
  }
  for (int step = 1; step <= kPitchSteps; ++step) {
    playbacks.push_back({kOne, kOne + step * kPitchStep});
    playbacks.push_back({kOne, kOne - step * kPitchStep});
  }
  return playbacks;
}

std::vector<Candidate> search_rates(const CloseSearch& search,
                                    const std::map<SourceId, PeakList>& recordings,
                                    std::vector<int> windows, std::span<const Playback> playbacks) {
  std::vector<Candidate> found;
  for (const Playback& playback : playbacks) {
    const auto seeds = seeds_of(search.find(windows, playback, kShareOfVotes));
    for (const RateFit& fit : fits_of_all(search.episode(), recordings, seeds, search.threads())) {
      found.push_back(candidate_of(fit));
      if (fit.stretch.evidence < kExplains) continue;
      std::erase_if(windows, [&](int window) { return overlap(fit.stretch, window_of(window)); });
    }
  }
  sort_by_window(found);
  return found;
}

std::vector<Playback> shared_playbacks(std::span<const Candidate> found) {
  std::map<Playback, std::vector<int>> uses;  // the windows, far apart
  for (const Candidate& candidate : found) {
    std::vector<int>& windows = uses[candidate.playback];
    if (windows.empty() || candidate.window > windows.back() + kHalfMinute) {
      windows.push_back(candidate.window);
    }
  }
  std::vector<Playback> shared;
  for (const auto& [playback, windows] : uses) {
    if (windows.size() > 1 && playback != Playback{}) shared.push_back(playback);
  }
  std::ranges::stable_sort(shared, std::greater{},
                           [&](const Playback& playback) { return uses[playback].size(); });
  if (shared.size() > kMostPlaybacks) shared.resize(kMostPlaybacks);
  return shared;
}

std::vector<Candidate> fit_drifts(const PeakGrid& episode,
                                  const std::map<SourceId, PeakList>& recordings,
                                  std::span<const Finding> findings, unsigned threads) {
  std::vector<char> drifts(findings.size(), 0);
  parallel_for(findings.size(), threads, [&](std::size_t i) {
    const auto& [hypothesis, stretch, gains] = findings[i];
    const auto recording = recordings.find(hypothesis.source);
    drifts[i] = recording != recordings.end() && hypothesis.playback == Playback{} &&
                stretch.evidence >= kLeastEvidence &&
                stretch.last - stretch.first >= kWindowTicks &&
                is_off(episode, recording->second, hypothesis, stretch);
  });
  std::vector<Seed> seeds;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (drifts[i] != 0) seeds.push_back({findings[i].hypothesis, findings[i].stretch});
  }
  std::stable_sort(seeds.begin(), seeds.end(), [](const Seed& a, const Seed& b) {
    return std::tuple(a.hypothesis.source, -a.stretch.evidence) <
           std::tuple(b.hypothesis.source, -b.stretch.evidence);
  });
  std::vector<Candidate> found;
  for (const RateFit& fit : fits_of_all(episode, recordings, seeds, threads)) {
    if (fit.hypothesis.playback != Playback{}) found.push_back(candidate_of(fit));
  }
  sort_by_window(found);
  return found;
}

}  // namespace needledrop
