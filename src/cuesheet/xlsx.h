#pragma once

#include <string>

#include "base/result.h"
#include "cuesheet/rolled_sheet.h"
#include "cuesheet/sheet.h"

namespace needledrop {

/// The sheet as an XLSX workbook: a sheet "Cue sheet" with the header, a line a cue and the total,
/// and a sheet "Parties" with a line for each cue's writer and publisher. Durations are durations,
/// which a spreadsheet can sum; of a cue of several spans In and Out have a line of text for each.
/// Text is text whatever it begins with. It says that it was made on
/// the day the sheet was prepared, so that the same sheet is the same file. Errors: those of
/// write_xlsx.
Result<std::string> to_xlsx(const CueSheet& sheet);
/// The same of a rolled-up sheet: a sheet "Rolled up" with a line for each music and what it is
/// used for, and a sheet "Parties".
Result<std::string> to_xlsx(const RolledSheet& sheet);

}  // namespace needledrop
