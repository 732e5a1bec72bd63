#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/episode_identity.h"
#include "desk/progress.h"
#include "fingerprint/peak.h"

namespace needledrop {

class Desk;

/// An episode's file as far as it can be told before it is spotted.
struct AnalysedEpisode {
  EpisodeIdentity identity;
  EpisodeFile file;  // id 0: not known to the desk
  PeakList peaks;
  bool was_decoded = false;  // false: the desk had its peaks
  bool is_indexed = false;   // the index holds its peaks under file.id
  /// Why the desk must not keep this: it has the file, heard through other channels.
  std::optional<Error> not_to_store;
  std::vector<std::string> warnings;
  std::chrono::nanoseconds decode_cpu{0};
};

struct AnalysisOptions {
  std::string streams;  // as MediaFile::Options; "" infers
  EpisodeOverrides overrides;
  std::stop_token stop;
  ProgressSink progress = [](const Progress&) {};
};

/// Reads the file at `path`: a known one by its digest and the peaks that the desk keeps, any other
/// by decoding it in one pass. A known file is decoded too when `streams` asks for other channels
/// than the desk has heard. Errors are those of the input: MediaFile's, and kCorrupt when the kept
/// peaks are damaged.
Result<AnalysedEpisode> analyse_episode(Desk& desk, const std::string& path,
                                        const AnalysisOptions& options);

/// A known file from what the desk keeps, without the file itself.
Result<AnalysedEpisode> recall_episode(Desk& desk, const EpisodeFile& file,
                                       const EpisodeOverrides& overrides);

}  // namespace needledrop
