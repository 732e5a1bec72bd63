#include "spotting/version_decision.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>
#include <utility>

#include "index/snapshot.h"
#include "spotting/expectation.h"
#include "spotting/family_use.h"
#include "spotting/version_odds.h"

namespace needledrop {
namespace {

/// Less than this between two versions, in nats, decides nothing.
constexpr double kDecided = 3;
/// Less than this is no difference at all: the first by id is named.
constexpr double kNoDifference = 0.5;
/// A version that would have to be cut where another just goes on is less likely.
constexpr double kJumpCost = 6;
constexpr int kSamePlace = 2;
/// Where a piece begins or ends, what would have hidden a peak may not have been played any more.
constexpr int kCutTicks = 16;
/// Where an alignment ends the music of the piece may go on a little.
constexpr int kEdgeTicks = 63;

/// The peaks of recordings as they are played, and how to look them up. Loads what it does not
/// have.
class PlayedRecordings {
 public:
  PlayedRecordings(const Snapshot& snapshot, RecordingPeaks& peaks)
      : snapshot_(snapshot), peaks_(peaks) {}

  [[nodiscard]] bool has(SourceId source) const { return snapshot_.find(source) != nullptr; }

  Result<const PeakGrid*> grid(const Rendition& rendition) {
    if (!peaks_.contains(rendition)) {
      ND_TRY_ASSIGN(PeakList recording, snapshot_.peaks(rendition.source));
      peaks_[rendition] = played(std::move(recording), rendition.playback);
    }
    return &grids_.try_emplace(rendition, peaks_.at(rendition)).first->second;
  }

 private:
  const Snapshot& snapshot_;
  RecordingPeaks& peaks_;
  std::map<Rendition, PeakGrid> grids_;
};

/// One use, and the versions that would fit it.
class Decision {
 public:
  Decision(const PeakGrid& episode, const Relatives& relatives, const FamilyUse& use)
      : episode_(episode), relatives_(relatives), use_(use) {}

  Result<void> gather(PlayedRecordings& recordings) {
    for (const SourceId id : versions_of(use_, relatives_)) {
      if (!recordings.has(id)) continue;
      PlacedVersion version{{id, playback()}, nullptr, {}};
      for (const UsePiece& piece : use_) {
        const auto placements = placements_of(id, piece, relatives_);
        version.placements.insert(version.placements.end(), placements.begin(), placements.end());
      }
      if (version.placements.empty()) continue;
      ND_TRY_ASSIGN(version.grid, recordings.grid(version.rendition));
      (is_repeat(id) ? repeats_ : versions_).push_back(std::move(version));
    }
    return {};
  }

  /// The use's explanations under the name that is settled on.
  std::vector<Explanation> settle() {
    const PlacedVersion& named = best();
    std::map<SourceId, double> lead;  // over each rival, in nats
    for (const PlacedVersion& other : versions_) {
      const double odds = odds_of(named, other);
      lead[other.rendition.source] = odds > kDecided ? odds : 0;
    }
    for (const PlacedVersion& repeat : repeats_) {
      lead[repeat.rendition.source] = lead[first_of_same(repeat.rendition.source)];
    }
    lead.erase(named.rendition.source);
    std::vector<Explanation> settled;
    for (const UsePiece& piece : use_) {
      rename(piece, named, lead, settled);
    }
    return settled;
  }

 private:
  [[nodiscard]] const Playback& playback() const {
    return use_.front().explanation->finding.hypothesis.playback;
  }

  /// The earliest recording of the same sound.
  [[nodiscard]] SourceId first_of_same(SourceId id) const {
    SourceId first = id;
    for (const PlacedVersion& version : versions_) {
      for (const Relative& relative : relatives_.of(id)) {
        if (relative.kind == RelationKind::kSame &&
            relative.recording == version.rendition.source) {
          first = std::min(first, relative.recording);
        }
      }
    }
    return first;
  }
  [[nodiscard]] bool is_repeat(SourceId id) const { return first_of_same(id) != id; }

  /// Compared with the first, each has its odds; the differences between the others follow.
  [[nodiscard]] const PlacedVersion& best() const {
    const PlacedVersion* best = &versions_.front();
    double most = 0;
    for (const PlacedVersion& version : std::span(versions_).subspan(1)) {
      const double odds = odds_of(version, versions_.front());
      if (odds > most + kNoDifference) {
        most = odds;
        best = &version;
      }
    }
    return *best;
  }

  [[nodiscard]] double odds_of(const PlacedVersion& a, const PlacedVersion& b) const {
    if (&a == &b) return 0;
    const SoundDifference difference(*a.grid, *b.grid, shared_stretches(a, b));
    double odds = kJumpCost * (jumps(b) - jumps(a));
    for (const UsePiece& piece : use_) {
      odds += version_odds(episode_, a, b, difference, piece.first + kCutTicks,
                           piece.last - kCutTicks, piece.explanation->curve);
    }
    return odds;
  }

