#include "cuesheet/csv.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace needledrop {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kLineEnd = "\r\n";

bool reads_as_formula(std::string_view text) {
  // The full-width forms count too: spreadsheets set to East Asian languages take them for the
  // others.
  constexpr std::array<std::string_view, 11> kStarts{"=",  "+",  "-",  "@",  "\t", "\r",
                                                     "\n", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(kStarts, [text](std::string_view s) { return text.starts_with(s); });
}

/// One line of cells, each put after the one before.
class Line {
 public:
  void text(std::string_view value) {
    std::string cell = reads_as_formula(value) ? "'" : "";
    cell += value;
    if (cell.find_first_of("\",\r\n") != std::string::npos) {
      cell = quoted(cell);
    }
    plain(cell);
  }
  /// A cell that is safe as it is: a number, or a word of ours.
  void plain(std::string_view cell) {
    line_ += is_first_ ? "" : ",";
    line_ += cell;
    is_first_ = false;
  }
  void number(std::optional<int> value) { plain(value ? fmt::to_string(*value) : ""); }
  void time(Milliseconds value) { plain(clock_time(value)); }
  void seconds(Milliseconds value) {
    const auto size = std::abs(value.count());
    plain(fmt::format("{}{}.{:03}", value.count() < 0 ? "-" : "", size / 1000, size % 1000));
  }
  void decimal(double value, int digits) {
    plain(std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "");
  }
  [[nodiscard]] std::string ended() const { return line_ + std::string(kLineEnd); }

 private:
  static std::string quoted(std::string_view cell) {
    std::string result = "\"";
    for (const char c : cell) {
      result += c;
      if (c == '"') {
        result += c;
      }
    }
    return result + '"';
  }

  std::string line_;
  bool is_first_ = true;
};

constexpr std::string_view kColumns =
    "cue,part,title,artist,album,version,in,out,duration,in_seconds,out_seconds,duration_seconds,"
    "isrc,usage,level_db,confidence,note,production,season,episode,episode_title,air_date,cut,"
    "programme_duration,programme_duration_seconds,music_duration,music_duration_seconds";

std::string cue_line(const SheetCue& cue, const CueSheet& sheet) {
  Line line;
  line.number(cue.number);
  line.number(cue.part);
  line.text(cue.title);
  line.text(cue.artist);
  line.text(cue.album);
  line.text(cue.version);
  const Span span = extent(cue);
  line.time(span.start);
  line.time(span.end);
  line.time(span.length());
  line.seconds(span.start);
  line.seconds(span.end);
  line.seconds(span.length());
  line.text(cue.isrc);
  line.plain(to_string(cue.function));
  line.decimal(cue.level_db, 1);
  line.decimal(cue.confidence, 3);
  line.text(cue.note);
  line.text(sheet.header.production);
  line.number(sheet.header.season);
  line.number(sheet.header.number);
  line.text(sheet.header.episode_title);
  line.text(sheet.header.first_transmission);
  line.text(sheet.header.cut);
  line.time(sheet.programme_duration);
  line.seconds(sheet.programme_duration);
  line.time(sheet.music_duration);
  line.seconds(sheet.music_duration);
  return line.ended();
}

}  // namespace

std::string to_csv(const CueSheet& sheet) {
  std::string csv(kByteOrderMark);
  csv += kColumns;
  csv += kLineEnd;
  for (const SheetCue& cue : sheet.cues) {
    csv += cue_line(cue, sheet);
  }
  return csv;
}

std::string clock_time(Milliseconds time) {
  const auto size = std::abs(time.count());
  return fmt::format("{}{:02}:{:02}:{:02}.{:03}", time.count() < 0 ? "-" : "", size / 3'600'000,
                     size / 60'000 % 60, size / 1000 % 60, size % 1000);
}

}  // namespace needledrop
