#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/cue_changes.h"
#include "cuesheet/sheet_reader.h"
#include "desk/import_problem.h"
#include "desk/imported_catalogue.h"

namespace needledrop {

/// A use of music as a cue sheet says it, before anything is looked up.
struct ImportedUse {
  ReadCue read;  // its title without a number of ours ("1m02"); times as the sheet counts
  std::vector<Span> spans;  // in which it is heard; empty where start or end are not said
  std::optional<Code> isrc;
  CueValues values;  // what it is for, how it is heard, where it is from and the note, in our words
  std::vector<ImportedWork>
      works;           // with writers and publishers; empty where nothing is said of any
  std::string medley;  // titles of several works whose writers stand in one cell
  ImportPlace at;
  ImportPlace isrc_at;
};

/// A title without the number that our own markers put before it: "Rain" of "1m02 Rain".
std::string_view without_sequence(std::string_view title);

/// Reads all that read_sheet does, and what sheets of ours say beside: parts, works and their
/// codes, parties with roles, shares and IPIs, the four axes, notes. Of others the columns that are
/// called so are taken, and writers without a role are what the column's heading says, else
/// "composer and author". What is wrong with these becomes a problem; errors as read_sheet's. Pure.
Result<std::vector<ImportedUse>> read_imported_sheet(std::string_view bytes,
                                                     const SheetReaderOptions& options,
                                                     ImportProblems& problems);

}  // namespace needledrop
