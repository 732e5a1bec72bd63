#include "cuesheet/sheet_columns.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::array<std::string_view, kSheetColumns.size()> kWords{
    "number",   "title", "artist", "writers",    "in",  "out",
    "duration", "usage", "party",  "party role", "part"};

struct Heading {
  std::string_view text;  // folded, without punctuation
  SheetColumn column;
};

// In order of preference where a sheet has several for one column.
constexpr std::array<Heading, 91> kHeadings{{
    {"cue", SheetColumn::kNumber},
    {"no", SheetColumn::kNumber},
    {"cue no", SheetColumn::kNumber},
    {"cue number", SheetColumn::kNumber},
    {"number", SheetColumn::kNumber},
    {"seq", SheetColumn::kNumber},
    {"sequence", SheetColumn::kNumber},
    {"nr", SheetColumn::kNumber},
    {"번호", SheetColumn::kNumber},
    {"番号", SheetColumn::kNumber},
    {"title", SheetColumn::kTitle},
    {"cue title", SheetColumn::kTitle},
    {"song title", SheetColumn::kTitle},
    {"music title", SheetColumn::kTitle},
    {"work title", SheetColumn::kTitle},
    {"title of music", SheetColumn::kTitle},
    {"composition", SheetColumn::kTitle},
    {"song", SheetColumn::kTitle},
    {"work", SheetColumn::kTitle},
    {"titel", SheetColumn::kTitle},
    {"musiktitel", SheetColumn::kTitle},
    {"titre", SheetColumn::kTitle},
    {"título", SheetColumn::kTitle},
    {"곡명", SheetColumn::kTitle},
    {"곡 제목", SheetColumn::kTitle},
    {"제목", SheetColumn::kTitle},
    {"曲名", SheetColumn::kTitle},
    {"楽曲名", SheetColumn::kTitle},
    {"artist", SheetColumn::kArtist},
    {"performer", SheetColumn::kArtist},
    {"performers", SheetColumn::kArtist},
    {"performed by", SheetColumn::kArtist},
    {"artist performer", SheetColumn::kArtist},
    {"interpret", SheetColumn::kArtist},
    {"interprète", SheetColumn::kArtist},
    {"intérprete", SheetColumn::kArtist},
    {"가수", SheetColumn::kArtist},
    {"아티스트", SheetColumn::kArtist},
    {"アーティスト", SheetColumn::kArtist},
    {"writers", SheetColumn::kWriters},
    {"writer", SheetColumn::kWriters},
    {"writer s", SheetColumn::kWriters},
    {"composer", SheetColumn::kWriters},
    {"composers", SheetColumn::kWriters},
    {"composer s", SheetColumn::kWriters},
    {"writer composer", SheetColumn::kWriters},
    {"composer author", SheetColumn::kWriters},
    {"komponist", SheetColumn::kWriters},
    {"compositeur", SheetColumn::kWriters},
    {"compositor", SheetColumn::kWriters},
    {"작곡", SheetColumn::kWriters},
    {"작곡가", SheetColumn::kWriters},
    {"작사 작곡", SheetColumn::kWriters},
    {"作曲", SheetColumn::kWriters},
    {"作曲者", SheetColumn::kWriters},
    {"in", SheetColumn::kStart},
    {"time in", SheetColumn::kStart},
    {"tc in", SheetColumn::kStart},
    {"timecode in", SheetColumn::kStart},
    {"in time", SheetColumn::kStart},
    {"start", SheetColumn::kStart},
    {"start time", SheetColumn::kStart},
    {"시작", SheetColumn::kStart},
    {"開始", SheetColumn::kStart},
    {"out", SheetColumn::kEnd},
    {"time out", SheetColumn::kEnd},
    {"tc out", SheetColumn::kEnd},
    {"timecode out", SheetColumn::kEnd},
    {"out time", SheetColumn::kEnd},
    {"end", SheetColumn::kEnd},
    {"end time", SheetColumn::kEnd},
    {"종료", SheetColumn::kEnd},
    {"終了", SheetColumn::kEnd},
    {"duration", SheetColumn::kDuration},
    {"length", SheetColumn::kDuration},
    {"timing", SheetColumn::kDuration},
    {"dauer", SheetColumn::kDuration},
    {"durée", SheetColumn::kDuration},
    {"duración", SheetColumn::kDuration},
    {"길이", SheetColumn::kDuration},
    {"사용시간", SheetColumn::kDuration},
    {"長さ", SheetColumn::kDuration},
    {"usage", SheetColumn::kUsage},
    {"use", SheetColumn::kUsage},
    {"usage code", SheetColumn::kUsage},
    {"용도", SheetColumn::kUsage},
    {"party", SheetColumn::kParty},
    {"party role", SheetColumn::kPartyRole},
    {"part", SheetColumn::kPart},
    {"part no", SheetColumn::kPart},
    {"부", SheetColumn::kPart},
}};

