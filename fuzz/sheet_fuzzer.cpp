#include <string_view>

#include "cuesheet/sheet_reader.h"
#include "fuzz_target.h"

namespace needledrop {
namespace {

void require(bool promise) {
  if (!promise) __builtin_trap();
}

void require_cue(const ReadCue& cue) {
  require(cue.line > 0);
  if (cue.start.has_value()) require(*cue.start >= Milliseconds(0));
  if (cue.start.has_value() && cue.end.has_value()) require(*cue.start <= *cue.end);
}

}  // namespace

/// Whatever is read has cues that end after they start, and an error says why.
void fuzz_sheet(std::span<const std::uint8_t> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  SheetReaderOptions timed;
  timed.clock = {*make_timebase({30'000, 1'001}, true), "10:00:00;00"};
  for (const SheetReaderOptions& options : {SheetReaderOptions(), timed}) {
    const auto sheet = read_sheet(text, options);
    if (!sheet.has_value()) {
      require(!sheet.error().message.empty());
      continue;
    }
    int before = 0;
    for (const ReadCue& cue : sheet->cues) {
      require_cue(cue);
      require(cue.line >= before);
      before = cue.line;
    }
  }
}

}  // namespace needledrop
