#include "spotting/spot_maker.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "fingerprint/parameters.h"
#include "spotting/edge.h"
#include "spotting/loudness.h"
#include "spotting/loudspeaker.h"

namespace needledrop {
namespace {

/// Pieces of one recording with the same offset are one use if they are no further apart than this:
/// a masked moment is no end.
constexpr int kHoldTicks = 250;
/// And with another offset: an edit inside a cue leaves next to no gap.
constexpr int kEditTicks = 63;

/// Logistic from the evidence to a probability. Fitted to the development half of the evaluation,
/// 511 true findings and 3 false ones after doubt, as cautiously as so few false ones ask for.
constexpr double kConfidenceSlope = 0.03;
constexpr double kConfidenceMiddle = -20;

Milliseconds time_of(int ticks) {
  return Milliseconds(static_cast<std::int64_t>(ticks) * 1'000 * kHop / kAnalysisRate);
}

double confidence_of(double evidence) {
  return 1 / (1 + std::exp(-kConfidenceSlope * (evidence - kConfidenceMiddle)));
}

/// A spot in the making: explanations of one recording in order.
using Use = std::vector<const Explanation*>;

/// An offset is known to a tick or two.
bool is_same_place(const Hypothesis& a, const Hypothesis& b) {
  return a.playback == b.playback && std::abs((a.offset - b.offset).value) <= 2;
}

Alignment alignment_of(const Finding& finding) {
  const Playback& playback = finding.hypothesis.playback;
  const int tick = std::max(0, finding.stretch.first - finding.hypothesis.offset.value);
  const double start =
      std::round(static_cast<double>(time_of(tick).count()) * playback.time_ratio());
  return {{time_of(finding.stretch.first), time_of(finding.stretch.last)},
          Milliseconds(static_cast<std::int64_t>(start)),
          playback.time_ratio(),
          playback.pitch_ratio()};
}

bool continues(const Use& use, const Explanation& next) {
  const Finding& last = use.back()->finding;
  const int gap = next.finding.stretch.first - last.stretch.last;
  const bool same = is_same_place(last.hypothesis, next.finding.hypothesis);
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
      : episode_(episode), recordings_(recordings), loudspeaker_(episode) {}

  [[nodiscard]] Spot make(const Use& use) const {
    Spot spot;
    spot.recording = use.front()->finding.hypothesis.source;
    double evidence = 0;
    LoudspeakerEvidence loudspeaker;
    double level = 0;
    int ticks = 0;
    const Finding* before = nullptr;
    const Explanation* latest = use.front();
    for (const Explanation* piece : use) {
      const Stretch& stretch = piece->finding.stretch;
      append(spot.alignments, before, piece->finding);
      before = &piece->finding;
      if (stretch.last > latest->finding.stretch.last) latest = piece;
      evidence += stretch.evidence;
      const int length = stretch.last - stretch.first;
      level += length * level_of(*piece);
      loudspeaker += loudspeaker_evidence_of(*piece);
      ticks += length;
    }
    spot.span = {spot.alignments.front().span.start, time_of(latest->finding.stretch.last)};
    spot.start_error = time_of(errors_of(*use.front()).first);
    spot.end_error = time_of(errors_of(*latest).last);
    spot.confidence = confidence_of(evidence);
    spot.level_db = std::round(10 * level / ticks) / 10;
    spot.ground = spot.level_db >= 0 ? Ground::kForeground : Ground::kBackground;
    spot.from_loudspeaker = tells_of_loudspeaker(loudspeaker);
    add_alternatives(use, evidence, spot);
    return spot;
  }

 private:
  [[nodiscard]] double level_of(const Explanation& piece) const {
    const Finding& finding = piece.finding;
    return level_against_rest(episode_, recordings_.at(finding.hypothesis.rendition()),
                              finding.hypothesis, finding.stretch, finding.gains, piece.curve);
  }

  [[nodiscard]] LoudspeakerEvidence loudspeaker_evidence_of(const Explanation& piece) const {
    const Finding& finding = piece.finding;
    return loudspeaker_.evidence(
        expectations_in(finding, finding.stretch.first, finding.stretch.last), finding.stretch,
        finding.gains, piece.curve);
  }

  [[nodiscard]] std::vector<Expectation> expectations_in(const Finding& finding, int first,
                                                         int last) const {
    return expectations_of(episode_, recordings_.at(finding.hypothesis.rendition()),
                           finding.hypothesis, first, last, {});
  }

  [[nodiscard]] EdgeErrors errors_of(const Explanation& piece) const {
    const Finding& finding = piece.finding;
    const int first = finding.stretch.first - kEdgeTicks;
    const int last = finding.stretch.last + kEdgeTicks;
    const auto expectations = expectations_in(finding, first, last);
    return edge_errors(evidence_under(finding.gains, expectations, first, last), first,
                       finding.stretch, piece.curve);
  }

  /// Pieces at the same place are one alignment.
  static void append(std::vector<Alignment>& alignments, const Finding* before,
                     const Finding& finding) {
    const Alignment alignment = alignment_of(finding);
    if (before != nullptr && is_same_place(before->hypothesis, finding.hypothesis)) {
      Alignment& last = alignments.back();
      last.span.end = std::max(last.span.end, alignment.span.end);
    } else {
      alignments.push_back(alignment);
    }
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
      const double odds = std::exp(std::min(0.0, sum - evidence));
      spot.alternatives.push_back({source, spot.confidence * odds});
      spot.version_decided = spot.version_decided && evidence - sum > kDecided;
    }
    std::stable_sort(
        spot.alternatives.begin(), spot.alternatives.end(),
        [](const Alternative& a, const Alternative& b) { return a.confidence > b.confidence; });
  }

  const PeakGrid& episode_;
  const RecordingPeaks& recordings_;
  const LoudspeakerTest loudspeaker_;
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
