#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cuesheet/sheet_export.h"
#include "desk/current_sheet.h"

namespace needledrop {

struct SheetArguments {
  enum class What {
    kExport,
    kCheck,    // list what is missing or wrong
    kHistory,  // the steps that were taken
    kStep,     // as `step` says
  };
  std::string episode;
  What what = What::kExport;
  SheetStepRequest step;
  SheetWishes wishes;
  std::optional<int> revision;  // a filed one, instead of the sheet as it stands
  bool is_rolled_up = false;    // a line for each music and what it is for
  bool has_format = false;      // somebody said it, or the file's ending
  bool as_json = false;         // instead of `format`
  SheetFormat format = SheetFormat::kCsv;
  SheetExportOptions options;
  std::string output;  // "" or "-": standard output
};

/// What stands behind options of `sheet`, not understood yet.
struct SheetOptions {
  std::string format;
  std::string output;
  std::string paper;
  std::string frame_rate;
  std::string start_timecode;
  std::optional<int> part;
  bool bom = false;
  bool no_bom = false;
  bool drop_frame = false;
  bool no_drop_frame = false;
  bool rolled_up = false;
  std::string society;
  std::string preparer;
  std::optional<int> revision;
  std::optional<std::string> cut;
  std::string by;
  std::string reason;
  std::optional<std::string> incomplete;
};

/// All formats by name, "json" among them.
std::vector<std::string> sheet_format_names();

/// Understands the words after EPISODE, at most one ACTION, with the options. kInvalidArgument
/// refuses those that would do nothing.
Result<SheetArguments> read_sheet_words(const std::string& episode,
                                        const std::vector<std::string>& words,
                                        const SheetOptions& options);

}  // namespace needledrop
