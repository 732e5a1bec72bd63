#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "spotting/relation.h"

namespace needledrop {

class Desk;

struct AlignOptions {
  unsigned threads = 1;  // nothing in the desk depends on it
  std::stop_token stop;
  std::function<void(double)> progress = [](double) {};  // done share in [0, 1]; from one thread
};

/// Aligns the recordings that were not yet with all others, and stores how they are related.
/// Nothing to do costs one query; a read-only desk is left as it is, and so is one with a segment
/// that can't be read. It only adds to what `add` has
/// made durable: what a crash or a stop leaves undone is done the next time. A recording whose
/// peaks can't be read is passed over (`check` names the damage). Errors: kCancelled, and the
/// catalogue's.
Result<void> align_recordings(Desk& desk, const AlignOptions& options);

/// A recording that shares sound with another one.
struct RelatedRecording {
  RelationKind kind = RelationKind::kSampled;
  Milliseconds shared{0};  // how long
  Recording recording;
};

/// Those that share sound with the recording, by kind (same, version, edit, sampled), then id.
Result<std::vector<RelatedRecording>> related_to(Desk& desk, const Relatives& relatives,
                                                 SourceId recording);

/// What the catalogue knows of relations, as a table.
Result<Relatives> relatives_in(Desk& desk);

}  // namespace needledrop
