#pragma once

#include <string>

#include "cuesheet/sheet.h"

namespace needledrop {

/// The cues as cue records of DDEX's Digital Sales Report (part 8, 5.5.3, CU01.01), a line each
/// with tabs between cells: record type, block, resource, start, duration, ISRC, ISWC and title of
/// what is used. Partial: the records that a message needs around them, and cells beyond the
/// eighth, are not written; block and resource are both "1".
///
/// A record is one reported span. A recording and the work in it are one creation, so they share
/// one record; the ISWC is the first work's. Starts count through the parts of an episode.
std::string to_ddex(const CueSheet& sheet);

}  // namespace needledrop
