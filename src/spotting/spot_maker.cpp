#include "spotting/spot_maker.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "fingerprint/parameters.h"
#include "spotting/loudness.h"

namespace needledrop {
namespace {

/// Pieces of one recording with the same offset are one use if they are no further apart than this:
/// a masked moment is no end.
constexpr int kHoldTicks = 250;
/// And with another offset: an edit inside a cue leaves next to no gap.
constexpr int kEditTicks = 63;

/// Logistic from the evidence beyond entry cost to a probability; fitted on the development half of
/// the evaluation (docs/accuracy.md).
constexpr double kConfidenceSlope = 0.15;
constexpr double kConfidenceMiddle = 14;

Milliseconds time_of(int ticks) {
  return Milliseconds(static_cast<std::int64_t>(ticks) * 1'000 * kHop / kAnalysisRate);
}

double confidence_of(double evidence) {
  return 1 / (1 + std::exp(-kConfidenceSlope * (evidence - kConfidenceMiddle)));
}

/// A spot in the making: explanations of one recording in order.
using Use = std::vector<const Explanation*>;

bool continues(const Use& use, const Explanation& next) {
  const Finding& last = use.back()->finding;
  const int gap = next.finding.stretch.first - last.stretch.last;
  const bool same = std::abs((last.hypothesis.offset - next.finding.hypothesis.offset).value) <= 2;
  return last.hypothesis.source == next.finding.hypothesis.source &&
         gap <= (same ? kHoldTicks : kEditTicks);
}

std::vector<Use> uses_of(std::span<const Explanation> explanations) {
  std::vector<Use> uses;
  for (const Explanation& explanation : explanations) {
    const auto open = std::find_if(uses.rbegin(), uses.rend(),
                                   [&](const Use& use) { return continues(use, explanation); });
    if (open == uses.rend()) {
      uses.push_back({&explanation});
    } else {
      open->push_back(&explanation);
    }
  }
  return uses;
}

class SpotMaker {
 public:
  SpotMaker(const PeakGrid& episode, const RecordingPeaks& recordings)
      : episode_(episode), recordings_(recordings) {}

  [[nodiscard]] Spot make(const Use& use) const {
    Spot spot;
    spot.recording = use.front()->finding.hypothesis.source;
    double evidence = 0;
    double level = 0;
    int ticks = 0;
    for (const Explanation* piece : use) {
      const Stretch& stretch = piece->finding.stretch;
      append(spot.alignments, piece->finding);
      evidence += stretch.evidence;
      const int length = stretch.last - stretch.first;
      level += length * level_of(piece->finding);
      ticks += length;
    }
    spot.span = {spot.alignments.front().span.start, spot.alignments.back().span.end};
    for (const Alignment& alignment : spot.alignments) {
      spot.span.end = std::max(spot.span.end, alignment.span.end);
    }
    spot.start_error = spot.end_error = error_of(evidence, ticks);
    spot.confidence = confidence_of(evidence);
    spot.level_db = std::round(10 * level / ticks) / 10;
    spot.ground = spot.level_db >= 0 ? Ground::kForeground : Ground::kBackground;
    add_alternatives(use, evidence, spot);
    return spot;
  }

 private:
  [[nodiscard]] double level_of(const Finding& finding) const {
    const PeakList& recording = recordings_.at(finding.hypothesis.source);
    const auto sightings = sightings_of(episode_, recording, finding.hypothesis,
                                        finding.stretch.first, finding.stretch.last, {});
    return level_against_rest(episode_, recording, finding.hypothesis, finding.stretch, sightings);
  }

  /// Pieces with the same offset are one alignment.
  static void append(std::vector<Alignment>& alignments, const Finding& finding) {
    Alignment alignment;
    alignment.span = {time_of(finding.stretch.first), time_of(finding.stretch.last)};
    alignment.recording_start =
        std::max(Milliseconds(0), time_of(finding.stretch.first - finding.hypothesis.offset.value));
    if (!alignments.empty()) {
      Alignment& last = alignments.back();
      const auto shift = (alignment.recording_start - alignment.span.start) -
                         (last.recording_start - last.span.start);
      if (std::abs(shift.count()) <= time_of(2).count()) {
        last.span.end = std::max(last.span.end, alignment.span.end);
        return;
      }
    }
    alignments.push_back(alignment);
  }

  /// Evidence comes at a rate; an edge is known to the time that a few nats take.
  static Milliseconds error_of(double evidence, int ticks) {
    constexpr double kNats = 6;
    const double rate = std::max(evidence / ticks, 0.02);
    return time_of(static_cast<int>(std::ceil(kNats / rate)));
  }

  static void add_alternatives(const Use& use, double evidence, Spot& spot) {
    constexpr double kDecided = 3;  // nats
    std::map<SourceId, double> sums;
    for (const Explanation* piece : use) {
      for (const Rival& rival : piece->rivals) {
        sums[rival.source] += rival.evidence;
      }
    }
    for (const auto& [source, sum] : sums) {
      spot.alternatives.push_back({source, confidence_of(sum)});
      spot.version_decided = spot.version_decided && evidence - sum > kDecided;
    }
    std::stable_sort(
        spot.alternatives.begin(), spot.alternatives.end(),
        [](const Alternative& a, const Alternative& b) { return a.confidence > b.confidence; });
  }

  const PeakGrid& episode_;
  const RecordingPeaks& recordings_;
};

}  // namespace

std::vector<Spot> spots_of(const PeakGrid& episode, const RecordingPeaks& recordings,
                           std::span<const Explanation> explanations) {
  const SpotMaker maker(episode, recordings);
  std::vector<Spot> spots;
  for (const Use& use : uses_of(explanations)) {
    spots.push_back(maker.make(use));
  }
  std::sort(spots.begin(), spots.end(), [](const Spot& a, const Spot& b) {
    return std::tuple(a.span, a.recording) < std::tuple(b.span, b.recording);
  });
  return spots;
}

}  // namespace needledrop
