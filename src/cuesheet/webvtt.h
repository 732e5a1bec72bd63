#pragma once

#include <string>

#include "cuesheet/sheet.h"

namespace needledrop {

/// The cues of one of the sheet's files as a WebVTT file of metadata (W3C WebVTT 1, 4.1; for
/// <track kind="metadata">): a cue for each span that is heard, with one line of JSON as payload.
/// Spans may overlap. The JSON has no <, > or & as such, so that no reader takes it for markup.
std::string to_webvtt(const CueSheet& sheet, const SheetPart& part);

}  // namespace needledrop