/// Folded, with one space for punctuation and the like of ASCII, none at the ends.
std::string heading_text(std::string_view cell) {
  std::string text;
  for (const char c : folded(cell)) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (is_letter) {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

/// The first cell with this text.
std::optional<std::size_t> position_of(const std::vector<std::string>& cells,
                                       std::string_view text) {
  const auto found = std::ranges::find(cells, text);
  if (found == cells.end() || text.empty()) return std::nullopt;
  return static_cast<std::size_t>(found - cells.begin());
}

bool has(const std::vector<std::pair<SheetColumn, std::size_t>>& columns, SheetColumn column) {
  return std::ranges::any_of(columns, [column](const auto& c) { return c.first == column; });
}

/// The columns of a row, if it is one of headings; none when one that was said is not there.
std::vector<std::pair<SheetColumn, std::size_t>> columns_of(const SpreadsheetRow& row,
                                                            const SheetMapping& mapping) {
  std::vector<std::string> cells;
  std::ranges::transform(row.cells, std::back_inserter(cells), heading_text);
  std::vector<std::pair<SheetColumn, std::size_t>> columns;
  for (const auto& [column, heading] : mapping) {
    const auto at = position_of(cells, heading_text(heading));
    if (!at.has_value()) return {};
    columns.emplace_back(column, *at);
  }
  for (const Heading& heading : kHeadings) {
    const auto at = position_of(cells, heading.text);
    const bool is_taken = std::ranges::any_of(
        columns, [at](const auto& column) { return at.has_value() && column.second == *at; });
    if (!at.has_value() || is_taken || has(columns, heading.column)) continue;
    columns.emplace_back(heading.column, *at);
  }
  return columns;
}

bool is_sheet(const std::vector<std::pair<SheetColumn, std::size_t>>& columns) {
  return has(columns, SheetColumn::kTitle) &&
         (has(columns, SheetColumn::kStart) || has(columns, SheetColumn::kDuration));
}

}  // namespace

std::string_view to_string(SheetColumn column) {
  return kWords.at(static_cast<std::size_t>(column));
}

Result<SheetMapping> read_sheet_mapping(std::string_view text) {
  SheetMapping mapping;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string_view one = text.substr(0, end);
    const std::size_t equals = one.find('=');
    const std::string word = heading_text(one.substr(0, equals));
    const auto* const known = std::ranges::find(kWords, word);
    if (equals == std::string_view::npos || known == kWords.end()) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("'{}' maps no column; write COLUMN=HEADING with {}", shown(one, 40),
                              "number, title, artist, writers, in, out, duration, usage, part"));
    }
    mapping.emplace_back(kSheetColumns.at(static_cast<std::size_t>(known - kWords.begin())),
                         std::string(one.substr(equals + 1)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return mapping;
}

std::optional<std::size_t> SheetHeadings::of(SheetColumn column) const {
  const auto found =
      std::ranges::find(columns, column, [](const auto& each) { return each.first; });
  if (found == columns.end()) return std::nullopt;
  return found->second;
}

Result<SheetHeadings> find_sheet_headings(const Spreadsheet& table, const SheetMapping& mapping) {
  constexpr std::size_t kMostRows = 100;
  SheetHeadings best;
  for (std::size_t i = 0; i < std::min(table.rows.size(), kMostRows); ++i) {
    auto columns = columns_of(table.rows[i], mapping);
    if (is_sheet(columns) && columns.size() > best.columns.size()) best = {i, std::move(columns)};
  }
  if (!best.columns.empty()) return best;
  std::string said;
  for (const auto& [column, heading] : mapping) said += fmt::format(" '{}'", shown(heading, 40));
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("no line has headings of a cue sheet{}: a title, and an in time or a "
                          "duration; say which they are, like title=Titel,in=Von",
                          said.empty() ? "" : " with" + said));
}

}  // namespace needledrop
