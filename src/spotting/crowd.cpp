#include "spotting/crowd.h"

#include <algorithm>

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

}  // namespace

void remove_crowds(std::vector<Explanation>& explanations, std::span<const WeakFinding> weak) {
  std::vector<Explanation> believed;
  std::copy_if(explanations.begin(), explanations.end(), std::back_inserter(believed),
               [&](const Explanation& explanation) {
                 const Finding& finding = explanation.finding;
                 return finding.stretch.evidence >= kLeastStrong ||
                        !(is_in_crowd(finding, weak) || is_inside_strong(finding, explanations));
               });
  explanations = std::move(believed);
}

}  // namespace needledrop
