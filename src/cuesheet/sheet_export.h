#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cuesheet/pdf.h"
#include "cuesheet/rolled_sheet.h"
#include "cuesheet/sheet.h"
#include "cuesheet/timeline_maker.h"

namespace needledrop {

enum class SheetFormat {
  kCsv,
  kCsvWide,
  kXlsx,
  kPdf,
  kOtio,
  kEdl,
  kFcpxml,
  kAvid,
  kWebvtt,
  kAudacity,
  kChapters,
  kFfmetadata,
  kDdex,
};

/// A format as people name it, and which options it listens to.
struct SheetFormatTraits {
  SheetFormat format;
  std::string_view name;    // "csv-wide"
  std::string_view ending;  // of its files, ".csv"; two formats may share one: the first has it
  bool is_binary = false;
  bool has_mark = false;       // may begin with a byte order mark
  bool has_paper = false;      // is printed
  bool is_of_file = false;     // is for one of the episode's files
  bool counts_frames = false;  // needs the file's frame rate
  bool may_roll_up = false;    // can show a rolled-up sheet
};

/// All formats, in the order of the enumeration.
std::span<const SheetFormatTraits> sheet_formats();
const SheetFormatTraits& traits_of(SheetFormat format);
/// The format of a name; nothing when there is none.
std::optional<SheetFormat> sheet_format(std::string_view name);
/// The format that a file's ending tells, whatever its case.
std::optional<SheetFormat> sheet_format_of_file(std::string_view path);

struct SheetExportOptions {
  bool has_mark = true;
  Paper paper = Paper::kA4;
  TimelineOptions timeline;  // its part counts for all formats that are of one file
};

struct SheetExport {
  std::string bytes;
  std::vector<std::string> warnings;
};

/// What is said of texts that no font of the system shows.
std::vector<std::string> unshown_warnings(const std::vector<std::string>& texts);

/// The sheet in a format. Errors: those of the format.
Result<SheetExport> export_sheet(const CueSheet& sheet, SheetFormat format,
                                 const SheetExportOptions& options);

/// A rolled-up sheet in a format that may_roll_up; kInvalidArgument for another.
Result<SheetExport> export_sheet(const RolledSheet& sheet, SheetFormat format,
                                 const SheetExportOptions& options);

}  // namespace needledrop
