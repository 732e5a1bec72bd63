#include "spotting/spotter.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "fingerprint/parameters.h"
#include "index/snapshot.h"
#include "spotting/candidate_search.h"
#include "spotting/close_search.h"
#include "spotting/explanation.h"
#include "spotting/likely_recordings.h"
#include "spotting/music_activity.h"
#include "spotting/peak_index.h"
#include "spotting/rate_search.h"
#include "spotting/spot_maker.h"
#include "spotting/unexplained.h"
#include "spotting/verification.h"
#include "spotting/version_decision.h"

namespace needledrop {
namespace {

/// A clip shorter than this, a minute, is looked up by hash first: to index the recordings for a
/// close search would take longer.
constexpr int kClipTicks = 3'750;
/// What a clip is asked for at first: what stands out most, where it should be.
constexpr ProbeDepth kQuick{{2, 0, 0}};
/// And then, the deepest of these that stays within kClipProbes. Of the landmarks by which a
/// recording is found 10 dB under speech the second finds 84 in a hundred with four tenths of the
/// probes, the third 68 with two tenths (docs/matching.md).
constexpr ProbeDepth kClipDepths[] = {ProbeMaker::kWhole, {{16, 8, 2}}, {{8, 4, 1}}};
/// A second of sound; a microsecond or two each among 100,000 recordings.
constexpr double kClipProbes = 2'700;
/// Each candidate costs a quarter of a millisecond: in a clip the best must do.
constexpr std::size_t kMostClipCandidates = 8;
constexpr double kLeastClipShare = 0.1;
/// With fewer recordings found in a large catalogue, the episode may be played at another rate.
constexpr std::size_t kFewRecordings = 2;
/// Windows that are closely searched between two looks at the stop token.
constexpr std::size_t kRound = 512;

/// One episode on its way through the stages.
class Spotting {
 public:
  Spotting(const Snapshot& snapshot, const Relatives& relatives, const Albums& albums,
           const PeakList& episode, const Spotter::Control& control)
      : snapshot_(snapshot),
        relatives_(relatives),
        albums_(albums),
        grid_(episode),
        control_(control),
        music_(music_activity(episode)) {}

  Result<Spotted> run() {
    RecordingEvidence found;
    const bool is_clip = grid_.ticks() < kClipTicks;
    const bool is_large = catalogue_ticks(snapshot_) > kCloseTicks;
    if (is_clip || is_large) {
      ND_TRY(is_clip && is_large ? look_up_clip() : look_up());
      add_evidence(findings_, found);
      if (!is_clip && found.size() < kFewRecordings) {
        ND_TRY(look_up_at_broadcast_rates(found));
      }
    }
    ND_TRY_ASSIGN(recordings_, likely_recordings(snapshot_, albums_, found));
    if (!recordings_.empty()) {
      const PeakIndex index(recordings_);
      const CloseSearch search(index, grid_, control_.threads);
      ND_TRY(look_closely(search));
      ND_TRY(verify(fit_drifts(grid_, recordings_, findings_, control_.threads)));
      ND_TRY(look_for_other_rates(search));
    }
    ND_TRY_ASSIGN(RecordingPeaks recordings, heard_recordings());
    ND_TRY_ASSIGN(const auto explanations,
                  decide_versions(snapshot_, grid_, relatives_, recordings,
                                  explain(grid_, recordings, std::move(findings_))));
    Spotted spotted;
    spotted.spots = spots_of(grid_, recordings, explanations);
    spotted.unidentified = unidentified_music(music_, spotted.spots);
    control_.progress(1);
    return spotted;
  }

 private:
  /// Asks the index: any catalogue, but two peaks of a landmark must have survived.
  Result<void> look_up() {
    const auto progress = [&](double share) { control_.progress(kLookUpShare * share); };
    ND_TRY_ASSIGN(auto candidates, find_candidates(snapshot_, grid_, {all_windows(grid_.ticks())},
                                                   control_.threads, control_.stop, progress));
    done_ = kLookUpShare;
    return verify(std::move(candidates));
  }

  /// The same of a clip, which should be answered at once by any catalogue: first what most likely
  /// survived and least has moved, then more, but only where nothing was found.
  Result<void> look_up_clip() {
    for (const ProbeDepth& depth : {kQuick, clip_depth()}) {
      const std::vector<int> windows = open_windows(grid_, findings_);
      const LookUp look_up{windows, depth, kMostClipCandidates, kLeastClipShare};
      ND_TRY_ASSIGN(auto candidates, find_candidates(snapshot_, grid_, look_up, control_.threads,
                                                     control_.stop, [](double) {}));
      ND_TRY(verify(std::move(candidates)));
    }
    return {};
  }

