#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "index/segment.h"
#include "index/segment_output.h"

namespace needledrop {

/// Told now and then what share of a merge is done, in [0, 1].
using MergeProgress = std::function<void(double share)>;

/// Writes all that lives in several segments as one, and finishes it: the same bytes that a builder
/// makes of the same sources. What is in `removed` (ascending) is left out. Everything is read in
/// the order in which it is written, and checked: memory is a block of each segment, some 30 bytes
/// a source, 4 for 16 s of recordings, and what the output keeps. Errors: kCorrupt naming file and
/// offset; kCancelled; kIo.
Result<void> merge_segments(std::span<const std::shared_ptr<const Segment>> segments,
                            std::span<const SourceId> removed, SegmentOutput& output,
                            const std::stop_token& stop, const MergeProgress& progress);

}  // namespace needledrop
