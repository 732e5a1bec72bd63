#include "cuesheet/ddex.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "cuesheet/line_text.h"
#include "cuesheet/sheet_part.h"

namespace needledrop {
namespace {

/// "PT[[hhH]mmM]ssS" of ISO 8601, with a fraction of a second where there is one.
std::string duration_text(Milliseconds time) {
  const std::int64_t size = std::max<std::int64_t>(0, time.count());
  std::string text = "PT";
  if (size >= 3'600'000) text += fmt::format("{}H", size / 3'600'000);
  if (size >= 60'000) text += fmt::format("{}M", size / 60'000 % 60);
  text += fmt::to_string(size / 1'000 % 60);
  if (size % 1'000 != 0) {
    std::string fraction = fmt::format(".{:03}", size % 1'000);
    text += fraction.erase(fraction.find_last_not_of('0') + 1);
  }
  return text + "S";
}

/// Letters and digits only: identifiers have no dashes or dots here.
std::string identifier(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    const bool is_kept = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (is_kept) plain += c;
  }
  return plain;
}

}  // namespace

std::string to_ddex(const CueSheet& sheet) {
  std::string records;
  for (const SheetCue& cue : sheet.cues) {
    const Milliseconds start = start_of_part(sheet, cue.part);
    for (const Span& span : cue.reported) {
      records += fmt::format(
          "CU01.01\t1\t1\t{}\t{}\t{}\t{}\t{}\r\n", duration_text(start + span.start),
          duration_text(span.length()), identifier(cue.isrc),
          cue.works.empty() ? "" : identifier(cue.works.front().iswc), on_one_line(cue.title));
    }
  }
  return records;
}

}  // namespace needledrop
