#pragma once

#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "fingerprint/peak.h"

namespace needledrop {

class Desk;

/// A recording with its peaks, not stored yet: its id is open.
struct HeardRecording {
  Recording recording;
  PeakList peaks;
};

struct CommittedRecordings {
  std::vector<Recording> added;  // with their ids
  std::vector<Recording> known;  // another process added the same audio meanwhile
};

/// Stores recordings in the order in which a crash can't lie: segment durable, manifest durable,
/// one catalogue transaction. Ids are given in the order of `heard`; a recording that the catalogue
/// knows and the index has lost keeps its id; while a segment can't be read, which may hold it, it
/// is left as it is and counts as known. Holds the writer's lock from first to last.
Result<CommittedRecordings> commit_recordings(Desk& desk, std::vector<HeardRecording> heard);

}  // namespace needledrop