  [[nodiscard]] ProbeDepth clip_depth() const {
    const auto anchors = std::ranges::count_if(
        grid_.list().peaks, [](const Peak& peak) { return peak.reach == Reach::kFar; });
    const double a_second =
        static_cast<double>(anchors) / (std::max(grid_.ticks(), 1) * kTickSeconds);
    const auto fits = [&](const ProbeDepth& depth) {
      return a_second * static_cast<double>(depth.probes_an_anchor()) <= kClipProbes;
    };
    const auto deepest = std::ranges::find_if(kClipDepths, fits);
    return deepest == std::end(kClipDepths) ? kClipDepths[2] : *deepest;
  }

  /// The same of the episode played at the rates that broadcasting changes whole programmes by. It
  /// only tells which recordings are likely; what is found of them is found in the episode itself.
  Result<void> look_up_at_broadcast_rates(RecordingEvidence& evidence) {
    for (const Playback& playback : coarse_broadcast_playbacks()) {
      const PeakList list = played(grid_.list(), playback);
      const PeakGrid grid(list);
      ND_TRY_ASSIGN(auto candidates,
                    find_candidates(snapshot_, grid, {all_windows(grid.ticks())}, control_.threads,
                                    control_.stop, [](double) {}));
      ND_TRY_ASSIGN(const auto found, verify_candidates(snapshot_, grid, std::move(candidates),
                                                        control_.threads, control_.stop));
      add_evidence(found, evidence);
    }
    return {};
  }

  /// Searches what nothing explains for recordings that may well be there.
  Result<void> look_closely(const CloseSearch& search) {
    const std::vector<int> windows = unexplained_windows(grid_, findings_);
    std::vector<Candidate> candidates;
    for (std::size_t first = 0; first < windows.size(); first += kRound) {
      if (control_.stop.stop_requested()) {
        return fail(Error::Kind::kCancelled, "stopped");
      }
      const std::size_t count = std::min(kRound, windows.size() - first);
      const auto found = search.find(std::span(windows).subspan(first, count), {});
      candidates.insert(candidates.end(), found.begin(), found.end());
      const double share = static_cast<double>(first + count) / static_cast<double>(windows.size());
      control_.progress(done_ + (1 - done_) * share);
    }
    return verify(std::move(candidates));
  }

  /// Samples what is still unexplained and sounds like music at other rates and pitches, then
  /// searches all of it at those that were found more than once.
  Result<void> look_for_other_rates(const CloseSearch& search) {
    const auto sample = sample_of_runs(strange_windows(grid_, findings_, music_));
    const auto found = search_rates(search, recordings_, sample, coarse_playbacks());
    if (control_.stop.stop_requested()) {
      return fail(Error::Kind::kCancelled, "stopped");
    }
    ND_TRY(verify(found));
    return verify(search_rates(search, recordings_, unexplained_windows(grid_, findings_),
                               shared_playbacks(found)));
  }

  Result<void> verify(std::vector<Candidate> candidates) {
    ND_TRY_ASSIGN(const auto found, verify_candidates(snapshot_, grid_, std::move(candidates),
                                                      control_.threads, control_.stop));
    findings_.insert(findings_.end(), found.begin(), found.end());
    return {};
  }

  [[nodiscard]] Result<RecordingPeaks> heard_recordings() const {
    RecordingPeaks recordings;
    for (const Finding& finding : findings_) {
      const Rendition rendition = finding.hypothesis.rendition();
      if (!recordings.contains(rendition)) {
        ND_TRY_ASSIGN(PeakList recording, snapshot_.peaks(rendition.source));
        recordings[rendition] = played(std::move(recording), rendition.playback);
      }
    }
    return recordings;
  }

  /// Of the whole work, as far as progress tells it.
  static constexpr double kLookUpShare = 0.8;

  const Snapshot& snapshot_;
  const Relatives& relatives_;
  const Albums& albums_;
  PeakGrid grid_;
  const Spotter::Control& control_;
  const std::vector<MusicSpan> music_;
  std::vector<Finding> findings_;
  std::map<SourceId, PeakList> recordings_;  // that are searched closely
  double done_ = 0;
};

}  // namespace

Result<Spotted> Spotter::spot(const PeakList& episode, const Control& control) const {
  return Spotting(snapshot_, relatives_, albums_, episode, control).run();
}

Result<std::vector<Match>> identify(const Snapshot& snapshot, const PeakList& clip,
                                    Relatives relatives) {
  ND_TRY_ASSIGN(const Spotted spotted, Spotter(snapshot, std::move(relatives)).spot(clip, {}));
  std::vector<Match> matches;
  for (const Spot& spot : spotted.spots) {
    const Alignment& alignment = spot.alignments.front();
    matches.push_back(
        {spot.recording, spot.span, alignment.recording_start, alignment.rate, spot.confidence});
  }
  std::stable_sort(matches.begin(), matches.end(),
                   [](const Match& a, const Match& b) { return a.confidence > b.confidence; });
  return matches;
}

}  // namespace needledrop
