#include "cuesheet/sheet_changes.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cuesheet/clock_text.h"
#include "cuesheet/header_lines.h"

namespace needledrop {
namespace {

/// A field of a cue or a header with its value as the sheet prints it.
using Values = std::vector<std::pair<std::string, std::string>>;

std::string times_of(const std::vector<Span>& spans) {
  std::string text;
  for (const Span& span : spans) {
    text += fmt::format("{}{} to {}", text.empty() ? "" : ", ", clock_time(span.start),
                        clock_time(span.end));
  }
  return text;
}

std::string party_of(const SheetParty& party) {
  std::string text =
      fmt::format("{} ({}) {}", party.name, to_string(party.role),
                  party.share.has_value() ? percent_text(*party.share) + " %" : "no share");
  if (!party.ipi.empty()) text += " IPI " + party.ipi;
  if (!party.society.empty()) text += " " + party.society;
  return text;
}

std::string works_of(const SheetCue& cue) {
  std::string text;
  for (const SheetWork& work : cue.works) {
    text += fmt::format("{}'{}'", text.empty() ? "" : "; ", work.title);
    if (!work.iswc.empty()) text += " ISWC " + work.iswc;
    for (const SheetParty& party : work.parties) text += ", " + party_of(party);
  }
  return text;
}

std::string files_of(const CueSheet& sheet) {
  std::string text;
  for (const SheetPart& part : sheet.parts) {
    text +=
        fmt::format("{}{} ({})", text.empty() ? "" : ", ", part.file, clock_time(part.duration));
  }
  return text;
}

/// What stands above the cues, apart from how far the sheet has come, and when. What header_lines
/// leaves out is empty.
Values values_of_head(const CueSheet& sheet, const std::vector<HeaderLine>& lines,
                      const std::vector<HeaderLine>& others) {
  Values values;
  const auto add = [&](const std::string& label) {
    const bool is_known =
        std::ranges::find(values, label, &Values::value_type::first) != values.end();
    if (is_known || label == "Status" || label == "Prepared on") return;
    const auto line = std::ranges::find(lines, label, &HeaderLine::label);
    values.emplace_back(label, line == lines.end() ? "" : line->value);
  };
  for (const HeaderLine& line : lines) add(line.label);
  for (const HeaderLine& line : others) add(line.label);
  values.emplace_back("Files", files_of(sheet));
  return values;
}

Values values_of(const SheetCue& cue) {
  return {{"number", cue.sequence.empty() ? std::to_string(cue.number) : cue.sequence},
          {"part", cue.part.has_value() ? std::to_string(*cue.part) : ""},
          {"title", cue.title},
          {"artist", cue.artist},
          {"version", cue.version},
          {"heard", times_of(cue.heard)},
          {"reported time", times_of(cue.reported)},
          {"function", std::string(to_string(cue.function))},
          {"usage", cue.usage},
          {"vocal", std::string(to_string(cue.vocal))},
          {"perception", std::string(to_string(cue.perception))},
          {"origin", std::string(to_string(cue.origin))},
          {"works and parties", works_of(cue)},
          {"ISRC", cue.isrc},
          {"album", cue.album},
          {"label", cue.label},
          {"catalogue number", cue.catalogue_number},
          {"standing", std::string(to_string(cue.standing))},
          {"counted", cue.is_short ? "no" : "yes"},
          {"clearance", std::string(to_string(cue.clearance))},
          {"licence", cue.licence},
          {"note", cue.note}};
}

void compare(const std::string& whose, const Values& before, const Values& after,
             std::vector<std::string>& changes) {
  for (const auto& [field, is] : after) {
    const auto same = std::ranges::find(before, field, &Values::value_type::first);
    const std::string was = same == before.end() ? "" : same->second;
    if (was == is) continue;
    const auto shown = [](const std::string& value) { return value.empty() ? "nothing" : value; };
    changes.push_back(fmt::format("{}{}: {} is now {}", whose, field, shown(was), shown(is)));
  }
}

std::string name_of(const SheetCue& cue) {
  return fmt::format("{} '{}'", cue.sequence.empty() ? std::to_string(cue.number) : cue.sequence,
                     cue.title);
}

const SheetCue* find(const CueSheet& sheet, std::int64_t cue) {
  const auto found = std::ranges::find(sheet.cues, cue, &SheetCue::cue);
  return found == sheet.cues.end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::string> sheet_changes(const CueSheet& before, const CueSheet& after) {
  std::vector<std::string> changes;
  const auto lines_before = header_lines(before);
  const auto lines_after = header_lines(after);
  compare("", values_of_head(before, lines_before, {}),
          values_of_head(after, lines_after, lines_before), changes);
  for (const SheetCue& cue : after.cues) {
    const SheetCue* was = find(before, cue.cue);
    if (was == nullptr) {
      changes.push_back(fmt::format("{}: added, {}", name_of(cue), times_of(cue.reported)));
    } else {
      compare(name_of(cue) + ": ", values_of(*was), values_of(cue), changes);
    }
  }
  for (const SheetCue& cue : before.cues) {
    if (find(after, cue.cue) == nullptr) {
      changes.push_back(fmt::format("{}: removed, {}", name_of(cue), times_of(cue.reported)));
    }
  }
  return changes;
}

}  // namespace needledrop
