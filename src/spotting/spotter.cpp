#include "spotting/spotter.h"

#include <algorithm>
#include <map>
#include <utility>

#include "index/snapshot.h"
#include "spotting/candidate_search.h"
#include "spotting/close_search.h"
#include "spotting/explanation.h"
#include "spotting/music_activity.h"
#include "spotting/peak_index.h"
#include "spotting/rate_search.h"
#include "spotting/spot_maker.h"
#include "spotting/verification.h"
#include "spotting/version_decision.h"

namespace needledrop {
namespace {

constexpr std::int64_t kHourTicks = 3'600LL * kAnalysisRate / kHop;
/// As much as a close search takes in: an album or ten, not a library.
constexpr std::int64_t kCloseTicks = 12 * kHourTicks;
/// A clip shorter than this, a minute, is looked up by hash first: to index the recordings for a
/// close search would take longer.
constexpr int kClipTicks = 3'750;
/// A finding with as much evidence leaves nothing to look for in the windows that it fills.
constexpr double kExplains = 28;
/// One window in so many is tried at other rates: music that is worth a cue fills several.
constexpr int kSampledWindows = 3;
/// Windows times tiles of the index that are tried at most: with more, windows lie farther apart.
constexpr std::size_t kMostSampled = 6'000;
/// Playbacks at which everything unexplained is searched.
constexpr std::size_t kMostPlaybacks = 4;
/// Windows that are closely searched between two looks at the stop token.
constexpr std::size_t kRound = 512;

/// One episode on its way through the stages.
class Spotting {
 public:
  Spotting(const Snapshot& snapshot, const Relatives& relatives, const PeakList& episode,
           const Spotter::Control& control)
      : snapshot_(snapshot),
        relatives_(relatives),
        grid_(episode),
        control_(control),
        music_(music_activity(episode)) {
    for (const SourceEntry& entry : snapshot.sources()) {
      catalogue_ticks_ += entry.kind == SourceKind::kRecording ? entry.length.value : 0;
    }
  }

  Result<Spotted> run() {
    if (catalogue_ticks_ > kCloseTicks || grid_.ticks() < kClipTicks) {
      ND_TRY(look_up());
    }
    ND_TRY_ASSIGN(recordings_, likely_recordings());
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
    ND_TRY_ASSIGN(auto candidates,
                  find_candidates(snapshot_, grid_, control_.threads, control_.stop, progress));
    done_ = kLookUpShare;
    return verify(std::move(candidates));
  }

  /// Searches what nothing explains for recordings that may well be there: all of a small
  /// catalogue, else those already found in the episode.
  Result<void> look_closely(const CloseSearch& search) {
    const std::vector<int> windows = unexplained_windows();
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
    std::vector<int> windows = unexplained_windows();
    std::erase_if(windows, [&](int window) { return !has_music(window); });
    const std::size_t most = std::max<std::size_t>(1, kMostSampled / search.index().tiles());
    const auto step = std::max(kSampledWindows, static_cast<int>(windows.size() / most));
    std::vector<int> sampled;
    for (int window : windows) {
      if (window % step == 0) sampled.push_back(window);
    }
    const auto found = search_rates(search, recordings_, std::move(sampled), coarse_playbacks());
    if (control_.stop.stop_requested()) {
      return fail(Error::Kind::kCancelled, "stopped");
    }
    ND_TRY(verify(found));
    return verify(
        search_rates(search, recordings_, unexplained_windows(), shared_playbacks(found)));
  }

  /// A list without textures does not tell.
  [[nodiscard]] bool has_music(int window) const {
    if (grid_.list().textures[0].empty()) return true;
    const double tick = 1'000 * kTickSeconds;
    const double start = window * kBlockTicks * tick;
    const double end = start + kWindowTicks * tick;
    return std::ranges::any_of(music_, [&](const MusicSpan& music) {
      const auto from = static_cast<double>(music.span.start.count());
      const auto to = static_cast<double>(music.span.end.count());
      return from < end && to > start;
    });
  }

  /// Playbacks that several uses have, those of most uses first.
  [[nodiscard]] static std::vector<Playback> shared_playbacks(std::span<const Candidate> found) {
    std::map<Playback, int> uses;
    for (const Candidate& candidate : found) ++uses[candidate.playback];
    std::vector<Playback> shared;
    for (const auto& [playback, count] : uses) {
      if (count > 1 && playback != Playback{}) shared.push_back(playback);
    }
    std::stable_sort(shared.begin(), shared.end(),
                     [&](const Playback& a, const Playback& b) { return uses[a] > uses[b]; });
    if (shared.size() > kMostPlaybacks) shared.resize(kMostPlaybacks);
    return shared;
  }

  Result<void> verify(std::vector<Candidate> candidates) {
    ND_TRY_ASSIGN(const auto found, verify_candidates(snapshot_, grid_, std::move(candidates),
                                                      control_.threads, control_.stop));
    findings_.insert(findings_.end(), found.begin(), found.end());
    return {};
  }

  [[nodiscard]] std::vector<int> unexplained_windows() const {
    const int windows = (grid_.ticks() + kBlockTicks - 1) / kBlockTicks;
    std::vector<bool> explained(static_cast<std::size_t>(windows), false);
    for (const Finding& finding : findings_) {
      if (finding.stretch.evidence < kExplains) continue;
      const int first = (std::max(0, finding.stretch.first) + kBlockTicks - 1) / kBlockTicks;
      const int last = (finding.stretch.last - kWindowTicks) / kBlockTicks;
      for (int window = first; window <= std::min(last, windows - 1); ++window) {
        explained[static_cast<std::size_t>(window)] = true;
      }
    }
    std::vector<int> left;
    for (int window = 0; window < windows; ++window) {
      if (!explained[static_cast<std::size_t>(window)]) left.push_back(window);
    }
    return left;
  }

  [[nodiscard]] Result<std::map<SourceId, PeakList>> likely_recordings() const {
    std::map<SourceId, PeakList> recordings;
    std::int64_t ticks = 0;
    for (SourceId source : likely_sources()) {
      const SourceEntry* entry = snapshot_.find(source);
      if (entry == nullptr || ticks + entry->length.value > kCloseTicks) continue;
      ticks += entry->length.value;
      ND_TRY_ASSIGN(recordings[source], snapshot_.peaks(source));
    }
    return recordings;
  }

  /// The likeliest first.
  [[nodiscard]] std::vector<SourceId> likely_sources() const {
    std::vector<SourceId> sources;
    if (catalogue_ticks_ <= kCloseTicks) {
      for (const SourceEntry& entry : snapshot_.sources()) {
        if (entry.kind == SourceKind::kRecording) sources.push_back(entry.id);
      }
      return sources;
    }
    std::map<SourceId, double> evidence;
    for (const Finding& finding : findings_) {
      if (finding.stretch.evidence >= kExplains) {
        evidence[finding.hypothesis.source] += finding.stretch.evidence;
      }
    }
    for (const auto& [source, sum] : evidence) sources.push_back(source);
    std::stable_sort(sources.begin(), sources.end(),
                     [&](SourceId a, SourceId b) { return evidence[a] > evidence[b]; });
    return sources;
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
  PeakGrid grid_;
  const Spotter::Control& control_;
  const std::vector<MusicSpan> music_;
  std::int64_t catalogue_ticks_ = 0;
  std::vector<Finding> findings_;
  std::map<SourceId, PeakList> recordings_;  // that are searched closely
  double done_ = 0;
};

}  // namespace

Result<Spotted> Spotter::spot(const PeakList& episode, const Control& control) const {
  return Spotting(snapshot_, relatives_, episode, control).run();
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
