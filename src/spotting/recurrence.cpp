#include "spotting/recurrence.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>

namespace needledrop {
namespace {

/// How far an edge reaches: this part of the episode, at most so long.
constexpr int kEdgePart = 8;
constexpr Milliseconds kEdgeLength{300'000};
/// Near the edge in this share of the episodes.
constexpr double kMostly = 0.6;
/// A title or an ending lasts longer than this, a jingle is shorter, and heard so often.
constexpr Milliseconds kJingleLength{8'000};
constexpr std::size_t kJinglePlaces = 3;

struct Named {
  RecurrenceKind kind;
  std::string_view name;
};
constexpr std::array<Named, 7> kNames = {{{RecurrenceKind::kMusic, "music"},
                                          {RecurrenceKind::kTitle, "title"},
                                          {RecurrenceKind::kEnding, "ending"},
                                          {RecurrenceKind::kJingle, "jingle"},
                                          {RecurrenceKind::kFootage, "footage"},
                                          {RecurrenceKind::kRecap, "recap"},
                                          {RecurrenceKind::kPreview, "preview"}}};

bool is_near(const RecurrencePlace& place, EpisodeEdge edge,
             std::span<const EpisodeOutline> episodes) {
  const auto episode = std::ranges::lower_bound(episodes, place.episode, {}, &EpisodeOutline::id);
  if (episode == episodes.end() || episode->id != place.episode) return false;
  const Milliseconds reach = std::min(kEdgeLength, episode->length / kEdgePart);
  return edge == EpisodeEdge::kStart ? place.span.start < reach
                                     : place.span.end > episode->length - reach;
}

Milliseconds middle_length(const Recurrence& recurrence) {
  std::vector<Milliseconds> lengths;
  for (const RecurrencePlace& place : recurrence.places) lengths.push_back(place.span.length());
  std::ranges::sort(lengths);
  return lengths.empty() ? Milliseconds(0) : lengths[lengths.size() / 2];
}

}  // namespace

std::string_view to_string(RecurrenceKind kind) {
  return std::ranges::find(kNames, kind, &Named::kind)->name;
}

bool recurs_near(const Recurrence& recurrence, EpisodeEdge edge,
                 std::span<const EpisodeOutline> episodes) {
  std::set<SourceId> all;
  std::set<SourceId> near;
  for (const RecurrencePlace& place : recurrence.places) {
    all.insert(place.episode);
    if (is_near(place, edge, episodes)) near.insert(place.episode);
  }
  return near.size() >= 2 &&
         static_cast<double>(near.size()) >= kMostly * static_cast<double>(all.size());
}

RecurrenceKind kind_of(const Recurrence& recurrence, bool is_footage,
                       std::span<const EpisodeOutline> episodes) {
  const auto any_near = [&](EpisodeEdge edge) {
    return std::ranges::any_of(recurrence.places, [&](const RecurrencePlace& place) {
      return is_near(place, edge, episodes);
    });
  };
  if (is_footage) {
    if (any_near(EpisodeEdge::kStart)) return RecurrenceKind::kRecap;
    return any_near(EpisodeEdge::kEnd) ? RecurrenceKind::kPreview : RecurrenceKind::kFootage;
  }
  if (middle_length(recurrence) < kJingleLength) {
    return recurrence.places.size() >= kJinglePlaces ? RecurrenceKind::kJingle
                                                     : RecurrenceKind::kMusic;
  }
  if (recurs_near(recurrence, EpisodeEdge::kStart, episodes)) return RecurrenceKind::kTitle;
  if (recurs_near(recurrence, EpisodeEdge::kEnd, episodes)) return RecurrenceKind::kEnding;
  return RecurrenceKind::kMusic;
}

}  // namespace needledrop
