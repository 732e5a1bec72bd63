#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "spotting/spot.h"

namespace needledrop {

/// What a recurrence may be, suggested by its length, by where in the episodes it is heard, and by
/// whether words return with it.
enum class RecurrenceKind {
  kMusic,
  kTitle,    // begins episodes
  kEnding,   // closes them
  kJingle,   // short, and often
  kFootage,  // words and all: the scene itself is shown again
  kRecap,    // footage at the beginning of an episode
  kPreview,  // footage at the end of one
};
/// "music", "title", "ending", "jingle", "footage", "recap", "preview".
std::string_view to_string(RecurrenceKind kind);

/// Where a recurrence is heard.
struct RecurrencePlace {
  SourceId episode;  // an episode's file
  Span span;         // in it
  Milliseconds position{
      0};                 // of span.start in the recurrence's own time, whose earliest sound is 0
  double rate = 1;        // against the recurrence's other places
  double likeness = 0;    // share of the far-reaching peaks that it and its likest place share
  double confidence = 0;  // probability that music, or footage, returns here
  friend bool operator==(const RecurrencePlace&, const RecurrencePlace&) = default;
};

/// The same music at several places, whoever talks over it.
struct Recurrence {
  RecurrenceKind kind = RecurrenceKind::kMusic;
  std::vector<RecurrencePlace> places;  // by episode, then start; at least two
  std::size_t best = 0;                 // of them the longest and clearest
  friend bool operator==(const Recurrence&, const Recurrence&) = default;
};

/// An episode as far as grouping needs to know it.
struct EpisodeOutline {
  SourceId id;
  Milliseconds length{0};
  std::vector<MusicSpan> music;  // where any music is heard, by start
};

enum class EpisodeEdge { kStart, kEnd };

/// Is it heard near that edge (in the first or last eighth, but no further than 5 min) of at
/// least two episodes, and in most of those where it is heard at all? `episodes` are by id.
bool recurs_near(const Recurrence& recurrence, EpisodeEdge edge,
                 std::span<const EpisodeOutline> episodes);

/// What a recurrence may be; `is_footage` says that words return with it.
RecurrenceKind kind_of(const Recurrence& recurrence, bool is_footage,
                       std::span<const EpisodeOutline> episodes);

}  // namespace needledrop
