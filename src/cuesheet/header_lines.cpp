#include "cuesheet/header_lines.h"

#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "cuesheet/clock_text.h"
#include "cuesheet/sheet_text.h"
#include "cuesheet/society.h"

namespace needledrop {
namespace {

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += separator;
    all += text;
  }
  return all;
}

std::string society_title(const std::string& name) {
  const Society* society = find_society(name);
  return society == nullptr ? name : std::string(society->title);
}

int read_digits(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::vector<HeaderLine> header_lines(const CueSheet& sheet) {
  const SheetHeader& header = sheet.header;
  std::vector<HeaderLine> lines = {
      {"Production", header.production},
      {"Also known as", joined(header.also_known_as, " / ")},
      {header.number.has_value() ? "Episode" : "Season", episode_mark(header)},
      {"Episode title", header.episode_title},
      {"Production number", header.production_number},
      {"Type", header.type},
      {"Cut", header.cut},
      {"Country of origin", header.country},
      {"Year of production", header.year},
      {"Production company", header.production_company},
      {"Broadcaster", header.broadcaster},
      {"First transmission", header.first_transmission},
      {"Director", header.director},
      {"Actors", joined(header.actors, ", ")},
      {"ISAN", header.isan},
      {"EIDR", header.eidr},
      {"Society's number", header.society_number},
      {"Programme duration", printed_time(sheet.programme_duration)},
      {"Music duration", printed_time(sheet.music_duration)},
      {"Counted by the society", sheet.counted_duration < sheet.music_duration
                                     ? printed_time(sheet.counted_duration)
                                     : std::string()},
      {"Society", society_title(sheet.society)},
      {"Shares", sheet.share_basis == ShareBasis::kSplit
                     ? "writers make 100 %, publishers another 100 %"
                     : ""},
      {"Prepared by", header.preparer},
      {"Prepared on", header.prepared_on},
      {"Status", state_text(sheet.state)},
      {"Incomplete", sheet.state.incomplete},
  };
  std::erase_if(lines, [](const HeaderLine& line) { return line.value.empty(); });
  return lines;
}

std::chrono::sys_seconds preparation_time(const SheetHeader& header) {
  const std::string_view text = header.prepared_on;
  constexpr std::size_t kLength = 10;  // YYYY-MM-DD
  if (text.size() < kLength) return {};
  const std::chrono::year_month_day day{
      std::chrono::year(read_digits(text.substr(0, 4))),
      std::chrono::month(static_cast<unsigned>(read_digits(text.substr(5, 2)))),
      std::chrono::day(static_cast<unsigned>(read_digits(text.substr(8, 2))))};
  if (!day.ok()) return {};
  return std::chrono::sys_days(day);
}

}  // namespace needledrop
