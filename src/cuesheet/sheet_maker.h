#pragma once

#include <map>
#include <vector>

#include "catalogue/reported_spans.h"
#include "catalogue/sequence_numbers.h"
#include "cuesheet/sheet.h"
#include "cuesheet/society.h"

namespace needledrop {

/// What the catalogue says of a recording that a cue names.
struct CueMusic {
  std::string title;
  std::string artist;
  std::string album;
  std::string label;
  std::string catalogue_number;
  std::string version;
  std::string isrc;
  CueOrigin origin = CueOrigin::kUnknown;  // where a cue does not say
  std::vector<SheetWork> works;
};

/// All that a sheet is made of.
struct SheetMaterial {
  struct Part {
    SheetPart part;
    std::vector<Cue> cues;  // that are not rejected, in any order
  };
  SheetHeader header;
  SheetState state;
  std::vector<Part> parts;                  // of one cut, in order
  std::map<SourceId, CueMusic> recordings;  // at least those that the cues name and that exist
  std::map<std::int64_t, SheetWork> works;  // that cues name without a recording
  const Society* society = nullptr;         // null: no codes, and every length counts
  ReportingUnit unit;                       // to which reported times are rounded
  std::string sequence_pattern = std::string(kSequencePattern);
};

/// The sheet of an episode from what the catalogue holds. Pure. Error: kInvalidArgument when there
/// are no parts, or for a pattern that sequence_numbers can't read.
Result<CueSheet> make_sheet(const SheetMaterial& material);

}  // namespace needledrop
