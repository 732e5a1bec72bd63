#include "spotting/repeat_grouping.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <tuple>
#include <utility>

#include "fingerprint/parameters.h"

namespace needledrop {
namespace {

/// Two places overlap by this share of the shorter one, or they are two.
constexpr double kSamePlace = 0.5;
/// Alignments this close, in ticks, are one.
constexpr int kSameShift = 4;
/// A gap shorter than this, 4 s, or of which so much is music, does not part two places.
constexpr int kShortGap = 250;
constexpr double kMusicalGap = 0.9;
/// All of the sound returns: this share of the far-reaching peaks, for 5 s.
constexpr double kFootageLikeness = 0.4;
constexpr int kLeastFootageTicks = 313;
/// A scene with music over less than this share of it is not told of as music.
constexpr double kLeastMusic = 0.5;
/// A place with less, 3 s, is not told of.
constexpr int kLeastTicks = 188;

struct Place {
  SourceId episode;
  int first = 0;
  int last = 0;
  int shift = 0;  // a tick less this is a tick of the group's own time
  int group = 0;
  double evidence = 0;
  double likeness = 0;
  double odds = 0;
};

int overlap(const Place& x, const Place& y) {
  return std::min(x.last, y.last) - std::max(x.first, y.first);
}

int length(const Place& place) {
  return place.last - place.first;
}

/// Both sides of a repeat, not yet in a group.
std::pair<Place, Place> sides_of(const Repeat& repeat) {
  const auto& [first, last, evidence] = repeat.stretch;
  const int offset = repeat.offset.value;
  const Place a{repeat.a, first, last, offset, 0, evidence, repeat.likeness, repeat.music_odds};
  Place b = a;
  b.episode = repeat.b;
  b.first -= offset;
  b.last -= offset;
  b.shift = 0;
  return {a, b};
}

class Grouping {
 public:
  explicit Grouping(std::span<const EpisodeOutline> episodes) : episodes_(episodes) {}

  /// A doubtful repeat adds places to a group, but neither founds nor unites any.
  void add(const Repeat& repeat, bool is_sure) {
    auto [a, b] = sides_of(repeat);
    if (a.episode == b.episode && is_one_piece(a, b)) return;
    const auto at_a = place_like(a);
    const auto at_b = place_like(b);
    if (!at_a && !at_b) {
      if (!is_sure) return;
      a.group = b.group = groups_++;
      places_.push_back(a);
      places_.push_back(b);
    } else if (at_a && at_b) {
      if (is_sure) join(*at_a, a, *at_b, b);
    } else if (at_a) {
      follow(*at_a, a, b);
    } else {
      follow(*at_b, b, a);
    }
  }

  [[nodiscard]] std::vector<Recurrence> recurrences(bool are_footage) {
    std::ranges::sort(places_, [](const Place& x, const Place& y) {
      return std::tuple(x.group, x.episode, x.first, x.last, x.shift) <
             std::tuple(y.group, y.episode, y.first, y.last, y.shift);
    });
    std::vector<Recurrence> result;
    for (auto first = places_.begin(); first != places_.end();) {
      const auto last = std::find_if(first, places_.end(),
                                     [&](const Place& p) { return p.group != first->group; });
      const std::vector<Place> places = joined({first, last});
      if (places.size() >= 2) result.push_back(recurrence_of(places, are_footage));
      first = last;
    }
    std::ranges::sort(result, [](const Recurrence& x, const Recurrence& y) {
      const auto& p = x.places.front();
      const auto& q = y.places.front();
      return std::tuple(p.episode, p.span, x.places.size()) <
             std::tuple(q.episode, q.span, y.places.size());
    });
    return result;
  }

 private:
  /// The place that is this one for the most part.
  [[nodiscard]] std::optional<std::size_t> place_like(const Place& side) const {
    std::optional<std::size_t> best;
    int most = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const Place& place = places_[i];
      if (place.episode != side.episode) continue;
      const int shared = overlap(place, side);
      if (shared > most && shared >= kSamePlace * std::min(length(place), length(side))) {
        most = shared;
        best = i;
      }
    }
    return best;
  }

  void widen(std::size_t at, const Place& side) {
    Place& place = places_[at];
    place.first = std::min(place.first, side.first);
    place.last = std::max(place.last, side.last);
    place.evidence = std::max(place.evidence, side.evidence);
    place.likeness = std::max(place.likeness, side.likeness);
    place.odds = std::max(place.odds, side.odds);
  }

  /// What lies at a known place brings its other side into the group.
  void follow(std::size_t known, const Place& known_side, Place fresh) {
    widen(known, known_side);
    fresh.group = places_[known].group;
    fresh.shift += places_[known].shift - known_side.shift;
    places_.push_back(fresh);
  }

