#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "cuesheet/sheet_reader.h"
#include "desk/import_file.h"

namespace needledrop {

class Desk;

struct SheetImportOptions {
  std::string episode;  // whose cues they are, as find_episode
  /// A frame rate and a first timecode that are not said are those of the episode's file.
  SheetReaderOptions reader;
  std::optional<int>
      part;            // in whose time the sheet is; nothing: the sheet says, or the programme's
  std::string author;  // who files it
  std::string source;  // as in ImportOptions
  bool dry_run = false;
  bool side_by_side = false;  // as in ImportOptions
};

/// Enters a cue sheet that exists (CSV, XLSX or an edit decision list, see read_sheet) into an
/// episode, as one edit. A line is the cue of its title that is heard while it lasts (compare_uses,
/// to the second); lines of no cue become cues, accepted by the author. A cue about which nobody
/// decided gets the line's times, recording and axes where they differ; what contradicts a person's
/// decision is a warning, and the cue stays. What lines say of works, parties, shares and codes is
/// stated where nobody says it yet, with the line as provenance. A sheet that was exported from the
/// episode therefore changes nothing. Errors: as import_file's, and find_episode's;
/// kInvalidArgument for an episode without a spotted file.
Result<ImportOutcome> import_sheet(Desk& desk, const std::string& path,
                                   const SheetImportOptions& options);

}  // namespace needledrop