  /// Two that were not aligned with each other are so by what both have in common with the use.
  [[nodiscard]] std::vector<SharedStretch> shared_stretches(const PlacedVersion& a,
                                                            const PlacedVersion& b) const {
    auto stretches =
        played_stretches(a.rendition.source, b.rendition.source, playback(), relatives_);
    if (!stretches.empty()) return stretches;
    for (const Placement& of_a : a.placements) {
      for (const Placement& of_b : b.placements) {
        const Tick first = Tick(std::max(of_a.first, of_b.first));
        const Tick last = Tick(std::min(of_a.last, of_b.last));
        if (first >= last) continue;
        stretches.push_back({first - of_a.offset, last - of_a.offset, of_b.offset - of_a.offset});
      }
    }
    return stretches;
  }

  static int jumps(const PlacedVersion& version) {
    int count = 0;
    for (std::size_t i = 1; i < version.placements.size(); ++i) {
      const Tick before = version.placements[i - 1].offset;
      if (std::abs((version.placements[i].offset - before).value) > kSamePlace) ++count;
    }
    return count;
  }

  /// Appends the piece as the named version's; what that version lacks stays as it was.
  void rename(const UsePiece& piece, const PlacedVersion& named,
              const std::map<SourceId, double>& lead, std::vector<Explanation>& settled) const {
    auto placements = placements_of(named.rendition.source, piece, relatives_);
    if (placements.empty()) {
      settled.push_back(part_of(piece, piece.first, piece.last));
      return;
    }
    extend(placements.front().first, piece.first);
    extend(placements.back().last, piece.last);
    for (const Placement& placement : placements) {
      Explanation part = part_of(piece, placement.first, placement.last);
      Finding& finding = part.finding;
      if (finding.hypothesis.source != named.rendition.source) {
        finding.hypothesis = {named.rendition.source, placement.offset, playback()};
        finding.gains = gains_of(expectations_of(episode_, named.grid->list(), finding.hypothesis,
                                                 placement.first, placement.last, {}),
                                 part.curve);
      }
      add_rivals(piece, lead, part);
      settled.push_back(std::move(part));
    }
  }

  static void extend(int& edge, int wanted) {
    if (std::abs(edge - wanted) <= kEdgeTicks) edge = wanted;
  }

  static Explanation part_of(const UsePiece& piece, int first, int last) {
    Explanation part = *piece.explanation;
    Stretch& stretch = part.finding.stretch;
    stretch.evidence *=
        static_cast<double>(last - first) / static_cast<double>(stretch.last - stretch.first);
    stretch.first = first;
    stretch.last = last;
    return part;
  }

  /// Relatives that have the piece, in place of those found by chance of their evidence.
  void add_rivals(const UsePiece& piece, const std::map<SourceId, double>& lead,
                  Explanation& part) const {
    std::erase_if(part.rivals, [&](const Rival& rival) {
      return lead.contains(rival.source) || rival.source == part.finding.hypothesis.source;
    });
    for (const auto& [source, nats] : lead) {
      if (placements_of(source, piece, relatives_).empty()) continue;
      part.rivals.push_back({source, part.finding.stretch.evidence - nats});
    }
    std::ranges::sort(part.rivals, {},
                      [](const Rival& rival) { return std::pair(-rival.evidence, rival.source); });
  }

  const PeakGrid& episode_;
  const Relatives& relatives_;
  const FamilyUse& use_;
  std::vector<PlacedVersion> versions_;  // by id, each sound once
  std::vector<PlacedVersion> repeats_;   // the same sound as one of those
};

}  // namespace

Result<std::vector<Explanation>> decide_versions(const Snapshot& snapshot, const PeakGrid& episode,
                                                 const Relatives& relatives,
                                                 RecordingPeaks& recordings,
                                                 std::vector<Explanation> explanations) {
  PlayedRecordings played(snapshot, recordings);
  std::vector<Explanation> settled;
  for (const FamilyUse& use : family_uses(explanations, relatives)) {
    if (versions_of(use, relatives).size() == 1) {
      for (const UsePiece& piece : use) settled.push_back(*piece.explanation);
      continue;
    }
    Decision decision(episode, relatives, use);
    ND_TRY(decision.gather(played));
    const auto named = decision.settle();
    settled.insert(settled.end(), named.begin(), named.end());
  }
  std::ranges::stable_sort(settled, {}, [](const Explanation& e) {
    return std::tuple(e.finding.stretch.first, e.finding.hypothesis, e.finding.stretch.last);
  });
  return settled;
}

}  // namespace needledrop
