#include "cuesheet/sheet.h"

#include "catalogue/reported_spans.h"

namespace needledrop {

Span extent(const SheetCue& cue) {
  return {cue.heard.front().start, cue.heard.back().end};
}

Milliseconds reported_length(const SheetCue& cue) {
  return total_length(cue.reported);
}

}  // namespace needledrop
