#include "spotting/family_use.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

namespace needledrop {
namespace {

/// A masked moment between two pieces at one place; and an edit, between two places.
constexpr int kHoldTicks = 250;
constexpr int kEditTicks = 63;
/// An offset is known to a tick or two.
constexpr int kSamePlace = 2;

const Relative* find_relative(SourceId of, SourceId with, const Relatives& relatives) {
  const auto all = relatives.of(of);
  const auto found = std::ranges::find(all, with, &Relative::recording);
  return found == all.end() || found->kind == RelationKind::kSampled ? nullptr : &*found;
}

Tick played_tick(Tick tick, const Playback& playback) {
  return Tick(static_cast<Tick::rep>(std::lround(tick.value / playback.time_ratio())));
}

/// Do the two say the same of the episode: one recording at one place, or versions lying on each
/// other? Nothing when they are no relatives.
std::optional<bool> is_same_place(const Hypothesis& a, const Hypothesis& b,
                                  const Relatives& relatives) {
  if (a.playback != b.playback) return std::nullopt;
  const int shift = (b.offset - a.offset).value;
  if (a.source == b.source) return std::abs(shift) <= kSamePlace;
  if (find_relative(a.source, b.source, relatives) == nullptr) return std::nullopt;
  return std::ranges::any_of(played_stretches(a.source, b.source, a.playback, relatives),
                             [&](const SharedStretch& stretch) {
                               return std::abs(stretch.offset.value - shift) <= kSamePlace;
                             });
}

bool continues(const UsePiece& before, const Explanation& next, const Relatives& relatives) {
  const int gap = next.finding.stretch.first - before.last;
  if (gap > kHoldTicks) return false;
  const auto same =
      is_same_place(before.explanation->finding.hypothesis, next.finding.hypothesis, relatives);
  return same.has_value() && (*same || std::abs(gap) <= kEditTicks);
}

}  // namespace

std::vector<SharedStretch> played_stretches(SourceId of, SourceId with, const Playback& playback,
                                            const Relatives& relatives) {
  std::vector<SharedStretch> played;
  const Relative* const relative = find_relative(of, with, relatives);
  if (relative == nullptr) return played;
  for (const SharedStretch& stretch : relative->stretches) {
    played.push_back({played_tick(stretch.first, playback), played_tick(stretch.last, playback),
                      played_tick(stretch.offset, playback)});
  }
  return played;
}

std::vector<FamilyUse> family_uses(std::span<const Explanation> explanations,
                                   const Relatives& relatives) {
  std::vector<FamilyUse> uses;
  for (const Explanation& explanation : explanations) {
    const Stretch& stretch = explanation.finding.stretch;
    const auto open = std::find_if(uses.rbegin(), uses.rend(), [&](const FamilyUse& use) {
      return std::ranges::any_of(
          use, [&](const UsePiece& piece) { return continues(piece, explanation, relatives); });
    });
    if (open == uses.rend()) {
      uses.push_back({{&explanation, stretch.first, stretch.last}});
      continue;
    }
    const int first = std::max(stretch.first, open->back().last);
    if (first < stretch.last) open->push_back({&explanation, first, stretch.last});
  }
  return uses;
}

std::vector<SourceId> versions_of(const FamilyUse& use, const Relatives& relatives) {
  std::vector<SourceId> versions;
  for (const UsePiece& piece : use) {
    const SourceId source = piece.explanation->finding.hypothesis.source;
    versions.push_back(source);
    for (const Relative& relative : relatives.of(source)) {
      if (relative.kind != RelationKind::kSampled) versions.push_back(relative.recording);
    }
  }
  std::ranges::sort(versions);
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  return versions;
}

std::vector<Placement> placements_of(SourceId version, const UsePiece& piece,
                                     const Relatives& relatives) {
  const Hypothesis& hypothesis = piece.explanation->finding.hypothesis;
  if (version == hypothesis.source) return {{piece.first, piece.last, hypothesis.offset}};
  std::vector<Placement> placements;
  for (const SharedStretch& stretch :
       played_stretches(hypothesis.source, version, hypothesis.playback, relatives)) {
    const Placement placement = {std::max(piece.first, (stretch.first + hypothesis.offset).value),
                                 std::min(piece.last, (stretch.last + hypothesis.offset).value),
                                 hypothesis.offset + stretch.offset};
    if (placement.first < placement.last) placements.push_back(placement);
  }
  return placements;
}

}  // namespace needledrop
