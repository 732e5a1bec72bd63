#include "index/generation.h"

#include <algorithm>
#include <utility>

namespace needledrop {

bool holds(const Segment& segment, SourceId id) {
  return std::ranges::binary_search(segment.sources(), id, {}, &SourceEntry::id);
}

bool holds(const Generation& generation, SourceId id) {
  return std::ranges::any_of(generation.segments, [&](const OpenedSegment& segment) {
    return segment.has_value() && holds(**segment, id);
  });
}

NextGeneration::NextGeneration(const Generation& newest) : newest_(newest) {
  manifest_.generation = newest.manifest.generation + 1;
  const bool is_readable =
      std::ranges::all_of(newest.segments, [](const auto& segment) { return segment.has_value(); });
  if (is_readable) return;
  for (const SourceId id : newest.manifest.removed) {
    if (!holds(newest, id)) manifest_.removed.push_back(id);
  }
}

void NextGeneration::keep(std::size_t i, std::span<const SourceId> removed) {
  const OpenedSegment& segment = newest_.segments[i];
  std::vector<SourceId> tombstones;
  if (segment.has_value()) {
    const auto entries = (*segment)->sources();
    for (const SourceEntry& entry : entries) {
      if (std::ranges::binary_search(removed, entry.id)) tombstones.push_back(entry.id);
    }
    if (tombstones.size() == entries.size()) return;
  }
  std::ranges::copy(tombstones, std::back_inserter(manifest_.removed));
  manifest_.segments.push_back(newest_.manifest.segments[i]);
  segments_.push_back(segment);
}

void NextGeneration::add(const Manifest::SegmentRow& row, std::shared_ptr<const Segment> segment) {
  manifest_.generation = std::max(manifest_.generation, row.number);
  manifest_.segments.push_back(row);
  segments_.emplace_back(std::move(segment));
}

Manifest NextGeneration::manifest() const {
  Manifest manifest = manifest_;
  std::ranges::sort(manifest.removed);
  manifest.removed.erase(std::unique(manifest.removed.begin(), manifest.removed.end()),
                         manifest.removed.end());
  return manifest;
}

}  // namespace needledrop
