#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/progress.h"

namespace needledrop {

class Desk;

/// An episode's file in which something returns.
struct PlacedFile {
  Episode episode;
  std::string production;  // title; "" none
  EpisodeFile file;
};

/// Recurrences as they stand after a search.
struct FoundRecurrences {
  std::vector<NamedRecurrence> recurrences;  // with a place in what was searched, by id
  std::vector<PlacedFile> files;             // that their places name, by the file's id
  std::vector<std::string> warnings;
};

struct RecurOptions {
  unsigned threads = 1;  // nothing that is found depends on it
  std::stop_token stop;
  ProgressSink progress = [](const Progress&) {};
};

/// Searches the named episodes (find_episode), or all when none is named, for music that returns in
/// them, and stores it: old recurrences keep their ids and labels, and an episode that is new joins
/// them, since their places are searched too. What a spot explains is passed over, so is what was
/// catalogued. Errors: kNotFound, kAmbiguous, kCorrupt, kCancelled (nothing is stored), kIo.
Result<FoundRecurrences> find_recurrences(Desk& desk, std::span<const std::string> episodes,
                                          const RecurOptions& options);

/// The recurrence that an unidentified span is a place of; null when there is none. The one that
/// covers most of it, then the lower id.
const NamedRecurrence* recurrence_at(std::span<const NamedRecurrence> recurrences, SourceId file,
                                     const Span& span);

}  // namespace needledrop
