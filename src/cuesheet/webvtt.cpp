#include "cuesheet/webvtt.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cuesheet/clock_text.h"
#include "cuesheet/sheet_part.h"
#include "cuesheet/sheet_text.h"

namespace needledrop {
namespace {

using Json = nlohmann::ordered_json;

std::string without_markup(std::string_view json) {
  std::string text;
  for (const char c : json) {
    if (c == '<' || c == '>' || c == '&') {
      text += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      text += c;
    }
  }
  return text;
}

std::string payload(const SheetCue& cue) {
  Json json = {{"cue", cue.number},        {"id", cue.cue},
               {"sequence", cue.sequence}, {"title", cue.title},
               {"artist", cue.artist},     {"album", cue.album},
               {"version", cue.version},   {"isrc", cue.isrc},
               {"usage", usage_text(cue)}, {"standing", to_string(cue.standing)}};
  return without_markup(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

std::string to_webvtt(const CueSheet& sheet, const SheetPart& part) {
  std::vector<std::pair<Span, const SheetCue*>> spans;
  for (const SheetCue* cue : cues_in(sheet, part)) {
    for (const Span& span : cue->heard) spans.emplace_back(span, cue);
  }
  std::ranges::stable_sort(spans, {}, &std::pair<Span, const SheetCue*>::first);
  std::string text = "WEBVTT\n";
  int count = 0;
  for (const auto& [span, cue] : spans) {
    text += fmt::format("\n{}\n{} --> {}\n{}\n", ++count, clock_time(span.start),
                        clock_time(span.end), payload(*cue));
  }
  return text;
}

}  // namespace needledrop
