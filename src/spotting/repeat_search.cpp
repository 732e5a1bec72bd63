#include "spotting/repeat_search.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <tuple>
#include <utility>

#include "base/worker_pool.h"
#include "fingerprint/parameters.h"
#include "index/snapshot.h"
#include "spotting/candidate_search.h"
#include "spotting/close_search.h"
#include "spotting/music_activity.h"
#include "spotting/peak_index.h"
#include "spotting/verification.h"

namespace needledrop {
namespace {

/// Evidence below this is chance: what wrong offsets reach among a season's.
constexpr double kLeastEvidence = 30;
/// Shorter than this, 3 s, it may be a word, a door or a chord.
constexpr int kLeastTicks = 188;
/// Offsets this close are one alignment.
constexpr int kSameOffset = 2;
/// Of two hearings of the same pair whose ends are this close, 3 s, the stronger one knows better.
constexpr int kSameEdge = 188;
/// What spots explain more of than this is not asked for again.
constexpr double kMostSpotted = 0.5;
/// Windows that are searched between two looks at the stop token.
constexpr std::size_t kRound = 512;

/// Tells of ticks whether they lie in one of some spans.
class TickSet {
 public:
  TickSet(int ticks, std::span<const Span> spans) : is_in_(static_cast<std::size_t>(ticks)) {
    for (const Span& span : spans) {
      const int first = std::clamp(tick_at(span.start).value, 0, ticks);
      const int last = std::clamp(tick_at(span.end).value, first, ticks);
      std::fill(is_in_.begin() + first, is_in_.begin() + last, true);
    }
  }
  [[nodiscard]] bool has(int tick) const { return is_in_[static_cast<std::size_t>(tick)]; }
  /// Of ticks [first, last).
  [[nodiscard]] double share(int first, int last) const {
    const auto ticks = static_cast<int>(is_in_.size());
    first = std::clamp(first, 0, ticks);
    last = std::clamp(last, first, ticks);
    if (first == last) return 0;
    return static_cast<double>(std::count(is_in_.begin() + first, is_in_.begin() + last, true)) /
           (last - first);
  }

 private:
  std::vector<bool> is_in_;
};

/// The far-reaching peaks at which an episode may be found.
PeakList answering(const PeakList& list, const HeardEpisode& episode) {
  const TickSet answers(list.length.value, episode.answers);
  const TickSet spotted(list.length.value, episode.spotted);
  PeakList kept;
  kept.length = list.length;
  for (const Peak& peak : list.peaks) {
    const int tick = peak.tick.value;
    if (peak.reach == Reach::kFar && (episode.answers.empty() || answers.has(tick)) &&
        !spotted.has(tick)) {
      kept.peaks.push_back(peak);
    }
  }
  return kept;
}

/// The windows that an episode asks with: not those that spots explain for the most part.
std::vector<int> asking_windows(const PeakList& list, const HeardEpisode& episode) {
  const TickSet spotted(list.length.value, episode.spotted);
  std::vector<int> windows = all_windows(list.length.value);
  std::erase_if(windows, [&](int window) {
    const int first = window * kBlockTicks;
    return spotted.share(first, first + kWindowTicks) > kMostSpotted;
  });
  return windows;
}

bool is_before(const Repeat& x, const Repeat& y) {
  return std::tuple(x.a, x.b, x.offset, x.stretch.first, x.stretch.last) <
         std::tuple(y.a, y.b, y.offset, y.stretch.first, y.stretch.last);
}

/// The strong one, and what of the weak one reaches far beyond it.
Stretch united(const Stretch& strong, const Stretch& weak) {
  Stretch both = strong;
  if (weak.first < strong.first - kSameEdge) both.first = weak.first;
  if (weak.last > strong.last + kSameEdge) both.last = weak.last;
  return both;
}

/// Each pair of places is found from either side, and from windows of slightly different offsets.
std::vector<Repeat> without_doubles(std::vector<Repeat> repeats) {
  std::ranges::sort(repeats, is_before);
  std::vector<Repeat> kept;
  std::ptrdiff_t of_pair = 0;  // how many of `kept`, at its end, are of the same two episodes
  for (const Repeat& repeat : repeats) {
    const bool is_new_pair = kept.empty() || kept.back().a != repeat.a || kept.back().b != repeat.b;
    if (is_new_pair) of_pair = 0;
    const auto end = kept.rbegin() + of_pair;
    const auto same = std::find_if(kept.rbegin(), end, [&](const Repeat& other) {
      return (repeat.offset - other.offset).value <= kSameOffset &&
             other.stretch.first < repeat.stretch.last && repeat.stretch.first < other.stretch.last;
    });
    if (same == end) {
      kept.push_back(repeat);
      ++of_pair;
      continue;
    }
    const bool is_stronger = repeat.stretch.evidence > same->stretch.evidence;
    const Stretch both =
        is_stronger ? united(repeat.stretch, same->stretch) : united(same->stretch, repeat.stretch);
    if (is_stronger) same->offset = repeat.offset;
    same->likeness = std::max(same->likeness, repeat.likeness);
    same->music = std::max(same->music, repeat.music);
    same->music_odds = std::max(same->music_odds, repeat.music_odds);
    same->stretch = both;
  }
  std::ranges::sort(kept, [](const Repeat& x, const Repeat& y) {
    return std::tuple(x.a, x.b, x.stretch.first, x.offset) <
           std::tuple(y.a, y.b, y.stretch.first, y.offset);
  });
  return kept;
}

class RepeatSearch {
 public:
  RepeatSearch(const Snapshot& snapshot, std::span<const HeardEpisode> episodes,
               const Spotter::Control& control)
      : snapshot_(snapshot), episodes_(episodes), control_(control) {}

