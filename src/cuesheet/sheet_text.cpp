#include "cuesheet/sheet_text.h"

#include <string_view>

#include <fmt/format.h>

#include "cuesheet/printed_shares.h"

namespace needledrop {
namespace {

void append(std::string& text, std::string_view separator, std::string_view more) {
  if (more.empty()) return;
  if (!text.empty()) text += separator;
  text += more;
}

std::string party_text(const SheetParty& party, const std::optional<Share>& share) {
  std::string text = fmt::format("{} ({})", party.name, role_text(party.role));
  if (share.has_value()) text += " " + percent_text(*share);
  return text;
}

}  // namespace

std::string episode_mark(const SheetHeader& header) {
  std::string mark;
  if (header.season.has_value()) mark += fmt::format("S{:02}", *header.season);
  if (header.number.has_value()) mark += fmt::format("E{:02}", *header.number);
  return mark;
}

std::string sheet_title(const SheetHeader& header) {
  std::string title = header.production;
  append(title, " ", episode_mark(header));
  append(title, " - ", header.episode_title);
  return title.empty() ? "Cue sheet" : title;
}

std::string state_text(const SheetState& state) {
  std::string text(to_string(state.status));
  if (state.revision > 1) text += fmt::format(", revision {}", state.revision);
  return text;
}

std::string usage_text(const SheetCue& cue) {
  if (!cue.usage.empty()) return cue.usage;
  return cue.function == CueFunction::kUnknown ? "" : std::string(to_string(cue.function));
}

std::string cue_name(const SheetCue& cue) {
  const std::string number = cue.sequence.empty() ? fmt::to_string(cue.number) : cue.sequence;
  return fmt::format("{} {}", number, cue.title);
}

std::string cue_note(const SheetCue& cue) {
  std::string note = cue.artist;
  append(note, ", ", usage_text(cue));
  append(note, ", ", cue.isrc);
  append(note, ", ", cue.standing == CueStanding::kDetected ? "not reviewed" : "");
  return note;
}

std::string work_titles(const SheetCue& cue) {
  std::string titles;
  for (const SheetWork& work : cue.works) append(titles, " / ", work.title);
  return titles;
}

std::string work_iswcs(const SheetCue& cue) {
  std::string iswcs;
  for (const SheetWork& work : cue.works) append(iswcs, " / ", work.iswc);
  return iswcs;
}

std::string parties_text(const SheetCue& cue, RoleSide side, ShareBasis basis) {
  std::string text;
  for (const SheetWork& work : cue.works) {
    const auto shares = printed_shares(work, basis);
    for (std::size_t i = 0; i < work.parties.size(); ++i) {
      const SheetParty& party = work.parties[i];
      if (side_of(party.role) == side) append(text, "; ", party_text(party, shares[i]));
    }
  }
  return text;
}

std::string role_text(Role role) {
  const std::string_view code = cwr_code(role);
  return std::string(code.empty() ? to_string(role) : code);
}

}  // namespace needledrop
