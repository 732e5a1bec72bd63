#include "catalogue/recording_families.h"

#include <algorithm>
#include <utility>

namespace needledrop {
namespace {

SourceId root_of(std::map<SourceId, SourceId>& parents, SourceId recording) {
  SourceId root = parents.try_emplace(recording, recording).first->second;
  while (parents[root] != root) root = parents[root];
  while (parents[recording] != root) recording = std::exchange(parents[recording], root);
  return root;
}

}  // namespace

RecordingFamilies::RecordingFamilies(std::span<const Relation> relations) {
  for (const Relation& relation : relations) {
    if (relation.kind == RelationKind::kSampled) continue;
    const SourceId a = root_of(lowest_, relation.a);
    const SourceId b = root_of(lowest_, relation.b);
    lowest_[std::max(a, b)] = std::min(a, b);
  }
  for (auto& [recording, lowest] : lowest_) lowest = root_of(lowest_, recording);
}

SourceId RecordingFamilies::of(SourceId recording) const {
  const auto found = lowest_.find(recording);
  return found == lowest_.end() ? recording : found->second;
}

}  // namespace needledrop
