#pragma once

#include <map>
#include <span>
#include <vector>

#include "index/snapshot.h"
#include "spotting/albums.h"
#include "spotting/verification.h"

namespace needledrop {

/// What an episode says for recordings, in nats.
using RecordingEvidence = std::map<SourceId, double>;

/// Adds what the findings that explain something say for their recordings.
void add_evidence(std::span<const Finding> findings, RecordingEvidence& evidence);

/// Recordings are too many for a close search of all when they last longer than this, 12 hours: an
/// album or ten, not a library.
inline constexpr std::int64_t kCloseTicks = 12LL * 3'600 * kAnalysisRate / kHop;

/// How long the recordings of a snapshot last.
std::int64_t catalogue_ticks(const Snapshot& snapshot);

/// The peak lists of the recordings that are worth a close search: all of a small catalogue; of a
/// larger one those that were found, then the others of their albums, the likeliest first, as far
/// as kCloseTicks go. Errors: kCorrupt.
Result<std::map<SourceId, PeakList>> likely_recordings(const Snapshot& snapshot,
                                                       const Albums& albums,
                                                       const RecordingEvidence& found);

}  // namespace needledrop
