#pragma once

#include <vector>

#include "base/result.h"
#include "spotting/relation.h"

namespace needledrop {

class Snapshot;

/// The recordings of the snapshot that share sound with one of them: candidates by looking up its
/// own fingerprint, then peak by peak. By the other's id. What is found between two recordings
/// depends on these two alone. Errors: kNotFound (no such recording), kCorrupt.
Result<std::vector<Relation>> find_relations(const Snapshot& snapshot, SourceId recording);

}  // namespace needledrop
