#include "cuesheet/audacity.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cuesheet/clock_text.h"
#include "cuesheet/line_text.h"
#include "cuesheet/sheet_part.h"
#include "cuesheet/sheet_text.h"

namespace needledrop {
namespace {

std::string label(const SheetCue& cue) {
  std::string text = on_one_line(cue_name(cue));
  if (!cue.artist.empty()) text += " - " + on_one_line(cue.artist);
  return text;
}

}  // namespace

std::string to_audacity_labels(const CueSheet& sheet, const SheetPart& part) {
  std::vector<std::pair<Span, std::string>> labels;
  for (const SheetCue* cue : cues_in(sheet, part)) {
    for (const Span& span : cue->heard) labels.emplace_back(span, label(*cue));
  }
  std::ranges::sort(labels);
  std::string text;
  for (const auto& [span, words] : labels) {
    text +=
        fmt::format("{}000\t{}000\t{}\n", seconds_text(span.start), seconds_text(span.end), words);
  }
  return text;
}

}  // namespace needledrop
