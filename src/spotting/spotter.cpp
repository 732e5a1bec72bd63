#include "spotting/spotter.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
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
/// And with as much, in those that it touches.
constexpr double kExplainsForSure = 100;
/// Windows of a stretch of unexplained music that are tried at other rates: every other one of a
/// short one, this many of a longer one and one more for every half minute.
constexpr std::size_t kSampledWindows = 3;
constexpr std::size_t kHalfMinute = 15;  // windows
/// With fewer recordings found in a large catalogue, the episode may be played at another rate.
constexpr std::size_t kFewRecordings = 2;
/// Playbacks at which everything unexplained is searched.
constexpr std::size_t kMostPlaybacks = 4;
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
        music_(music_activity(episode)) {
    for (const SourceEntry& entry : snapshot.sources()) {
      catalogue_ticks_ += entry.kind == SourceKind::kRecording ? entry.length.value : 0;
    }
  }

  Result<Spotted> run() {
    if (catalogue_ticks_ > kCloseTicks || grid_.ticks() < kClipTicks) {
      ND_TRY(look_up());
      if (grid_.ticks() >= kClipTicks && found_evidence().size() < kFewRecordings) {
        ND_TRY(look_up_at_broadcast_rates());
      }
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

  /// The same of the episode played at the rates that broadcasting changes whole programmes by. It
  /// only tells which recordings are likely; what is found of them is found in the episode itself.
  Result<void> look_up_at_broadcast_rates() {
    for (const Playback& playback : coarse_broadcast_playbacks()) {
      const PeakList list = played(grid_.list(), playback);
      const PeakGrid grid(list);
      ND_TRY_ASSIGN(auto candidates, find_candidates(snapshot_, grid, control_.threads,
                                                     control_.stop, [](double) {}));
      ND_TRY_ASSIGN(const auto found, verify_candidates(snapshot_, grid, std::move(candidates),
                                                        control_.threads, control_.stop));
      add_evidence(found, at_other_rates_);
    }
    return {};
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
    const auto found =
        search_rates(search, recordings_, sample_of(strange_windows()), coarse_playbacks());
    if (control_.stop.stop_requested()) {
      return fail(Error::Kind::kCancelled, "stopped");
    }
    ND_TRY(verify(found));
    return verify(
        search_rates(search, recordings_, unexplained_windows(), shared_playbacks(found)));
  }

  /// In its middle. A list without textures does not tell.
  [[nodiscard]] bool has_music(int window) const {
    if (grid_.list().textures[0].empty()) return true;
    const double middle = (window + 1) * kBlockTicks * 1'000 * kTickSeconds;
    return std::ranges::any_of(music_, [&](const MusicSpan& music) {
      return static_cast<double>(music.span.start.count()) <= middle &&
             middle < static_cast<double>(music.span.end.count());
    });
  }

  /// Some windows of each run of `windows`, evenly spread.
  [[nodiscard]] static std::vector<int> sample_of(std::span<const int> windows) {
    std::vector<int> sample;
    for (std::size_t first = 0; first < windows.size();) {
      std::size_t count = 1;
      while (first + count < windows.size() &&
             windows[first + count] == windows[first] + static_cast<int>(count)) {
        ++count;
      }
      const std::size_t most = kSampledWindows + count / kHalfMinute;
      const std::size_t chosen = std::min(most, (count + 1) / 2);
      for (std::size_t i = 0; i < chosen; ++i) {
        sample.push_back(windows[first + (2 * i + 1) * count / (2 * chosen)]);
      }
      first += count;
    }
    return sample;
  }

  /// Playbacks that several uses have, those of most uses first. What is found within half a minute
  /// is one use.
  [[nodiscard]] static std::vector<Playback> shared_playbacks(std::span<const Candidate> found) {
    std::map<Playback, std::vector<int>> uses;  // the windows, far apart
    for (const Candidate& candidate : found) {
      std::vector<int>& windows = uses[candidate.playback];
      if (windows.empty() || candidate.window > windows.back() + static_cast<int>(kHalfMinute)) {
        windows.push_back(candidate.window);
      }
    }
    std::vector<Playback> shared;
    for (const auto& [playback, windows] : uses) {
      if (windows.size() > 1 && playback != Playback{}) shared.push_back(playback);
    }
    std::ranges::stable_sort(shared, std::greater{},
                             [&](const Playback& playback) { return uses[playback].size(); });
    if (shared.size() > kMostPlaybacks) shared.resize(kMostPlaybacks);
    return shared;
  }

  Result<void> verify(std::vector<Candidate> candidates) {
    ND_TRY_ASSIGN(const auto found, verify_candidates(snapshot_, grid_, std::move(candidates),
                                                      control_.threads, control_.stop));
    findings_.insert(findings_.end(), found.begin(), found.end());
    return {};
  }

  /// Windows that nothing explains as a whole.
  [[nodiscard]] std::vector<int> unexplained_windows() const {
    return windows_without([&](const Finding& finding) { return finding.stretch; });
  }

  /// Windows that sound like music of which nothing explains any part for sure, or the whole.
  [[nodiscard]] std::vector<int> strange_windows() const {
    std::vector<int> windows = windows_without([&](const Finding& finding) {
      const int margin = finding.stretch.evidence >= kExplainsForSure ? kWindowTicks : 0;
      return Stretch{finding.stretch.first - margin, finding.stretch.last + margin, 0};
    });
    std::erase_if(windows, [&](int window) { return !has_music(window); });
    return windows;
  }

  /// Windows that lie in none of the stretches that `fills` gives for the findings.
  template <typename Fills>
  [[nodiscard]] std::vector<int> windows_without(Fills fills) const {
    const int windows = (grid_.ticks() + kBlockTicks - 1) / kBlockTicks;
    std::vector<bool> filled(static_cast<std::size_t>(windows), false);
    for (const Finding& finding : findings_) {
      if (finding.stretch.evidence < kExplains) continue;
      const Stretch stretch = fills(finding);
      const int first = (std::max(0, stretch.first) + kBlockTicks - 1) / kBlockTicks;
      const int last = (stretch.last - kWindowTicks) / kBlockTicks;
      for (int window = first; window <= std::min(last, windows - 1); ++window) {
        filled[static_cast<std::size_t>(window)] = true;
      }
    }
    std::vector<int> left;
    for (int window = 0; window < windows; ++window) {
      if (!filled[static_cast<std::size_t>(window)]) left.push_back(window);
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
    const auto found = found_evidence();
    std::map<std::uint32_t, double> of_albums;
    for (const auto& [source, evidence] : found) {
      const auto album = albums_.find(source);
      if (album != albums_.end()) of_albums[album->second] += evidence;
    }
    // By what was found of itself, then of its album.
    std::vector<std::tuple<double, double, SourceId>> likely;
    for (const auto& [source, evidence] : found) likely.emplace_back(-evidence, 0, source);
    for (const auto& [source, album] : albums_) {
      const auto sum = of_albums.find(album);
      if (sum != of_albums.end() && !found.contains(source)) {
        likely.emplace_back(0, -sum->second, source);
      }
    }
    std::sort(likely.begin(), likely.end());
    for (const auto& [own, of_album, source] : likely) sources.push_back(source);
    return sources;
  }

  using Evidence = std::map<SourceId, double>;

  static void add_evidence(std::span<const Finding> findings, Evidence& evidence) {
    for (const Finding& finding : findings) {
      if (finding.stretch.evidence >= kExplains) {
        evidence[finding.hypothesis.source] += finding.stretch.evidence;
      }
    }
  }

  [[nodiscard]] Evidence found_evidence() const {
    Evidence evidence = at_other_rates_;
    add_evidence(findings_, evidence);
    return evidence;
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
  std::int64_t catalogue_ticks_ = 0;
  std::vector<Finding> findings_;
  Evidence at_other_rates_;                  // what a look-up at those says for recordings
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
