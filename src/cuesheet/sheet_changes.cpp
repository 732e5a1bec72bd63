#include "cuesheet/sheet_changes.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cuesheet/clock_text.h"

namespace needledrop {
namespace {

/// A field of a cue or a header with its value as the sheet prints it.
using Values = std::vector<std::pair<std::string_view, std::string>>;

std::string times_of(const std::vector<Span>& spans) {
  std::string text;
  for (const Span& span : spans) {
    text += fmt::format("{}{} to {}", text.empty() ? "" : ", ", clock_time(span.start),
                        clock_time(span.end));
  }
  return text;
}

std::string parties_of(const SheetCue& cue) {
  std::string text;
  for (const SheetWork& work : cue.works) {
    text += fmt::format("{}'{}'", text.empty() ? "" : "; ", work.title);
    for (const SheetParty& party : work.parties) {
      text += fmt::format(", {} ({}) {}", party.name, to_string(party.role),
                          party.share.has_value() ? percent_text(*party.share) + " %" : "no share");
    }
  }
  return text;
}

Values values_of(const SheetHeader& header) {
  const auto number = [](const std::optional<int>& value) {
    return value.has_value() ? std::to_string(*value) : std::string();
  };
  return {{"production", header.production},
          {"episode title", header.episode_title},
          {"season", number(header.season)},
          {"episode", number(header.number)},
          {"production number", header.production_number},
          {"type", header.type},
          {"country", header.country},
          {"year", header.year},
          {"production company", header.production_company},
          {"broadcaster", header.broadcaster},
          {"first transmission", header.first_transmission},
          {"director", header.director}};
}

Values values_of(const SheetCue& cue) {
  return {{"title", cue.title},
          {"artist", cue.artist},
          {"reported time", times_of(cue.reported)},
          {"function", std::string(to_string(cue.function))},
          {"usage", cue.usage},
          {"works and parties", parties_of(cue)},
          {"ISRC", cue.isrc}};
}

void compare(const std::string& whose, const Values& before, const Values& after,
             std::vector<std::string>& changes) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto& [field, was] = before[i];
    const std::string& is = after[i].second;
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
  compare("", values_of(before.header), values_of(after.header), changes);
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
