#include "catalogue/recurrence_naming.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace needledrop {
namespace {

constexpr std::size_t kLeastPlaces = 2;

/// A found recurrence and a known one that share places.
struct Pair {
  std::size_t shared = 0;
  std::size_t known = 0;
  std::size_t found = 0;
};

bool has_place(std::span<const RecurrencePlace> places, const RecurrencePlace& place) {
  return std::ranges::any_of(
      places, [&](const RecurrencePlace& other) { return are_one_place(other, place); });
}

std::vector<Pair> pairs_of(std::span<const NamedRecurrence> known,
                           std::span<const Recurrence> found) {
  std::vector<Pair> pairs;
  for (std::size_t k = 0; k < known.size(); ++k) {
    if (known[k].recording != SourceId()) continue;
    for (std::size_t f = 0; f < found.size(); ++f) {
      const auto shared = static_cast<std::size_t>(std::ranges::count_if(
          found[f].places,
          [&](const RecurrencePlace& place) { return has_place(known[k].music.places, place); }));
      if (shared > 0) pairs.push_back({shared, k, f});
    }
  }
  std::ranges::sort(pairs, [&](const Pair& x, const Pair& y) {
    return std::tuple(y.shared, known[x.known].label.empty(), x.known, x.found) <
           std::tuple(x.shared, known[y.known].label.empty(), y.known, y.found);
  });
  return pairs;
}

/// By how much the found one's time runs ahead of the known one's.
Milliseconds lead_of(const Recurrence& found, const Recurrence& known) {
  for (const RecurrencePlace& place : found.places) {
    const auto same = std::ranges::find_if(
        known.places, [&](const RecurrencePlace& other) { return are_one_place(other, place); });
    if (same != known.places.end()) {
      return (place.position - place.span.start) - (same->position - same->span.start);
    }
  }
  return Milliseconds(0);
}

/// The longest is best once the one that was is gone.
std::size_t longest(std::span<const RecurrencePlace> places) {
  const auto best = std::ranges::max_element(
      places, {}, [](const RecurrencePlace& place) { return place.span.length(); });
  return static_cast<std::size_t>(best - places.begin());
}

bool is_earlier(const RecurrencePlace& x, const RecurrencePlace& y) {
  return std::tuple(x.episode, x.span) < std::tuple(y.episode, y.span);
}

/// What was found, with what is known of files that were not searched.
Recurrence completed(const Recurrence& found, const Recurrence& known,
                     std::span<const SourceId> searched) {
  Recurrence result = found;
  const RecurrencePlace best = found.places[found.best];
  const Milliseconds lead = lead_of(found, known);
  for (RecurrencePlace place : known.places) {
    if (std::ranges::binary_search(searched, place.episode) || has_place(found.places, place)) {
      continue;
    }
    place.position += lead;
    result.places.push_back(place);
  }
  Milliseconds earliest{0};
  for (const RecurrencePlace& place : result.places) earliest = std::min(earliest, place.position);
  std::ranges::sort(result.places, is_earlier);
  const auto at = std::ranges::find(result.places, best);
  result.best = static_cast<std::size_t>(at - result.places.begin());
  for (RecurrencePlace& place : result.places) place.position -= earliest;
  return result;
}

/// Takes away the places that were searched in vain, or are another recurrence's now.
void forget(NamedRecurrence& known, std::span<const SourceId> searched,
            std::span<const Recurrence> found) {
  const auto places = known.music.places.size();
  std::erase_if(known.music.places, [&](const RecurrencePlace& place) {
    return std::ranges::binary_search(searched, place.episode) ||
           std::ranges::any_of(
               found, [&](const Recurrence& other) { return has_place(other.places, place); });
  });
  if (known.music.places.size() != places) known.music.best = longest(known.music.places);
}

}  // namespace

std::string name_of(const NamedRecurrence& recurrence) {
  return recurrence.label.empty() ? fmt::format("unknown cue {}", recurrence.id) : recurrence.label;
}

bool are_one_place(const RecurrencePlace& x, const RecurrencePlace& y) {
  const Milliseconds shared =
      std::min(x.span.end, y.span.end) - std::max(x.span.start, y.span.start);
  return x.episode == y.episode && shared > Milliseconds(0) &&
         2 * shared >= std::min(x.span.length(), y.span.length());
}

std::vector<NamedRecurrence> renamed(std::vector<NamedRecurrence> known,
                                     std::span<const SourceId> searched,
                                     std::span<const Recurrence> found) {
  std::vector<std::optional<std::size_t>> of_found(found.size());
  std::vector<std::optional<std::size_t>> of_known(known.size());
  for (const Pair& pair : pairs_of(known, found)) {
    if (of_found[pair.found] || of_known[pair.known]) continue;
    of_found[pair.found] = pair.known;
    of_known[pair.known] = pair.found;
  }
  std::vector<NamedRecurrence> result;
  for (std::size_t k = 0; k < known.size(); ++k) {
    NamedRecurrence& one = known[k];
    if (of_known[k]) {
      one.music = completed(found[*of_known[k]], one.music, searched);
    } else if (one.recording == SourceId()) {
      forget(one, searched, found);
      if (one.music.places.size() < kLeastPlaces && one.label.empty()) continue;
    }
    result.push_back(std::move(one));
  }
  for (std::size_t f = 0; f < found.size(); ++f) {
    if (!of_found[f]) result.push_back({0, "", SourceId(), found[f]});
  }
  return result;
}

}  // namespace needledrop
