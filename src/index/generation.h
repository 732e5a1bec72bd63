#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "index/manifest.h"
#include "index/segment.h"
#include "index/snapshot.h"

namespace needledrop {

/// A segment that the manifest names: open, or why it can't be read.
using OpenedSegment = Result<std::shared_ptr<const Segment>>;

/// One generation of the manifest with its segments. Immutable.
struct Generation {
  Manifest manifest;
  std::vector<OpenedSegment> segments;       // as in the manifest
  std::shared_ptr<const Snapshot> snapshot;  // of those that are open
};

bool holds(const Segment& segment, SourceId id);
/// Does one of its open segments hold the source, removed or not?
bool holds(const Generation& generation, SourceId id);

/// A generation in the making: segments of the newest one are kept, then new ones added.
class NextGeneration {
 public:
  /// What `newest` has removed from a segment that can't be read stays removed, whatever is kept.
  explicit NextGeneration(const Generation& newest);

  /// Takes over segment i with those of `removed` (ascending) that it holds; but not when nothing
  /// of it is left. One that can't be read is taken over as it is.
  void keep(std::size_t i, std::span<const SourceId> removed);
  /// Its number is more than all before it.
  void add(const Manifest::SegmentRow& row, std::shared_ptr<const Segment> segment);

  [[nodiscard]] const std::vector<OpenedSegment>& segments() const { return segments_; }
  /// Of what was kept and added, in a generation that is one more, or the last segment's number.
  [[nodiscard]] Manifest manifest() const;

 private:
  const Generation& newest_;
  Manifest manifest_;
  std::vector<OpenedSegment> segments_;
};

}  // namespace needledrop
