#include "spotting/doubt.h"

#include <algorithm>
#include <iterator>

#include "spotting/loudness.h"

namespace needledrop {
namespace {

/// A weak finding with this share of another's evidence makes a crowd of the two.
constexpr double kCrowdShare = 0.45;
/// What lies inside a finding that is so many times as strong needs more evidence: music agrees
/// with music.
constexpr double kStronger = 4;
constexpr double kLeastInside = 64;
/// Inside: with at least this share of its ticks.
constexpr double kInside = 0.8;

/// What is as loud as all else shows at least this share of its peaks that nothing hides, by far.
constexpr double kLoud = 0;
constexpr double kLeastShown = 0.2;

int length(const Stretch& stretch) {
  return stretch.last - stretch.first;
}

int overlap(const Stretch& a, const Stretch& b) {
  return std::min(a.last, b.last) - std::max(a.first, b.first);
}

/// At the same time; in a crossfade two recordings share less.
bool are_together(const Stretch& a, const Stretch& b) {
  return 2 * overlap(a, b) >= std::min(length(a), length(b));
}

bool is_in_crowd(const Finding& finding, std::span<const WeakFinding> weak) {
  return std::any_of(weak.begin(), weak.end(), [&](const WeakFinding& other) {
    return other.source != finding.hypothesis.source &&
           other.stretch.evidence >= kCrowdShare * finding.stretch.evidence &&
           are_together(other.stretch, finding.stretch);
  });
}

bool is_inside_strong(const Finding& finding, std::span<const Explanation> all) {
  const Stretch& stretch = finding.stretch;
  return stretch.evidence < kLeastInside &&
         std::any_of(all.begin(), all.end(), [&](const Explanation& other) {
           const Stretch& strong = other.finding.stretch;
           return strong.evidence >= kStronger * stretch.evidence &&
                  overlap(strong, stretch) >= kInside * length(stretch);
         });
}

/// Share of the peaks that show themselves where nothing masks them, by the fitted gains.
double clarity(const PeakList& recording, const Finding& finding) {
  const auto& gains = finding.gains;
  const Stretch& stretch = finding.stretch;
  double sum = 0;
  int count = 0;
  for_each_far_peak(
      recording, finding.hypothesis, stretch.first, stretch.last, [&](std::uint32_t index, int) {
        const Peak& peak = recording.peaks[index];
        sum += gains.bands[static_cast<std::size_t>(peak.channel)][band_of(peak)].clarity;
        ++count;
      });
  return count == 0 ? 0 : sum / count;
}

bool is_loud_yet_unclear(const PeakGrid& episode, const PeakList& recording,
                         const Explanation& explanation) {
  const auto& [finding, curve, rivals] = explanation;
  return clarity(recording, finding) < kLeastShown &&
         level_against_rest(episode, recording, finding.hypothesis, finding.stretch, finding.gains,
                            curve) >= kLoud;
}

}  // namespace

void remove_doubtful(const PeakGrid& episode, const RecordingPeaks& recordings,
                     std::span<const WeakFinding> weak, std::vector<Explanation>& explanations) {
  std::vector<Explanation> believed;
  std::copy_if(explanations.begin(), explanations.end(), std::back_inserter(believed),
               [&](const Explanation& explanation) {
                 const Finding& finding = explanation.finding;
                 return finding.stretch.evidence >= kLeastStrong ||
                        !(is_in_crowd(finding, weak) || is_inside_strong(finding, explanations) ||
                          is_loud_yet_unclear(
                              episode, recordings.at(finding.hypothesis.rendition()), explanation));
               });
  explanations = std::move(believed);
}

}  // namespace needledrop