  Result<Repeats> run() {
    ND_TRY_ASSIGN(const PeakIndex index, index_all());
    const auto askers = std::ranges::count(episodes_, true, &HeardEpisode::asks);
    double done = 0;
    for (const HeardEpisode& episode : episodes_) {
      if (!episode.asks) continue;
      ND_TRY(search(index, episode));
      control_.progress(++done / static_cast<double>(askers));
    }
    return Repeats{without_doubles(std::move(repeats_)), std::move(outlines_)};
  }

 private:
  Result<PeakIndex> index_all() {
    std::map<SourceId, PeakList> lists;
    for (const HeardEpisode& episode : episodes_) {
      if (control_.stop.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
      ND_TRY_ASSIGN(const PeakList list, snapshot_.peaks(episode.id));
      lists[episode.id] = answering(list, episode);
      outlines_.push_back({episode.id, time_of(list.length), music_activity(list)});
    }
    std::ranges::sort(outlines_, {}, &EpisodeOutline::id);
    return PeakIndex(lists);
  }

  Result<void> search(const PeakIndex& index, const HeardEpisode& episode) {
    ND_TRY_ASSIGN(const PeakList list, snapshot_.peaks(episode.id));
    const PeakGrid grid(list);
    const CloseSearch close(index, grid, control_.threads);
    const std::vector<int> windows = asking_windows(list, episode);
    std::vector<Candidate> candidates;
    for (std::size_t first = 0; first < windows.size(); first += kRound) {
      if (control_.stop.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
      const std::size_t count = std::min(kRound, windows.size() - first);
      const auto found = close.find(std::span(windows).subspan(first, count), {}, 1, episode.id);
      candidates.insert(candidates.end(), found.begin(), found.end());
    }
    ND_TRY_ASSIGN(const auto findings, verify_candidates(snapshot_, grid, std::move(candidates),
                                                         control_.threads, control_.stop));
    return take(episode, grid, findings);
  }

  /// Judges the findings, each other episode's together. Windows at the edge of what is spotted may
  /// lead to all of it, from either side; that is passed over.
  Result<void> take(const HeardEpisode& asker, const PeakGrid& grid,
                    const std::vector<Finding>& findings) {
    const TickSet spotted(grid.ticks(), asker.spotted);
    std::map<SourceId, std::vector<Repeat>> by_other;
    for (const auto& [hypothesis, stretch, gains] : findings) {
      if (stretch.evidence < kLeastEvidence || stretch.last - stretch.first < kLeastTicks) continue;
      if (spotted.share(stretch.first, stretch.last) > kMostSpotted) continue;
      by_other[hypothesis.source].push_back(
          {asker.id, hypothesis.source, stretch, hypothesis.offset, 0, 0, 0});
    }
    const HeardSound sound = sound_of(asker.id, grid);
    for (auto& of_other : by_other) {
      if (control_.stop.stop_requested()) return fail(Error::Kind::kCancelled, "stopped");
      const SourceId other = of_other.first;
      std::vector<Repeat>& repeats = of_other.second;
      ND_TRY_ASSIGN(const PeakList list, snapshot_.peaks(other));
      const TickSet other_spotted(list.length.value,
                                  std::ranges::find(episodes_, other, &HeardEpisode::id)->spotted);
      std::erase_if(repeats, [&](const Repeat& repeat) {
        const int offset = repeat.offset.value;
        return other_spotted.share(repeat.stretch.first - offset, repeat.stretch.last - offset) >
               kMostSpotted;
      });
      const PeakGrid other_grid(list);
      const HeardSound other_sound = sound_of(other, other_grid);
      parallel_for(repeats.size(), control_.threads,
                   [&](std::size_t i) { judge(sound, other_sound, repeats[i]); });
      for (const Repeat& repeat : repeats) {
        const bool turn = repeat.b < repeat.a || (repeat.a == repeat.b && repeat.offset < Tick(0));
        repeats_.push_back(turn ? mirrored(repeat) : repeat);
      }
    }
    return {};
  }

  [[nodiscard]] HeardSound sound_of(SourceId episode, const PeakGrid& grid) const {
    return {grid, std::ranges::lower_bound(outlines_, episode, {}, &EpisodeOutline::id)->music};
  }

  const Snapshot& snapshot_;
  std::span<const HeardEpisode> episodes_;
  const Spotter::Control& control_;
  std::vector<Repeat> repeats_;
  std::vector<EpisodeOutline> outlines_;
};

}  // namespace

Result<Repeats> find_repeats(const Snapshot& snapshot, std::span<const HeardEpisode> episodes,
                             const Spotter::Control& control) {
  return RepeatSearch(snapshot, episodes, control).run();
}

}  // namespace needledrop
