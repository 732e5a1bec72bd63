#pragma once

#include <string>

#include "base/units.h"
#include "cuesheet/sheet.h"

namespace needledrop {

/// The sheet as CSV after RFC 4180: one line of column names, then one line a cue, every line with
/// all columns, ended by CRLF. The facts about the episode stand at the end of every line, so that
/// sheets can be sorted, filtered and put under one another.
///
/// It begins with a UTF-8 byte order mark: without it Excel reads Hangul and accents as Latin-1,
/// and what else reads CSV skips it (Python: "utf-8-sig").
///
/// Titles come from strangers' tags. A text that a spreadsheet would take for a formula (first
/// character = + - @ or their full-width forms, tab, CR or LF) gets an apostrophe before it, which
/// makes it text. Numbers keep their sign.
///
/// Times stand twice: HH:MM:SS.mmm for people, seconds for sums.
std::string to_csv(const CueSheet& sheet);

/// HH:MM:SS.mmm; hours grow beyond two digits. Negative times begin with '-'.
std::string clock_time(Milliseconds time);

}  // namespace needledrop
