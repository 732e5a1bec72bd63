#pragma once

#include <span>
#include <vector>

#include "base/units.h"

namespace needledrop {

/// How two recordings are related by the sound that they share.
enum class RelationKind {
  kSame,     // one sound twice: a re-issue, another encoding
  kVersion,  // alike, but one has what the other lacks: vocal and instrumental
  kEdit,     // the same where they share, but one is shorter, or in another order: a TV size
  kSampled,  // only a small part is shared: a loop, a quotation
};

/// Ticks [first, last) of one recording are the music of another at the tick less `offset`.
struct SharedStretch {
  Tick first;
  Tick last;
  Tick offset;
  friend bool operator==(const SharedStretch&, const SharedStretch&) = default;
};

/// Two recordings that share sound. Each pair is told once, from the side of the lower id.
struct Relation {
  SourceId a;
  SourceId b;  // > a
  RelationKind kind = RelationKind::kSampled;
  double likeness = 0;                   // share of the peaks within the stretches that both have
  std::vector<SharedStretch> stretches;  // of a, by first; no tick of either is in two of them
  friend bool operator==(const Relation&, const Relation&) = default;
};

/// A recording that shares sound with another, seen from that other.
struct Relative {
  SourceId recording;
  RelationKind kind = RelationKind::kSampled;
  std::vector<SharedStretch> stretches;  // of the other, by first
};

/// Relations as a table to look up one recording's relatives in. Immutable.
class Relatives {
 public:
  Relatives() = default;
  explicit Relatives(std::span<const Relation> relations);

  /// By id; empty when there are none.
  [[nodiscard]] std::span<const Relative> of(SourceId recording) const;

 private:
  std::vector<SourceId> recordings_;  // whose relative it is, ascending
  std::vector<Relative> relatives_;
};

}  // namespace needledrop
