#include "cuesheet/sheet_comparison.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "cuesheet/bare_title.h"
#include "cuesheet/clock_text.h"
#include "cuesheet/sheet_text.h"
#include "spreadsheet/csv_line.h"
#include "spreadsheet/xlsx_writer.h"

namespace needledrop {
namespace {

/// A use as it is compared: on the clock of the whole programme.
struct Use {
  std::optional<Milliseconds> start;
  std::optional<Span> span;
  Span reported;  // from the first to the last moment that is reported
  Milliseconds length{0};
  std::vector<std::string> titles;  // bare; the first is the cue's own
};

/// Our own markers call a cue "1m02 Title".
std::string_view without_sequence(std::string_view title) {
  constexpr std::string_view kDigits = "0123456789";
  const std::size_t m = title.find_first_not_of(kDigits);
  if (m == 0 || m == std::string_view::npos || title[m] != 'm') return title;
  std::size_t end = title.find_first_not_of(kDigits, m + 1);
  if (end == std::string_view::npos || end == m + 1) return title;
  if (title[end] == 's') ++end;
  return end < title.size() && title[end] == ' ' ? title.substr(end + 1) : title;
}

Use use_of(const ReadCue& cue) {
  Use use;
  use.titles = {bare_title(without_sequence(cue.title))};
  use.start = cue.start;
  if (cue.start.has_value() && cue.end.has_value()) use.span = Span{*cue.start, *cue.end};
  use.length = cue.duration.value_or(use.span.value_or(Span{}).length());
  return use;
}

/// Where each part begins in the programme.
Milliseconds start_of_part(const CueSheet& sheet, std::optional<int> part) {
  Milliseconds start{0};
  for (const SheetPart& each : sheet.parts) {
    if (each.part == part) break;
    start += each.duration;
  }
  return start;
}

Use use_of(const SheetCue& cue, const CueSheet& sheet) {
  const Milliseconds offset = start_of_part(sheet, cue.part);
  const Span heard = extent(cue);
  Use use;
  use.span = Span{heard.start + offset, heard.end + offset};
  use.start = use.span->start;
  use.reported = *use.span;
  if (!cue.reported.empty()) {
    use.reported = {cue.reported.front().start + offset, cue.reported.back().end + offset};
  }
  use.length = reported_length(cue);
  use.titles = {bare_title(cue.title)};
  for (const SheetWork& work : cue.works) use.titles.push_back(bare_title(work.title));
  return use;
}

bool has_same_title(const Use& filed, const Use& heard) {
  return std::ranges::find(heard.titles, filed.titles.front()) != heard.titles.end();
}

/// How long both are heard, as a share of the time in which either is.
/// Where a filed cue has no end, the nearer it begins the likelier.
double likeness(const Use& filed, const Use& heard) {
  if (!filed.span.has_value()) {
    if (!filed.start.has_value()) return 0;
    const Milliseconds away = std::chrono::abs(*filed.start - heard.span->start);
    return 1 / (1 + static_cast<double>(away.count()) / 1000);
  }
  const Milliseconds both =
      std::min(filed.span->end, heard.span->end) - std::max(filed.span->start, heard.span->start);
  const Milliseconds either =
      std::max(filed.span->end, heard.span->end) - std::min(filed.span->start, heard.span->start);
  if (both <= Milliseconds(0)) return 0;
  return static_cast<double>(both.count()) / static_cast<double>(either.count());
}

/// A filed cue and a use that it may mean; those that are likelier come first.
struct Candidate {
  bool has_title = false;
  double likeness = 0;
  std::size_t filed = 0;
  std::size_t heard = 0;
  [[nodiscard]] auto order() const { return std::tuple(!has_title, -likeness, filed, heard); }
};

std::vector<Candidate> candidates(const std::vector<Use>& filed, const std::vector<Use>& heard) {
  constexpr double kEnough = 0.5;
  std::vector<Candidate> all;
  for (std::size_t f = 0; f < filed.size(); ++f) {
    for (std::size_t h = 0; h < heard.size(); ++h) {
      const Candidate candidate{has_same_title(filed[f], heard[h]), likeness(filed[f], heard[h]), f,
                                h};
      const bool is_meant = candidate.has_title
                                ? candidate.likeness > 0 || !filed[f].span.has_value()
                                : candidate.likeness >= kEnough;
      if (is_meant) all.push_back(candidate);
    }
  }
  std::ranges::sort(all, {}, &Candidate::order);
  return all;
}

std::string shift_text(std::string_view verb, Milliseconds difference) {
  const bool is_later = difference > Milliseconds(0);
  return fmt::format("{} {} {}", verb, printed_time(std::chrono::abs(difference)),
                     is_later ? "later" : "earlier");
}

/// What of these times is otherwise than filed.
std::string times_remark(const Use& filed, const Span& heard, Milliseconds length,
                         Milliseconds tolerance) {
  std::string remark;
  const auto add = [&remark](const std::string& text) {
    remark += (remark.empty() ? "" : ", ") + text;
  };
  if (filed.start.has_value()) {
    const Milliseconds start = heard.start - *filed.start;
    if (std::chrono::abs(start) > tolerance) add(shift_text("begins", start));
  }
  if (filed.span.has_value()) {
    const Milliseconds end = heard.end - filed.span->end;
    if (std::chrono::abs(end) > tolerance) add(shift_text("ends", end));
  } else if (filed.length > Milliseconds(0)) {
    const Milliseconds more = length - filed.length;
    if (std::chrono::abs(more) > tolerance) {
      add(fmt::format("{} {}", printed_time(std::chrono::abs(more)),
                      more > Milliseconds(0) ? "longer" : "shorter"));
    }
  }
  return remark;
}

/// A sheet may have what is heard, or what is left of it where cues overlap.
std::string times_remark(const Use& filed, const Use& heard, Milliseconds tolerance) {
  std::string remark = times_remark(filed, *heard.span, heard.length, tolerance);
  if (remark.empty()) return remark;
  return times_remark(filed, heard.reported, heard.length, tolerance).empty() ? "" : remark;
}

ComparedUse compared(const Candidate& pair, const Use& filed, const Use& heard,
                     const ComparisonRules& rules) {
  ComparedUse use{UseDifference::kNone, pair.filed, pair.heard, ""};
  use.remark = times_remark(filed, heard, rules.tolerance);
  if (!use.remark.empty()) use.difference = UseDifference::kTimes;
  if (!pair.has_title) use.difference = UseDifference::kTitle;
  return use;
}

}  // namespace

std::string_view to_string(UseDifference difference) {
  switch (difference) {
    case UseDifference::kNone:
      return "agrees";
    case UseDifference::kTimes:
      return "times differ";
    case UseDifference::kTitle:
      return "title differs";
    case UseDifference::kMissing:
      return "missing";
    case UseDifference::kNotHeard:
      return "not heard";
  }
  return "";
}

std::vector<ComparedUse> compare_uses(std::span<const ReadCue> filed_cues, const CueSheet& sheet,
                                      const ComparisonRules& rules) {
  std::vector<Use> filed;
  for (const ReadCue& cue : filed_cues) filed.push_back(use_of(cue));
  std::vector<Use> heard;
  for (const SheetCue& cue : sheet.cues) heard.push_back(use_of(cue, sheet));
  std::vector<bool> is_filed_used(filed.size());
  std::vector<bool> is_heard_used(heard.size());
  std::vector<ComparedUse> uses;
  for (const Candidate& pair : candidates(filed, heard)) {
    if (is_filed_used[pair.filed] || is_heard_used[pair.heard]) continue;
    is_filed_used[pair.filed] = is_heard_used[pair.heard] = true;
    uses.push_back(compared(pair, filed[pair.filed], heard[pair.heard], rules));
  }
  for (std::size_t f = 0; f < filed.size(); ++f) {
    if (!is_filed_used[f]) uses.push_back({UseDifference::kNotHeard, f, std::nullopt, ""});
  }
  for (std::size_t h = 0; h < heard.size(); ++h) {
    if (!is_heard_used[h]) uses.push_back({UseDifference::kMissing, std::nullopt, h, ""});
  }
  // A filed cue without times stands where its use is heard, else at the end.
  const auto order = [&](const ComparedUse& use) {
    const Use& placed = use.heard.has_value() ? heard[*use.heard] : filed[*use.filed];
    return std::tuple(!placed.span.has_value(), placed.span.value_or(Span{}).start, use.filed,
                      use.heard);
  };
  std::ranges::sort(uses, {}, order);
  return uses;
}

std::span<const std::string_view> comparison_columns() {
  static constexpr std::array<std::string_view, 10> kColumns{
      "result",      "filed title", "filed in",  "filed out",    "filed length",
      "heard title", "heard in",    "heard out", "heard length", "remark"};
  return kColumns;
}

std::vector<std::vector<std::string>> comparison_rows(const SheetComparison& comparison) {
  const auto time = [](const std::optional<Milliseconds>& value) {
    return value.has_value() ? printed_time(*value) : std::string();
  };
  std::vector<std::vector<std::string>> rows;
  for (const ComparedUse& use : comparison.uses) {
    std::vector<std::string>& row = rows.emplace_back();
    row.emplace_back(to_string(use.difference));
    if (use.filed.has_value()) {
      const ReadCue& cue = comparison.filed[*use.filed];
      row.insert(row.end(), {cue.title, time(cue.start), time(cue.end), time(cue.duration)});
    } else {
      row.insert(row.end(), 4, "");
    }
    if (use.heard.has_value()) {
      const SheetCue& cue = comparison.sheet.cues[*use.heard];
      row.insert(row.end(), {cue.title, printed_time(extent(cue).start),
                             printed_time(extent(cue).end), printed_time(reported_length(cue))});
    } else {
      row.insert(row.end(), 4, "");
    }
    row.push_back(use.remark);
  }
  return rows;
}

std::string comparison_csv(const SheetComparison& comparison) {
  std::string csv(kByteOrderMark);
  CsvLine heading;
  for (const std::string_view column : comparison_columns()) heading.plain(column);
  csv += heading.ended();
  for (const auto& row : comparison_rows(comparison)) {
    CsvLine line;
    for (const std::string& cell : row) line.text(cell);
    csv += line.ended();
  }
  return csv;
}

Result<std::string> comparison_xlsx(const SheetComparison& comparison,
                                    std::chrono::sys_seconds created) {
  XlsxDocument document;
  document.title = fmt::format("{}: filed and heard", sheet_title(comparison.sheet.header));
  document.created = created;
  XlsxSheet& sheet = document.sheets.emplace_back();
  sheet.name = "comparison";
  sheet.widths = {14, 30, 9, 9, 9, 30, 9, 9, 9, 36};
  sheet.is_landscape = true;
  sheet.rows.push_back({{document.title}, true});
  sheet.rows.push_back({{"filed: " + comparison.filed_name}, false});
  sheet.rows.push_back({});
  sheet.header = static_cast<int>(sheet.rows.size());
  XlsxRow heading;
  for (const std::string_view column : comparison_columns()) {
    heading.cells.emplace_back(std::string(column));
  }
  sheet.rows.push_back(heading);
  for (const auto& row : comparison_rows(comparison)) {
    XlsxRow& made = sheet.rows.emplace_back();
    for (const std::string& cell : row) made.cells.emplace_back(cell);
  }
  return write_xlsx(document);
}

}  // namespace needledrop
