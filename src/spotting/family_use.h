#pragma once

#include <span>
#include <vector>

#include "spotting/explanation.h"
#include "spotting/relation.h"
#include "spotting/version_odds.h"

namespace needledrop {

/// A part of a use: ticks [first, last) of one explanation.
struct UsePiece {
  const Explanation* explanation = nullptr;
  int first = 0;
  int last = 0;
};

/// One use of one family of versions: explanations, in order, that go on where the one before ends,
/// or say the same of the same moment. The pieces do not overlap.
using FamilyUse = std::vector<UsePiece>;

/// Sorts the explanations (in order of their starts) into uses, also in order. Borrows them.
std::vector<FamilyUse> family_uses(std::span<const Explanation> explanations,
                                   const Relatives& relatives);

/// The recordings of the use and all their relatives, ascending; those that only quote each other
/// are none.
std::vector<SourceId> versions_of(const FamilyUse& use, const Relatives& relatives);

/// Where the version would lie in the piece.
std::vector<Placement> placements_of(SourceId version, const UsePiece& piece,
                                     const Relatives& relatives);

/// What two recordings share, in ticks of the first as it is played; empty when they are no
/// relatives.
std::vector<SharedStretch> played_stretches(SourceId of, SourceId with, const Playback& playback,
                                            const Relatives& relatives);

}  // namespace needledrop
