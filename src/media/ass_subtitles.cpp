#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "media/subtitle_builder.h"
#include "media/subtitle_formats.h"
#include "media/text_scan.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

/// Columns where a section doesn't say them itself.
constexpr std::string_view kEventColumns =
    "layer,start,end,style,name,marginl,marginr,marginv,effect,text";
constexpr std::string_view kStyleColumns =
    "name,fontname,fontsize,primarycolour,secondarycolour,outlinecolour,backcolour,bold,italic";
constexpr std::size_t kMostColumns = 64;

/// Names of styles in which fan translators set the lyrics of openings, endings and songs.
constexpr std::array<std::string_view, 4> kSongWords = {"song", "lyric", "karaoke", "kara"};
constexpr std::array<std::string_view, 8> kSongPrefixes = {"op-", "op_", "op ", "opening",
                                                           "ed-", "ed_", "ed ", "ending"};

bool is_song_style(std::string_view name) {
  const std::string lower = lower_case(trimmed(name));
  if (lower == "op" || lower == "ed") return true;
  return std::ranges::any_of(
             kSongWords,
             [&](std::string_view word) { return lower.find(word) != std::string::npos; }) ||
         std::ranges::any_of(kSongPrefixes,
                             [&](std::string_view prefix) { return lower.starts_with(prefix); });
}

std::vector<std::string> columns_of(std::string_view list) {
  std::vector<std::string> columns;
  while (!list.empty() && columns.size() < kMostColumns) {
    const std::string_view name = list.substr(0, list.find(','));
    columns.push_back(lower_case(trimmed(name)));
    list.remove_prefix(std::min(list.size(), name.size() + 1));
  }
  return columns;
}

/// A row's fields by column; the last column takes the rest, commas included.
class Fields {
 public:
  /// Borrows the row and the names of the columns.
  Fields(std::string_view row, const std::vector<std::string>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const bool is_last = i + 1 == columns.size();
      const std::string_view field = is_last ? row : row.substr(0, row.find(','));
      fields_.emplace(columns[i], field);
      row.remove_prefix(std::min(row.size(), field.size() + 1));
    }
  }
  [[nodiscard]] std::string_view at(std::string_view column) const {
    const auto found = fields_.find(column);
    return found == fields_.end() ? std::string_view() : trimmed(found->second);
  }

 private:
  std::map<std::string_view, std::string_view> fields_;
};

class AssParser {
 public:
  ReadSubtitles parse(std::string_view text) {
    for (std::size_t place = 1; !text.empty(); ++place) {
      const std::string_view line = trimmed(take_line(text));
      if (line.starts_with('[')) {
        in_events_ = begins_with(line, "[events]");
      } else if (begins_with(line, "format:")) {
        (in_events_ ? event_columns_ : style_columns_) = columns_of(line.substr(7));
      } else if (begins_with(line, "style:")) {
        take_style(line.substr(6));
      } else if (begins_with(line, "dialogue:")) {
        take_event(line.substr(9), place);
      }
    }
    return builder_.finish(false);
  }

 private:
  void take_style(std::string_view row) {
    const Fields fields(row, style_columns_);
    const std::string_view italic = fields.at("italic");
    is_italic_[std::string(fields.at("name"))] = !italic.empty() && italic != "0";
  }

  void take_event(std::string_view row, std::size_t place) {
    const Fields fields(row, event_columns_);
    const auto start = read_clock_time(fields.at("start"));
    const auto end = read_clock_time(fields.at("end"));
    if (!start.has_value() || !end.has_value()) {
      builder_.fault(place, "the times can't be read; left out");
      return;
    }
    std::string_view style = fields.at("style");
    if (style.starts_with('*')) style.remove_prefix(1);  // SSA marks its default so
    const auto known = is_italic_.find(style);
    const bool is_italic = known != is_italic_.end() && known->second;
    builder_.add({.place = place,
                  .start = *start,
                  .end = *end,
                  .text = strip_overrides(fields.at("text"), is_italic),
                  .is_song = is_song_style(style)});
  }

  SubtitleBuilder builder_{"ASS"};
  std::vector<std::string> event_columns_ = columns_of(kEventColumns);
  std::vector<std::string> style_columns_ = columns_of(kStyleColumns);
  std::map<std::string, bool, std::less<>> is_italic_;  // by style
  bool in_events_ = false;
};

}  // namespace

ReadSubtitles parse_ass(std::string_view text) {
  return AssParser().parse(text);
}

}  // namespace needledrop
