#pragma once

#include <string>

#include "cuesheet/sheet.h"

namespace needledrop {

/// The cues of one of the sheet's files as a label file of Audacity: start, end and text of each
/// span that is heard, between tabs; seconds with six decimals. UTF-8 without a mark.
std::string to_audacity_labels(const CueSheet& sheet, const SheetPart& part);

}  // namespace needledrop
