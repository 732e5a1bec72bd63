#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/episode_analysis.h"
#include "desk/episode_scenes.h"
#include "desk/run_changes.h"

namespace needledrop {

class Desk;

/// Seconds that spotting a file took.
struct Elapsed {
  std::chrono::nanoseconds wall{0};
  std::chrono::nanoseconds cpu{0};         // of the whole process
  std::chrono::nanoseconds decode_cpu{0};  // of that, decoding the sound alone
  std::chrono::nanoseconds scenes_cpu{0};  // and all that was done with the picture
};

/// An episode's file with what was found in it.
struct SpottedEpisode {
  Episode episode;         // id 0: not stored
  std::string production;  // title; "" none
  EpisodeFile file;
  std::vector<Spot> spots;              // by start, then recording
  std::vector<MusicSpan> unidentified;  // music that no spot explains, by start
  std::vector<Recording> recordings;    // that spots, alternatives and changes name, by id
  bool was_decoded = false;
  std::vector<Recording> missing;  // that could not be searched for, by id
  std::vector<std::string> warnings;
  std::optional<Error> not_stored;    // why the run is not in the desk; the spots hold all the same
  SoundSeries sound;                  // for find_scenes
  std::optional<FileScenes> scenes;   // nothing: not looked for
  std::optional<RunChanges> changes;  // against the run that this one replaced, where asked for
  Elapsed elapsed;
};

struct SpotOptions {
  EpisodeOverrides overrides;
  unsigned threads = 1;  // nothing that is found depends on it
  std::stop_token stop;
  ProgressSink progress = [](const Progress&) {};
};

/// Spots an analysed episode and stores the run: segment with its peaks, manifest, then one
/// catalogue transaction. A known file's earlier run is replaced. While recordings are missing from
/// the index, it is not; and a first run is stale from the start. A desk that can't be written to
/// costs only the storing (`not_stored`). Errors: kCorrupt, kCancelled, kIo when the desk can't be
/// read.
Result<SpottedEpisode> spot_analysed(Desk& desk, AnalysedEpisode analysed,
                                     const SpotOptions& options);

/// Adds the scenes as they stand to what was spotted, looking at the picture where that was not
/// done as closely before; `depth` nothing: only what the desk has. What is wrong with the picture
/// becomes a warning and costs no spot. Errors: those of the desk, and kCancelled.
Result<void> add_scenes(Desk& desk, SpottedEpisode& spotted, std::optional<PictureDepth> depth,
                        const SpotOptions& options);

/// Times the work of `spot` between its construction and elapsed().
class Stopwatch {
 public:
  Stopwatch();
  [[nodiscard]] Elapsed elapsed() const;

 private:
  std::chrono::nanoseconds wall_;
  std::chrono::nanoseconds cpu_;
};

/// Spots every file whose run saw another catalogue than today's, from the peaks that the desk
/// keeps, and says what is new in each. `each` is called for every file; it gets the file and
/// either what came of it or why nothing did. Errors: those of the desk as a whole, and kCancelled.
using StaleSink = std::function<void(const EpisodeFile&, const Result<SpottedEpisode>&)>;
Result<void> spot_stale(Desk& desk, const SpotOptions& options, const StaleSink& each);

/// The recordings that spots and their alternatives name, by id; without those that were removed.
Result<std::vector<Recording>> recordings_of(Desk& desk, const std::vector<Spot>& spots);

}  // namespace needledrop