  /// Both sides are known. In one group, an alignment other than the group's is that of a repeat
  /// within the piece.
  void join(std::size_t at_a, const Place& a, std::size_t at_b, const Place& b) {
    const int moved = (places_[at_a].shift - a.shift) - (places_[at_b].shift - b.shift);
    const int group_a = places_[at_a].group;
    const int group_b = places_[at_b].group;
    if (group_a == group_b && std::abs(moved) > kSameShift) return;
    widen(at_a, a);
    widen(at_b, b);
    if (group_a == group_b) return;
    for (Place& place : places_) {
      if (place.group != group_b) continue;
      place.group = group_a;
      place.shift += moved;
    }
  }

  /// Is there nothing but music between two places of one episode?
  [[nodiscard]] bool is_one_piece(const Place& x, const Place& y) const {
    const int first = std::min(x.last, y.last);
    const int last = std::max(x.first, y.first);
    if (last - first < kShortGap) return true;
    const auto episode = std::ranges::lower_bound(episodes_, x.episode, {}, &EpisodeOutline::id);
    if (episode == episodes_.end() || episode->id != x.episode) return false;
    return music_share(episode->music, first, last) >= kMusicalGap;
  }

  /// Places of one group, in order, those of one piece joined. Of joined ones the longer keeps its
  /// alignment.
  [[nodiscard]] std::vector<Place> joined(const std::vector<Place>& places) const {
    std::vector<Place> kept;
    for (const Place& place : places) {
      if (kept.empty() || kept.back().episode != place.episode ||
          !is_one_piece(kept.back(), place)) {
        kept.push_back(place);
        continue;
      }
      Place& before = kept.back();
      if (length(place) > length(before)) before.shift = place.shift;
      before.last = std::max(before.last, place.last);
      before.evidence = std::max(before.evidence, place.evidence);
      before.likeness = std::max(before.likeness, place.likeness);
      before.odds = std::max(before.odds, place.odds);
    }
    return kept;
  }

  [[nodiscard]] Recurrence recurrence_of(const std::vector<Place>& places, bool is_footage) const {
    int zero = places.front().first - places.front().shift;
    for (const Place& place : places) zero = std::min(zero, place.first - place.shift);
    Recurrence recurrence;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Place& place = places[i];
      recurrence.places.push_back({place.episode,
                                   {time_of(Tick(place.first)), time_of(Tick(place.last))},
                                   time_of(Tick(place.first - place.shift - zero)),
                                   1,
                                   place.likeness,
                                   is_footage ? place.likeness : 1 / (1 + std::exp(-place.odds))});
      if (place.evidence > places[recurrence.best].evidence) recurrence.best = i;
    }
    recurrence.kind = kind_of(recurrence, is_footage, episodes_);
    return recurrence;
  }

  std::span<const EpisodeOutline> episodes_;
  std::vector<Place> places_;
  int groups_ = 0;
};

/// Does all of the sound return, and little of it is music? What is said over music differs from
/// place to place, so that music under words is never as alike.
bool is_footage(const Repeat& repeat) {
  return repeat.likeness >= kFootageLikeness && repeat.length() >= kLeastFootageTicks &&
         (repeat.music < kLeastMusic || repeat.music_odds < kLeastMusicOdds);
}

bool is_music(const Repeat& repeat) {
  return repeat.music_odds >= kLeastMusicOdds && !is_footage(repeat);
}

bool is_surely_music(const Repeat& repeat) {
  return repeat.music_odds >= kSureMusicOdds && !is_footage(repeat);
}

/// Does the recurrence tell nothing but what the others do?
bool is_within(const Recurrence& recurrence, std::span<const Recurrence> others) {
  return std::ranges::all_of(recurrence.places, [&](const RecurrencePlace& place) {
    return std::ranges::any_of(others, [&](const Recurrence& other) {
      return std::ranges::any_of(other.places, [&](const RecurrencePlace& known) {
        const auto shared =
            std::min(known.span.end, place.span.end) - std::max(known.span.start, place.span.start);
        return known.episode == place.episode && 2 * shared > place.span.length();
      });
    });
  });
}

}  // namespace

std::vector<Recurrence> group_repeats(std::span<const Repeat> repeats,
                                      std::span<const EpisodeOutline> episodes) {
  std::vector<Repeat> surest(repeats.begin(), repeats.end());
  std::erase_if(surest, [](const Repeat& repeat) { return repeat.length() < kLeastTicks; });
  std::ranges::sort(surest, [](const Repeat& x, const Repeat& y) {
    return std::tuple(-x.stretch.evidence, x.a, x.b, x.stretch.first, x.offset) <
           std::tuple(-y.stretch.evidence, y.a, y.b, y.stretch.first, y.offset);
  });
  Grouping music(episodes);
  Grouping footage(episodes);
  for (const Repeat& repeat : surest) {
    if (is_surely_music(repeat)) music.add(repeat, true);
    if (is_footage(repeat)) footage.add(repeat, true);
  }
  for (const Repeat& repeat : surest) {
    if (is_music(repeat) && !is_surely_music(repeat)) music.add(repeat, false);
  }
  std::vector<Recurrence> found = music.recurrences(false);
  for (Recurrence& recurrence : footage.recurrences(true)) {
    if (!is_within(recurrence, found)) found.push_back(std::move(recurrence));
  }
  return found;
}

}  // namespace needledrop
