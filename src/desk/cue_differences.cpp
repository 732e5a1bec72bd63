#include "desk/cue_differences.h"

#include <fmt/format.h>

#include "desk/episode_cues.h"

namespace needledrop {
namespace {

std::string spans_text(const std::vector<Span>& spans) {
  std::string text;
  for (const Span& span : spans) {
    text +=
        fmt::format("{}{}-{}", text.empty() ? "" : ", ", cue_time(span.start), cue_time(span.end));
  }
  return text;
}

std::string music_text(const Cue& cue, std::span<const Recording> recordings) {
  const std::string title = title_of(cue, recordings);
  return cue.work == 0 ? title : fmt::format("{} (work {})", title, cue.work);
}

/// "0:00:10.000-0:00:20.000; not heard any more".
std::string dismissed_text(const std::vector<DismissedProposal>& dismissed) {
  std::string text;
  for (const DismissedProposal& one : dismissed) {
    text += text.empty() ? "" : "; ";
    text += one.found.empty() ? "not heard any more" : spans_text(one.found);
  }
  return text;
}

/// A cue as fields, in an order.
std::vector<CueDifference> fields_of(const Cue& cue, std::span<const Recording> recordings) {
  const auto word = [](std::string_view text) {
    return std::string(text == "unknown" ? "" : text);
  };
  return {{"title", "", music_text(cue, recordings)},
          {"artist", "", artist_of(cue, recordings)},
          {"recording", "", cue.recording == SourceId() ? "" : std::to_string(cue.recording.value)},
          {"in", "", cue_time(cue.spans.front().start)},
          {"out", "", cue_time(cue.spans.back().end)},
          {"spans", "", cue.spans.size() > 1 ? spans_text(cue.spans) : ""},
          {"reported", "", spans_text(cue.reported)},
          {"standing", "", std::string(to_string(cue.standing))},
          {"function", "", word(to_string(cue.function))},
          {"vocal", "", word(to_string(cue.vocal))},
          {"perception", "", word(to_string(cue.perception))},
          {"origin", "", word(to_string(cue.origin))},
          {"note", "", cue.note},
          {"dismissed", "", dismissed_text(cue.dismissed)}};
}

}  // namespace

std::string cue_time(Milliseconds time) {
  const auto ms = time.count();
  return fmt::format("{}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1'000 % 60,
                     ms % 1'000);
}

std::vector<CueDifference> differences(const CueChange& change,
                                       std::span<const Recording> recordings) {
  const bool is_one = change.before.has_value() && change.after.has_value();
  const Cue& any = change.after.has_value() ? *change.after : *change.before;
  std::vector<CueDifference> after = fields_of(any, recordings);
  if (!is_one) {
    after.resize(5);
    std::erase_if(after, [](const CueDifference& field) { return field.field == "recording"; });
    if (!change.after.has_value()) {
      for (CueDifference& field : after) std::swap(field.before, field.after);
    }
    std::erase_if(after, [](const CueDifference& field) { return field.before == field.after; });
    return after;
  }
  const std::vector<CueDifference> before = fields_of(*change.before, recordings);
  for (std::size_t i = 0; i < after.size(); ++i) after[i].before = before[i].after;
  std::erase_if(after, [](const CueDifference& field) { return field.before == field.after; });
  return after;
}

}  // namespace needledrop
