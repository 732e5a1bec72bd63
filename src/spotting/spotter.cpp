#include "spotting/spotter.h"

#include <algorithm>

#include "index/snapshot.h"
#include "spotting/candidate_search.h"
#include "spotting/explanation.h"
#include "spotting/spot_maker.h"
#include "spotting/verification.h"

namespace needledrop {
namespace {

Result<RecordingPeaks> peaks_of(const Snapshot& snapshot, const std::vector<Finding>& findings) {
  RecordingPeaks recordings;
  for (const Finding& finding : findings) {
    const SourceId source = finding.hypothesis.source;
    if (!recordings.contains(source)) {
      ND_TRY_ASSIGN(recordings[source], snapshot.peaks(source));
    }
  }
  return recordings;
}

}  // namespace

Result<std::vector<Spot>> Spotter::spot(const PeakList& episode, const Control& control) const {
  const PeakGrid grid(episode);
  ND_TRY_ASSIGN(auto candidates,
                find_candidates(snapshot_, grid, control.threads, control.stop, control.progress));
  ND_TRY_ASSIGN(auto findings, verify_candidates(snapshot_, grid, std::move(candidates),
                                                 control.threads, control.stop));
  ND_TRY_ASSIGN(const RecordingPeaks recordings, peaks_of(snapshot_, findings));
  return spots_of(grid, recordings, explain(grid, recordings, std::move(findings)));
}

Result<std::vector<Match>> identify(const Snapshot& snapshot, const PeakList& clip) {
  ND_TRY_ASSIGN(const std::vector<Spot> spots, Spotter(snapshot).spot(clip, {}));
  std::vector<Match> matches;
  for (const Spot& spot : spots) {
    const Alignment& alignment = spot.alignments.front();
    matches.push_back(
        {spot.recording, spot.span, alignment.recording_start, alignment.rate, spot.confidence});
  }
  std::stable_sort(matches.begin(), matches.end(),
                   [](const Match& a, const Match& b) { return a.confidence > b.confidence; });
  return matches;
}

}  // namespace needledrop
