#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cuesheet/rolled_sheet.h"
#include "cuesheet/sheet.h"

namespace needledrop {

enum class Paper { kA4, kLetter };

struct PdfSheet {
  std::string bytes;
  std::vector<std::string> unshown;  // texts of which no font of the system has all characters
};

/// The sheet typeset for print, on landscape pages: the header, a table of the cues with their
/// reported times, works and parties, totals, what the codes mean, the changes of a revision, and
/// room for signatures. Every page names the sheet, its state and its number of how many. No row is
/// cut by the end of a page; one that is higher than a page goes on on the next. The same sheet
/// with the same fonts is the same file. Error: kIo.
Result<PdfSheet> to_pdf(const CueSheet& sheet, Paper paper);
/// The same of a rolled-up sheet, with uses and episodes in the place of times.
Result<PdfSheet> to_pdf(const RolledSheet& sheet, Paper paper);

}  // namespace needledrop
