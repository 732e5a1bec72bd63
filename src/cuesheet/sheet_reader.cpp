#include "cuesheet/sheet_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "catalogue/reported_spans.h"
#include "catalogue/role.h"
#include "catalogue/text.h"
#include "cuesheet/edl_reader.h"

namespace needledrop {
namespace {

constexpr std::array<std::string_view, 8> kTotals{"total", "totals", "total music", "sum",
                                                  "합계",  "총계",   "合計",        "gesamt"};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const auto first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

/// Reads the rows below the headings, one after the other.
class TableReading {
 public:
  TableReading(const Spreadsheet& table, const SheetReaderOptions& options, SheetHeadings headings)
      : table_(table), options_(options), headings_(std::move(headings)) {
    const SpreadsheetRow& row = table.rows[headings_.row];
    for (const auto& [column, at] : headings_.columns) {
      sheet_.columns.emplace_back(column, row.cells[at]);
    }
  }

  Result<ReadSheet> run() {
    for (std::size_t i = headings_.row + 1; i < table_.rows.size(); ++i) {
      if (table_.rows[i].cells != table_.rows[headings_.row].cells) ND_TRY(add(table_.rows[i]));
    }
    take_start_off();
    return std::move(sheet_);
  }

 private:
  [[nodiscard]] std::string cell(const SpreadsheetRow& row, SheetColumn column) const {
    const auto at = headings_.of(column);
    if (!at.has_value() || *at >= row.cells.size()) return "";
    return std::string(trimmed(row.cells[*at]));
  }

  Result<Milliseconds> time(const SpreadsheetRow& row, SheetColumn column,
                            std::string_view text) const {
    const auto read = read_sheet_time(text, options_.clock, column == SheetColumn::kDuration);
    if (read.has_value()) return *read;
    return read.error().in(cell_place(row.line, *headings_.of(column) + 1));
  }

  Result<std::optional<Milliseconds>> time(const SpreadsheetRow& row, SheetColumn column) const {
    const std::string text = cell(row, column);
    if (text.empty()) return std::optional<Milliseconds>();
    ND_TRY_ASSIGN(const Milliseconds read, time(row, column, text));
    return std::optional(read);
  }

  /// Those of a cell, on lines of their own.
  Result<std::vector<Milliseconds>> times(const SpreadsheetRow& row, SheetColumn column) const {
    std::vector<Milliseconds> all;
    const std::string whole = cell(row, column);
    std::string_view text = whole;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
      const std::string_view line = trimmed(text.substr(0, end));
      if (!line.empty()) {
        ND_TRY_ASSIGN(const Milliseconds read, time(row, column, line));
        all.push_back(read);
      }
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
  }

  Result<void> read_times(const SpreadsheetRow& row, ReadCue& cue) {
    ND_TRY_ASSIGN(const auto starts, times(row, SheetColumn::kStart));
    ND_TRY_ASSIGN(const auto ends, times(row, SheetColumn::kEnd));
    ND_TRY_ASSIGN(cue.duration, time(row, SheetColumn::kDuration));
    if (!starts.empty()) cue.start = starts.front();
    if (!ends.empty()) cue.end = ends.back();
    if (starts.size() < 2 || starts.size() != ends.size()) return {};
    for (std::size_t i = 0; i < starts.size(); ++i) {
      if (ends[i] < starts[i] || (i > 0 && starts[i] < ends[i - 1])) {
        return fail(Error::Kind::kInvalidArgument,
                    fmt::format("line {}: its times are not one after the other", row.line));
      }
      cue.spans.push_back({starts[i], ends[i]});
    }
    if (!cue.duration.has_value()) cue.duration = total_length(cue.spans);
    return {};
  }

  std::optional<int> part_of(const SpreadsheetRow& row) {
    const std::string text = cell(row, SheetColumn::kPart);
    if (text.empty()) return std::nullopt;
    int part = 0;
    const char* const end = text.data() + text.size();
    const char* const first =
        std::find_if(text.data(), end, [](char c) { return c >= '0' && c <= '9'; });
    if (std::from_chars(first, end, part).ec == std::errc()) return part;
    warn(row.line, fmt::format("'{}' is no part; its times are taken as of the whole programme",
                               shown(text, 40)));
    return std::nullopt;
  }

  /// Of times without frames, where all of them lie beyond the start.
  void take_start_off() {
    const Milliseconds start = start_on_clock(options_.clock);
    const auto is_beyond = [&](std::size_t i) { return *sheet_.cues[i].start >= start; };
    if (start == Milliseconds(0) || !std::ranges::all_of(on_clock_, is_beyond)) return;
    for (const std::size_t i : on_clock_) {
      ReadCue& cue = sheet_.cues[i];
      cue.start = from_start(*cue.start, options_.clock);
      if (cue.end.has_value()) cue.end = from_start(*cue.end, options_.clock);
      for (Span& span : cue.spans) {
        span = {from_start(span.start, options_.clock), from_start(span.end, options_.clock)};
      }
    }
  }

