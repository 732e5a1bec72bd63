#include "spotting/explanation.h"

#include <algorithm>
#include <tuple>

#include "spotting/doubt.h"

namespace needledrop {
namespace {

/// A rival had at least this share of the evidence before the kept one took its peaks.
constexpr double kRivalShare = 0.5;
/// A finding with less is not believed. Evidence counts ticks as if they were independent, and they
/// are not: on the development half of the evaluation the strongest finding by chance in an hour of
/// episodes had 19, the weakest whole true one 51.
constexpr double kLeastEvidence = 24;
/// Nor one that is shorter than a second: two pieces may well share a chord, or a sampled drum.
constexpr int kLeastTicks = 63;
/// A sighting weaker than this explains nothing: the peak stays free for others.
constexpr float kClaimRatio = 4;
/// Evidence that a recording plays where it already plays at another place of itself: what repeats
/// itself would be found again at every repeat.
constexpr float kImpossible = -1'000;

/// What is left of a finding.
struct Remnant {
  Finding finding;
  double found = 0;  // the evidence of what it is left of
};

/// Keeps the heap's order for std::push_heap: the strongest on top.
bool is_weaker(const Remnant& a, const Remnant& b) {
  const auto order = [](const Finding& finding) {
    return std::tuple(-finding.stretch.evidence, finding.hypothesis, finding.stretch.first);
  };
  return order(b.finding) < order(a.finding);
}

/// Does it stand on sound that nothing stronger has explained? Else it may be a repeat or a twin.
bool is_independent(const Remnant& remnant) {
  constexpr double kLeastShare = 0.6;
  return remnant.finding.stretch.evidence >= kLeastShare * remnant.found;
}

int overlap(const Stretch& a, const Stretch& b) {
  return std::min(a.last, b.last) - std::max(a.first, b.first);
}

class Explainer {
 public:
  Explainer(const PeakGrid& episode, const RecordingPeaks& recordings,
            std::vector<Finding> findings)
      : episode_(episode),
        recordings_(recordings),
        all_(std::move(findings)),
        claims_(episode.list().peaks.size(), false) {
    for (const Finding& finding : all_) heap_.push_back({finding, finding.stretch.evidence});
    std::make_heap(heap_.begin(), heap_.end(), is_weaker);
  }

  std::vector<Explanation> run() {
    while (!heap_.empty()) {
      const Remnant top = pop();
      const Finding& finding = top.finding;
      if (finding.stretch.evidence < kLeastWeak) {
        break;
      }
      Decoded decoded = decode(evidence_left(finding), finding.stretch.first);
      const auto& now = decoded.stretches;
      if (now.size() == 1 && now.front().evidence >= 0.999 * finding.stretch.evidence) {
        take(top, std::move(decoded.curve));
      } else {
        for (const Stretch& stretch : now) {
          push({{finding.hypothesis, stretch, finding.gains}, top.found});
        }
      }
    }
    remove_doubtful(episode_, recordings_, weak_, kept_);
    for (Explanation& explanation : kept_) {
      explanation.rivals = rivals_of(explanation.finding);
    }
    std::sort(kept_.begin(), kept_.end(), [](const Explanation& a, const Explanation& b) {
      return std::tuple(a.finding.stretch.first, a.finding.hypothesis, a.finding.stretch.last) <
             std::tuple(b.finding.stretch.first, b.finding.hypothesis, b.finding.stretch.last);
    });
    return std::move(kept_);
  }

 private:
  Remnant pop() {
    std::pop_heap(heap_.begin(), heap_.end(), is_weaker);
    Remnant top = std::move(heap_.back());
    heap_.pop_back();
    return top;
  }

  void push(Remnant remnant) {
    heap_.push_back(std::move(remnant));
    std::push_heap(heap_.begin(), heap_.end(), is_weaker);
  }

  void take(const Remnant& remnant, GainCurve curve) {
    const auto& [hypothesis, stretch, gains] = remnant.finding;
    if (stretch.evidence < kLeastStrong && is_independent(remnant)) {
      weak_.push_back({hypothesis.source, stretch});
    }
    if (stretch.evidence < kLeastEvidence || stretch.last - stretch.first < kLeastTicks) return;
    claim(remnant.finding);
    taken_[hypothesis.source].push_back(stretch);
    kept_.push_back({remnant.finding, std::move(curve), {}});
  }

  [[nodiscard]] std::vector<TickEvidence> evidence_left(const Finding& finding) const {
    const Stretch& stretch = finding.stretch;
    auto evidence =
        evidence_under(finding.gains,
                       expectations_of(episode_, recordings_.at(finding.hypothesis.rendition()),
                                       finding.hypothesis, stretch.first, stretch.last, claims_),
                       stretch.first, stretch.last);
    const auto taken = taken_.find(finding.hypothesis.source);
    if (taken != taken_.end()) {
      for (const Stretch& other : taken->second) {
        const int first = std::max(other.first, stretch.first);
        const int last = std::min(other.last, stretch.last);
        for (int tick = first; tick < last; ++tick) {
          evidence[static_cast<std::size_t>(tick - stretch.first)].fill(kImpossible);
        }
      }
    }
    return evidence;
  }

  void claim(const Finding& finding) {
    for (const Sighting& sighting :
         sightings_of(episode_, recordings_.at(finding.hypothesis.rendition()), finding.hypothesis,
                      finding.stretch.first, finding.stretch.last, claims_)) {
      if (sighting.likelihood_ratio >= kClaimRatio) {
        claims_[sighting.episode_peak] = true;
      }
    }
  }

  /// Findings of other recordings over most of the same stretch that nothing was left of: what made
  /// them was the same sound.
  [[nodiscard]] std::vector<Rival> rivals_of(const Finding& kept) const {
    std::map<SourceId, double> evidence;
    for (const Finding& other : all_) {
      const int shared = overlap(other.stretch, kept.stretch);
      if (other.hypothesis.source == kept.hypothesis.source ||
          2 * shared < kept.stretch.last - kept.stretch.first) {
        continue;
      }
      const double share = static_cast<double>(shared) / (other.stretch.last - other.stretch.first);
      double& best = evidence[other.hypothesis.source];
      best = std::max(best, other.stretch.evidence * share);
    }
    for (const Explanation& other : kept_) {
      if (overlap(other.finding.stretch, kept.stretch) > 0) {
        evidence.erase(other.finding.hypothesis.source);
      }
    }
    std::vector<Rival> rivals;
    for (const auto& [source, sum] : evidence) {
      if (sum >= kRivalShare * kept.stretch.evidence) {
        rivals.push_back({source, sum});
      }
    }
    std::stable_sort(rivals.begin(), rivals.end(),
                     [](const Rival& a, const Rival& b) { return a.evidence > b.evidence; });
    return rivals;
  }

  const PeakGrid& episode_;
  const RecordingPeaks& recordings_;
  const std::vector<Finding> all_;
  std::vector<Remnant> heap_;
  std::vector<Explanation> kept_;
  std::vector<WeakFinding> weak_;
  Claims claims_;
  std::map<SourceId, std::vector<Stretch>> taken_;  // where a recording already plays
};

}  // namespace

std::vector<Explanation> explain(const PeakGrid& episode, const RecordingPeaks& recordings,
                                 std::vector<Finding> findings) {
  return Explainer(episode, recordings, std::move(findings)).run();
}

}  // namespace needledrop
