#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"

namespace needledrop {

class Desk;
class Snapshot;

/// The recordings that the catalogue has and a search of `snapshot` can't find, because their
/// segment can't be read or was lost; by id. `known` are the catalogue's sources (ascending) as
/// they were before the snapshot was taken: what is added or removed meanwhile is not missing.
Result<std::vector<Recording>> missing_recordings(Desk& desk, std::span<const SourceId> known,
                                                  const Snapshot& snapshot);

/// The same of the index as it is now.
Result<std::vector<Recording>> missing_recordings(Desk& desk);

/// What a person is told of them in one line, with what to do; "" when there are none.
std::string missing_warning(std::span<const Recording> missing);

}  // namespace needledrop
