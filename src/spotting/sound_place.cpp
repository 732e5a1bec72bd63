#include "spotting/sound_place.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "fingerprint/parameters.h"
#include "index/snapshot.h"
#include "spotting/candidate_search.h"
#include "spotting/close_search.h"
#include "spotting/evidence.h"
#include "spotting/peak_grid.h"
#include "spotting/peak_index.h"
#include "spotting/playback.h"
#include "spotting/verification.h"

namespace needledrop {
namespace {

/// Ticks of the episodes that are searched at a time, 12 h: bounds memory.
constexpr std::int64_t kMostTicks = 2'700'000;
/// Evidence below this is chance: what wrong places reach among a season's.
constexpr double kLeastEvidence = 40;
/// Shorter than this, 1 s, it may be a word or a door.
constexpr int kLeastTicks = 63;
/// Less of what sounds in the episode, and it is but one of the things that sound there.
constexpr double kLeastLikeness = 0.2;
/// A peak that is better explained by its being there than by chance, this many times, is there.
constexpr float kSeen = 4;
/// Speeds at which footage is passed on; tried only when the first finds nothing.
constexpr std::array<std::int32_t, 5> kRates{1'000'000, 1'041'667, 960'000, 1'042'708, 959'041};

Milliseconds time_of(double ticks) {
  return Milliseconds(std::llround(ticks * kTickSeconds * 1'000));
}

/// Which of the clip's peaks recordings known by name explain.
Result<Claims> claims_of(const Snapshot& snapshot, const PeakGrid& clip,
                         std::span<const Match> named) {
  Claims claims(clip.list().peaks.size());
  for (const Match& match : named) {
    if (snapshot.find(match.recording) == nullptr) continue;
    ND_TRY_ASSIGN(PeakList peaks, snapshot.peaks(match.recording));
    const auto rate = static_cast<std::int32_t>(std::lround(match.rate * Playback::kUnity));
    const Playback playback{rate, rate};
    const PeakList heard = played(std::move(peaks), playback);
    const double start = static_cast<double>(match.span.start.count());
    const double begin = start - static_cast<double>(match.recording_start.count()) / match.rate;
    const Tick offset(static_cast<std::int32_t>(std::lround(begin / 1'000 / kTickSeconds)));
    for (const Sighting& sighting :
         sightings_of(clip, heard, {match.recording, offset, playback},
                      tick_at(match.span.start).value, tick_at(match.span.end).value, {})) {
      if (sighting.likelihood_ratio > kSeen) claims[sighting.episode_peak] = true;
    }
  }
  return claims;
}

/// The search of one group of episodes.
class SoundSearch {
 public:
  SoundSearch(const Snapshot& snapshot, const PeakGrid& clip, const Claims& named,
              const Spotter::Control& control)
      : snapshot_(snapshot), clip_(clip), named_(named), control_(control) {}

  Result<std::vector<SoundPlace>> find(const std::map<SourceId, PeakList>& lists,
                                       std::int32_t rate) const {
    const Playback playback{rate, rate};
    const PeakIndex index(lists);
    const CloseSearch close(index, clip_, control_.threads);
    const std::vector<int> windows = all_windows(clip_.ticks());
    ND_TRY_ASSIGN(const auto findings,
                  verify_candidates(snapshot_, clip_, close.find(windows, playback),
                                    control_.threads, control_.stop));
    std::vector<SoundPlace> places;
    for (const Finding& finding : findings) {
      const auto place = place_of(lists.at(finding.hypothesis.source), finding);
      if (place.likeness >= kLeastLikeness) places.push_back(place);
    }
    return places;
  }

 private:
  [[nodiscard]] SoundPlace place_of(const PeakList& list, const Finding& finding) const {
    const auto& [hypothesis, stretch, gains] = finding;
    const double rate = hypothesis.playback.time_ratio();
    SoundPlace place{hypothesis.source,
                     {time_of(stretch.first), time_of(stretch.last)},
                     time_of((stretch.first - hypothesis.offset.value) * rate),
                     rate,
                     stretch.evidence,
                     0};
    if (stretch.evidence >= kLeastEvidence && stretch.last - stretch.first >= kLeastTicks) {
      place.likeness = likeness_beside_music(played(list, hypothesis.playback), finding);
    }
    return place;
  }

  /// Is much of what stands out in that stretch of the clip music known by name? Of a song alone,
  /// coded twice, it is two fifths; what it seems to have beside are faint partials that a
  /// recording's list leaves out.
  [[nodiscard]] bool is_music_alone(const Stretch& stretch) const {
    int all = 0;
    int music = 0;
    const std::vector<Peak>& peaks = clip_.list().peaks;
    for (std::size_t i = 0; i < peaks.size(); ++i) {
      const bool is_in = peaks[i].tick >= Tick(stretch.first) && peaks[i].tick < Tick(stretch.last);
      if (!is_in || peaks[i].reach != Reach::kFar) continue;
      ++all;
      music += named_[i] ? 1 : 0;
    }
    return 3 * music > all;
  }

  /// The share of the episode's peaks that the clip has, without those of music known by name; 0
  /// when next to none is left.
  [[nodiscard]] double likeness_beside_music(const PeakList& heard, const Finding& finding) const {
    const auto& [hypothesis, stretch, gains] = finding;
    if (is_music_alone(stretch)) return 0;
    int all = 0;
    for_each_far_peak(heard, hypothesis, stretch.first, stretch.last,
                      [&](std::uint32_t, int) { ++all; });
    int seen = 0;
    int music = 0;
    for (const Sighting& sighting :
         sightings_of(clip_, heard, hypothesis, stretch.first, stretch.last, {})) {
      if (sighting.likelihood_ratio <= kSeen) continue;
      ++(named_[sighting.episode_peak] ? music : seen);
    }
    constexpr double kLeastPeaksASecond = 5;
    const double seconds = (stretch.last - stretch.first) * kTickSeconds;
    if (seen < kLeastPeaksASecond * seconds) return 0;
    return static_cast<double>(seen) / std::max(all - music, 1);
  }

  const Snapshot& snapshot_;
  const PeakGrid& clip_;
  const Claims& named_;
  const Spotter::Control& control_;
};

/// What another place explains better over all of its length.
void drop_covered(std::vector<SoundPlace>& places) {
  std::ranges::sort(places, [](const SoundPlace& a, const SoundPlace& b) {
    return std::tuple(-a.evidence, a.episode, a.span) < std::tuple(-b.evidence, b.episode, b.span);
  });
  std::vector<SoundPlace> kept;
  for (const SoundPlace& place : places) {
    const bool is_covered = std::ranges::any_of(kept, [&](const SoundPlace& other) {
      constexpr Milliseconds kSlack{300};
      return other.span.start <= place.span.start + kSlack &&
             place.span.end <= other.span.end + kSlack;
    });
    if (!is_covered) kept.push_back(place);
  }
  places = std::move(kept);
}

/// Episodes of at most kMostTicks together, but at least one.
Result<std::map<SourceId, PeakList>> next_group(const Snapshot& snapshot,
                                                std::span<const SourceId>& episodes) {
  std::map<SourceId, PeakList> lists;
  std::int64_t ticks = 0;
  while (!episodes.empty()) {
    const SourceEntry* entry = snapshot.find(episodes.front());
    if (entry != nullptr && !lists.empty() && ticks + entry->length.value > kMostTicks) break;
    ND_TRY_ASSIGN(lists[episodes.front()], snapshot.peaks(episodes.front()));
    ticks += lists[episodes.front()].length.value;
    episodes = episodes.subspan(1);
  }
  return lists;
}

}  // namespace

Result<std::vector<SoundPlace>> find_sound_places(const Snapshot& snapshot, const PeakList& clip,
                                                  std::span<const SourceId> episodes,
                                                  std::span<const Match> named,
                                                  const Spotter::Control& control) {
  const PeakGrid grid(clip);
  ND_TRY_ASSIGN(const Claims claims, claims_of(snapshot, grid, named));
  const SoundSearch search(snapshot, grid, claims, control);
  std::vector<SoundPlace> places;
  for (const std::int32_t rate : kRates) {
    auto rest = episodes;
    while (!rest.empty()) {
      if (control.stop.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
      ND_TRY_ASSIGN(const auto lists, next_group(snapshot, rest));
      ND_TRY_ASSIGN(const auto found, search.find(lists, rate));
      places.insert(places.end(), found.begin(), found.end());
      control.progress(1 - static_cast<double>(rest.size()) / static_cast<double>(episodes.size()));
    }
    if (!places.empty()) break;
  }
  drop_covered(places);
  return places;
}

}  // namespace needledrop
