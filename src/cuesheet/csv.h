#pragma once

#include <string>

#include "cuesheet/rolled_sheet.h"
#include "cuesheet/sheet.h"

namespace needledrop {

struct CsvOptions {
  bool is_wide = false;  // a line a cue, its parties in one cell; else a line a cue and party
  bool has_mark = true;  // a UTF-8 byte order mark: see spreadsheet/csv_line.h
};

/// The sheet as CSV after RFC 4180: one line of column names, then the cues, every line with all
/// columns, ended by CRLF. The facts about the episode stand in every line, so that sheets can be
/// sorted, filtered and put under one another. A cue without parties has one line in either form.
///
/// Titles come from strangers' tags: a text that a spreadsheet would take for a formula is guarded
/// (see spreadsheet/formula_guard.h). Numbers keep their sign.
///
/// `in`, `out` and `duration` are what is heard, and may overlap. `reported_*` is what the sheet
/// counts: over the cues, reported_duration adds up to music_duration. Times stand twice:
/// HH:MM:SS.mmm for people, seconds for sums.
std::string to_csv(const CueSheet& sheet, const CsvOptions& options = {});

/// A rolled-up sheet in the same form: what a column of the name says above it says here; besides,
/// `line`, `uses` and the `episodes` in which they are. `reported_duration` is that of all uses.
std::string to_csv(const RolledSheet& sheet, const CsvOptions& options = {});

}  // namespace needledrop
