#pragma once

#include <functional>
#include <stop_token>
#include <utility>
#include <vector>

#include "base/result.h"
#include "fingerprint/peak.h"
#include "spotting/albums.h"
#include "spotting/relation.h"
#include "spotting/spot.h"

namespace needledrop {

class Snapshot;

/// All that is found in an episode.
struct Spotted {
  std::vector<Spot> spots;              // by start, then recording id
  std::vector<MusicSpan> unidentified;  // music that no spot explains, by start
};

/// Finds the spots of catalogued recordings in an episode: the wiring of the stages. Const-shared
/// state only: one Spotter may serve several threads. Keeps a reference to the snapshot.
class Spotter {
 public:
  /// `relatives` tells which recordings are versions of each other; unknown ones are told apart by
  /// what of them is found alone. In a large catalogue the albums of what was found are searched
  /// more closely than the rest.
  explicit Spotter(const Snapshot& snapshot, Relatives relatives = {}, Albums albums = {})
      : snapshot_(snapshot), relatives_(std::move(relatives)), albums_(std::move(albums)) {}

  struct Control {
    unsigned threads = 1;  // the result does not depend on it
    std::stop_token stop;  // asked between windows; ends with kCancelled
    std::function<void(double)> progress = [](double) {};  // done share in [0, 1]; from one thread
  };

  /// Errors: kCorrupt from the snapshot, kCancelled.
  [[nodiscard]] Result<Spotted> spot(const PeakList& episode, const Control& control) const;

 private:
  const Snapshot& snapshot_;
  Relatives relatives_;
  Albums albums_;
};

/// A recording found in a clip.
struct Match {
  SourceId recording;
  Span span;  // in the clip
  Milliseconds recording_start{0};
  double rate = 1;
  double confidence = 0;
};

/// The recordings in a short clip, by falling confidence, then id. Analyse the clip with
/// Detail::kEpisode.
Result<std::vector<Match>> identify(const Snapshot& snapshot, const PeakList& clip,
                                    Relatives relatives = {});

}  // namespace needledrop
