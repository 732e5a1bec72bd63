#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "cuesheet/sheet_columns.h"
#include "cuesheet/sheet_time.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {

/// A cue as a sheet says it, before anything is looked up.
struct ReadCue {
  int line = 0;  // where it stands
  std::string title;
  std::string artist;
  std::string writers;  // as written, several with "; " between
  std::optional<Milliseconds> start;
  std::optional<Milliseconds> end;  // from start and duration where those are said, and so on
  std::optional<Milliseconds> duration;
  std::string usage;          // as written
  std::optional<int> part{};  // of the programme, from whose start its times count then
  std::vector<Span> spans{};  // of a cue of several; start and end are then those of them all
  friend bool operator==(const ReadCue&, const ReadCue&) = default;
};

struct SheetReaderOptions {
  SheetMapping mapping;  // stands above what headings are taken for
  SheetClock clock;
  std::string sheet;  // of a workbook; "" the first
};

struct ReadSheet {
  std::vector<ReadCue> cues;                                   // by line
  std::vector<std::pair<SheetColumn, std::string>> columns{};  // with the headings they have
  std::vector<std::string> warnings;                           // "line 7: ..."
};

/// Reads a cue sheet that exists: CSV or XLSX of ours or of others, or a CMX 3600 edit decision
/// list (edl_reader.h), told by its content. Errors name line and column: kInvalidArgument (no
/// headings, no time, an end before its start), and those of read_spreadsheet. Pure; any bytes may
/// be given.
Result<ReadSheet> read_sheet(std::string_view bytes, const SheetReaderOptions& options);

/// The same of a table. Lines that go on with another writer belong to the cue above; totals,
/// repeated headings and lines without a title and a time are no cues. Several times in a cell, on
/// lines of their own, are those of a cue of several spans. Where times without frames all lie
/// beyond the programme's start timecode, they count from it.
Result<ReadSheet> read_sheet_table(const Spreadsheet& table, const SheetReaderOptions& options);

}  // namespace needledrop