  [[nodiscard]] std::string writers_of(const SpreadsheetRow& row) const {
    std::string writers = cell(row, SheetColumn::kWriters);
    const std::string party = cell(row, SheetColumn::kParty);
    if (!writers.empty() || party.empty()) return writers;
    const auto role = read_role(cell(row, SheetColumn::kPartyRole));
    return role.has_value() && side_of(*role) == RoleSide::kWriter ? party : "";
  }

  Result<void> add(const SpreadsheetRow& row) {
    ReadCue cue;
    cue.line = row.line;
    cue.title = cell(row, SheetColumn::kTitle);
    cue.artist = cell(row, SheetColumn::kArtist);
    cue.writers = writers_of(row);
    cue.usage = cell(row, SheetColumn::kUsage);
    const std::string number = cell(row, SheetColumn::kNumber);
    if (is_total(row, cue.title)) return {};
    cue.part = part_of(row);
    ND_TRY(read_times(row, cue));
    if (goes_on(cue, number)) {
      append(sheet_.cues.back().writers, cue.writers);
      return {};
    }
    const bool has_time = cue.start.has_value() || cue.duration.has_value();
    if (cue.title.empty() && !has_time) {
      warn(row.line, "neither a title nor a time; it is left out");
      return {};
    }
    ND_TRY(complete(cue));
    if (cue.start.has_value() && !counts_frames(cell(row, SheetColumn::kStart))) {
      on_clock_.push_back(sheet_.cues.size());
    }
    sheet_.cues.push_back(std::move(cue));
    number_ = number;
    return {};
  }

  [[nodiscard]] bool is_total(const SpreadsheetRow& row, const std::string& title) const {
    const bool is_word = std::ranges::find(kTotals, folded(title)) != kTotals.end();
    return is_word && cell(row, SheetColumn::kStart).empty();
  }

  /// Is it the cue above again, or only more of its writers?
  [[nodiscard]] bool goes_on(const ReadCue& cue, const std::string& number) const {
    if (sheet_.cues.empty()) return false;
    const ReadCue& above = sheet_.cues.back();
    const bool says_nothing = cue.title.empty() && !cue.start.has_value() &&
                              !cue.duration.has_value() && !cue.writers.empty();
    const bool is_again = !number.empty() && number == number_ && cue.title == above.title &&
                          cue.start.has_value() && cue.start == above.start;
    return says_nothing || is_again;
  }

  static void append(std::string& writers, const std::string& more) {
    if (more.empty() || writers == more) return;
    writers += writers.empty() ? more : "; " + more;
  }

  /// Fills in the third of start, end and duration.
  Result<void> complete(ReadCue& cue) {
    constexpr Milliseconds kTolerance{1'000};
    if (cue.start.has_value() && cue.end.has_value()) {
      if (*cue.end < *cue.start) {
        return fail(Error::Kind::kInvalidArgument,
                    fmt::format("line {}: it ends before it starts", cue.line));
      }
      const Milliseconds length =
          cue.spans.empty() ? *cue.end - *cue.start : total_length(cue.spans);
      if (!cue.duration.has_value()) cue.duration = length;
      const Milliseconds off =
          length > *cue.duration ? length - *cue.duration : *cue.duration - length;
      if (off > kTolerance) warn(cue.line, "its duration is not what lies between in and out");
    } else if (cue.start.has_value() && cue.duration.has_value()) {
      cue.end = *cue.start + *cue.duration;
    }
    return {};
  }

  void warn(int line, std::string_view text) {
    constexpr std::size_t kMostWarnings = 100;
    if (sheet_.warnings.size() < kMostWarnings) {
      sheet_.warnings.push_back(fmt::format("line {}: {}", line, text));
    }
  }

  const Spreadsheet& table_;
  const SheetReaderOptions& options_;
  SheetHeadings headings_;
  ReadSheet sheet_;
  std::string number_;                 // of the last cue
  std::vector<std::size_t> on_clock_;  // cues whose times have no frames
};

}  // namespace

Result<ReadSheet> read_sheet_table(const Spreadsheet& table, const SheetReaderOptions& options) {
  ND_TRY_ASSIGN(SheetHeadings headings, find_sheet_headings(table, options.mapping));
  return TableReading(table, options, std::move(headings)).run();
}

Result<ReadSheet> read_sheet(std::string_view bytes, const SheetReaderOptions& options) {
  if (looks_like_edl(bytes)) return read_edl(bytes, options.clock);
  SpreadsheetOptions how;
  how.sheet = options.sheet;
  ND_TRY_ASSIGN(const Spreadsheet table, read_spreadsheet(bytes, how));
  return read_sheet_table(table, options);
}

}  // namespace needledrop
