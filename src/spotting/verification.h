#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "index/snapshot.h"
#include "spotting/decoder.h"
#include "spotting/offset_histogram.h"

namespace needledrop {

/// A hypothesis and a stretch over which the evidence holds it.
struct Finding {
  Hypothesis hypothesis;
  Stretch stretch;
  Gains gains;
};

/// Tests candidates, first around their windows, then what holds there as far as the recording and
/// the episode reach. Findings by hypothesis, then start. The result does not depend on `threads`.
/// Errors: kCorrupt, kCancelled.
Result<std::vector<Finding>> verify_candidates(const Snapshot& snapshot, const PeakGrid& episode,
                                               std::vector<Candidate> candidates, unsigned threads,
                                               const std::stop_token& stop);

}  // namespace needledrop
