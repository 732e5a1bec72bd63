#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "catalogue/entities.h"

namespace needledrop {

/// How music is used, as far as hearing alone can tell: whether the characters hear or perform it
/// is a person's to say.
enum class Usage { kFeatured, kBackground };

std::string_view to_string(Usage usage);

/// One use of music as the sheet reports it.
struct SheetCue {
  int number = 0;  // from 1, in order of time
  std::string title;
  std::string artist;
  std::string album;
  std::string version;  // as in Recording
  std::string isrc;
  std::optional<int> part;  // of the episode; `span` counts from that part's start
  Span span;
  Usage usage = Usage::kFeatured;
  double level_db = 0;
  double confidence = 0;
  std::string note;  // what a person should check; "" when nothing
};

/// The cue sheet of one cut of one episode: what every format of export shows. A value.
struct CueSheet {
  std::string production;
  std::string episode_title;
  std::optional<int> season;
  std::optional<int> number;
  std::optional<std::string> air_date;  // YYYY-MM-DD
  std::string cut;                      // "" is the broadcast cut
  Milliseconds programme_duration{0};   // of all parts
  Milliseconds music_duration{0};       // moments with music; overlapping cues count once
  std::vector<SheetCue> cues;
};

/// A file of the episode with the run that counts.
struct SpottedFile {
  EpisodeFile file;
  Run run;
};

/// The sheet of an episode from what the catalogue holds. `parts` are the files of one cut, in
/// order; `recordings` hold at least those that the spots name, in any order. Pure. Errors:
/// kInvalidArgument (no parts, or of several cuts), kNotFound (a spot's recording is not among
/// `recordings`).
Result<CueSheet> make_sheet(const std::string& production, const Episode& episode,
                            std::span<const SpottedFile> parts,
                            std::span<const Recording> recordings);

}  // namespace needledrop
