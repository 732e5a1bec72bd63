#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/arguments.h"

// Private to the parser of arguments: the words of `compare`.

namespace CLI {
class App;
}

namespace needledrop {

struct CompareWords {
  std::string sheet;
  std::string episode;
  std::string mapping;
  std::string workbook_sheet;
  std::string frame_rate;
  std::string start_timecode;
  bool drop_frame = false;
  double tolerance = 2;
  std::string format;
  std::string paper;
  std::string output;

  std::vector<std::string*> texts() {
    return {&sheet, &episode, &mapping, &workbook_sheet, &start_timecode, &output};
  }
};

/// Binds the words, which outlive the parser.
void declare_compare(CLI::App& app, CompareWords& words);
Result<CompareArguments> take_compare(const CompareWords& words);

inline constexpr std::string_view kCompareHelp =
    R"(Usage: needledrop compare [options] SHEET EPISODE

Puts a cue sheet that exists beside what is heard in an episode: uses that it misses, uses that were
not heard, times and titles that differ. SHEET is CSV or XLSX, of ours or of others, or a CMX 3600 EDL.

Options:
  --map COLUMN=HEADING,...
                     what its columns mean, where their headings don't tell: number, title, artist,
                     writers, in, out, duration, usage, part
  --sheet NAME       which sheet of a workbook; else the first
  --frame-rate RATE  of times with frames: 25, 29.97, 30000/1001 (default: the episode's)
  --drop-frame       they drop frame numbers
  --start-timecode HH:MM:SS:FF
                     of the programme's first frame (default: the episode's, else 00:00:00:00)
  --tolerance SECONDS
                     times that differ by less are the same (default: 2)
  --format FORMAT    write the comparison as a document to send: pdf, xlsx or csv; told by FILE's
                     ending if not given
  --paper SIZE       of pdf: a4 (the default) or letter
  -o, --output FILE  where to write it (default: standard output)

Examples:
  needledrop compare filed.xlsx "Winter Harbour/S01E12"
  needledrop compare filed.csv "Winter Harbour/S01E12" --map "title=Titel,in=Beginn" -o differences.pdf
)";

}  // namespace needledrop
