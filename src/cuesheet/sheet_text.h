#pragma once

#include <string>
#include <vector>

#include "cuesheet/sheet.h"

namespace needledrop {

/// How parts of a sheet read, the same in every format.

/// "S01E12", "E12", or "" when the episode has no number.
std::string episode_mark(const SheetHeader& header);

/// "눈물의 여왕 S01E12 - The Flood": what is known of it; "Cue sheet" when nothing is.
std::string sheet_title(const SheetHeader& header);

/// "draft", "filed, revision 2".
std::string state_text(const SheetState& state);

/// The society's code, else what the music is for, in words; "" when neither is known.
std::string usage_text(const SheetCue& cue);

/// "1m02 Rain".
std::string cue_name(const SheetCue& cue);

/// One line on a cue for people who look at markers: who performs it, what for, its ISRC, and that
/// nobody has looked at it yet.
std::string cue_note(const SheetCue& cue);

/// Titles under which the cue's works are registered, between " / ".
std::string work_titles(const SheetCue& cue);
/// Their ISWCs, between " / ".
std::string work_iswcs(const SheetCue& cue);

/// "Kim Hana (C) 50.00" of all works' writers, or of their publishers, between "; ", with shares as
/// printed_shares.
std::string parties_text(const SheetCue& cue, RoleSide side, ShareBasis basis);

/// The role as sheets print it: its CWR code, else its word.
std::string role_text(Role role);

}  // namespace needledrop
