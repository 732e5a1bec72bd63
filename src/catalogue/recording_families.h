#pragma once

#include <map>
#include <span>

#include "base/units.h"
#include "spotting/relation.h"

namespace needledrop {

/// Recordings that are one music to whoever reviews: connected by being the same sound, versions or
/// edits of each other. What only quotes another is no family. Immutable.
class RecordingFamilies {
 public:
  RecordingFamilies() = default;
  explicit RecordingFamilies(std::span<const Relation> relations);

  /// The lowest id of the family; a recording without relatives is its own.
  [[nodiscard]] SourceId of(SourceId recording) const;

 private:
  std::map<SourceId, SourceId> lowest_;  // of those that have relatives
};

}  // namespace needledrop
