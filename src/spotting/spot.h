#pragma once

#include <vector>

#include "base/units.h"

namespace needledrop {

/// Where a piece of a recording lies in an episode.
struct Alignment {
  Span span;                        // in the episode
  Milliseconds recording_start{0};  // position in the recording at span.start
  double rate = 1;                  // 1.0417 plays faster than the recording
  double pitch = 1;                 // frequency ratio; equals rate when tape speed was changed
  friend bool operator==(const Alignment&, const Alignment&) = default;
};

/// Another recording that the same sound may come from; as likely as the spot's own only where
/// nothing tells the two apart.
struct Alternative {
  SourceId recording;
  double confidence = 0;
  friend bool operator==(const Alternative&, const Alternative&) = default;
};

enum class Ground { kForeground, kBackground };

/// The machine's finding: a recording is heard in an episode over a span.
struct Spot {
  SourceId recording;
  Span span;                          // in the episode
  Milliseconds start_error{0};        // half the 90 % interval of span.start
  Milliseconds end_error{0};          // and of span.end
  std::vector<Alignment> alignments;  // in order, at least one; several after a jump or loop
  double confidence = 0;              // probability that the recording is heard here
  double level_db = 0;                // RMS of the music over RMS of all else, across the span
  Ground ground = Ground::kForeground;
  /// It sounds as a small loudspeaker of the scene would play it (loudspeaker.h); false: it does
  /// not, or too little is heard of it to tell.
  bool from_loudspeaker = false;
  bool version_decided = true;            // false: an alternative fits as well
  std::vector<Alternative> alternatives;  // by falling confidence, then id
  friend bool operator==(const Spot&, const Spot&) = default;
};

/// A span in which music is heard, whatever music that is.
struct MusicSpan {
  Span span;              // in the episode
  double confidence = 0;  // probability that music is heard at a moment of the span
  friend bool operator==(const MusicSpan&, const MusicSpan&) = default;
};

}  // namespace needledrop
