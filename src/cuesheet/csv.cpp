#include "cuesheet/csv.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cuesheet/clock_text.h"
#include "cuesheet/printed_shares.h"
#include "cuesheet/sheet_text.h"
#include "spreadsheet/csv_line.h"

namespace needledrop {
namespace {

/// What one line is about.
struct Row {
  const CueSheet& sheet;
  const SheetCue& cue;
  const SheetWork* work = nullptr;    // of the party; null: the cue has no parties
  const SheetParty* party = nullptr;  // null in the wide form
  std::optional<Share> share{};       // of the party, as it is printed
  int party_number = 0;
  const RolledUse* use = nullptr;  // of a rolled-up sheet; `cue` is its music
};

struct Column {
  std::string_view name;
  void (*write)(CsvLine& line, const Row& row);
};

void number(CsvLine& line, std::optional<int> value) {
  line.plain(value.has_value() ? fmt::to_string(*value) : "");
}

void decimal(CsvLine& line, double value, int digits) {
  line.plain(std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "");
}

/// The reported spans' starts or ends, between spaces.
std::string reported_ends(const SheetCue& cue, Milliseconds Span::*end) {
  std::string text;
  for (const Span& span : cue.reported) {
    text += (text.empty() ? "" : " ") + clock_time(span.*end);
  }
  return text;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

constexpr Column kCueColumns[] = {
    {"cue", [](CsvLine& line, const Row& row) { number(line, row.cue.number); }},
    {"part", [](CsvLine& line, const Row& row) { number(line, row.cue.part); }},
    {"title", [](CsvLine& line, const Row& row) { line.text(row.cue.title); }},
    {"artist", [](CsvLine& line, const Row& row) { line.text(row.cue.artist); }},
    {"album", [](CsvLine& line, const Row& row) { line.text(row.cue.album); }},
    {"version", [](CsvLine& line, const Row& row) { line.text(row.cue.version); }},
    {"in", [](CsvLine& line, const Row& row) { line.plain(clock_time(extent(row.cue).start)); }},
    {"out", [](CsvLine& line, const Row& row) { line.plain(clock_time(extent(row.cue).end)); }},
    {"duration",
     [](CsvLine& line, const Row& row) { line.plain(clock_time(extent(row.cue).length())); }},
    {"in_seconds",
     [](CsvLine& line, const Row& row) { line.plain(seconds_text(extent(row.cue).start)); }},
    {"out_seconds",
     [](CsvLine& line, const Row& row) { line.plain(seconds_text(extent(row.cue).end)); }},
    {"duration_seconds",
     [](CsvLine& line, const Row& row) { line.plain(seconds_text(extent(row.cue).length())); }},
    {"isrc", [](CsvLine& line, const Row& row) { line.text(row.cue.isrc); }},
    {"usage", [](CsvLine& line, const Row& row) { line.plain(to_string(row.cue.function)); }},
    {"level_db", [](CsvLine& line, const Row& row) { decimal(line, row.cue.level_db, 1); }},
    {"confidence", [](CsvLine& line, const Row& row) { decimal(line, row.cue.confidence, 3); }},
    {"note", [](CsvLine& line, const Row& row) { line.text(row.cue.note); }},
    {"sequence", [](CsvLine& line, const Row& row) { line.text(row.cue.sequence); }},
    {"cue_id", [](CsvLine& line, const Row& row) { line.plain(fmt::to_string(row.cue.cue)); }},
    {"standing", [](CsvLine& line, const Row& row) { line.plain(to_string(row.cue.standing)); }},
    {"reported_in",
     [](CsvLine& line, const Row& row) { line.plain(reported_ends(row.cue, &Span::start)); }},
    {"reported_out",
     [](CsvLine& line, const Row& row) { line.plain(reported_ends(row.cue, &Span::end)); }},
    {"reported_duration",
     [](CsvLine& line, const Row& row) { line.plain(clock_time(reported_length(row.cue))); }},
    {"reported_duration_seconds",
     [](CsvLine& line, const Row& row) { line.plain(seconds_text(reported_length(row.cue))); }},
    {"usage_code", [](CsvLine& line, const Row& row) { line.text(row.cue.usage); }},
    {"vocal", [](CsvLine& line, const Row& row) { line.plain(to_string(row.cue.vocal)); }},
    {"perception",
     [](CsvLine& line, const Row& row) { line.plain(to_string(row.cue.perception)); }},
    {"origin", [](CsvLine& line, const Row& row) { line.plain(to_string(row.cue.origin)); }},
    {"label", [](CsvLine& line, const Row& row) { line.text(row.cue.label); }},
    {"catalogue_number",
     [](CsvLine& line, const Row& row) { line.text(row.cue.catalogue_number); }},
    {"clearance", [](CsvLine& line, const Row& row) { line.plain(to_string(row.cue.clearance)); }},
    {"licence", [](CsvLine& line, const Row& row) { line.text(row.cue.licence); }},
    {"counted", [](CsvLine& line, const Row& row) { line.plain(row.cue.is_short ? "no" : "yes"); }},
};

/// A fact of the cue's writers, or publishers, each in its place; empty where it is not known.
std::string of_parties(const SheetCue& cue, RoleSide side, std::string SheetParty::*fact) {
  std::string text;
  bool is_first = true;
  for (const SheetWork& work : cue.works) {
    for (const SheetParty& party : work.parties) {
      if (side_of(party.role) != side) continue;
      if (!is_first) text += "; ";
      text += party.*fact;
      is_first = false;
    }
  }
  return text;
}

constexpr Column kWideColumns[] = {
    {"work", [](CsvLine& line, const Row& row) { line.text(work_titles(row.cue)); }},
    {"iswc", [](CsvLine& line, const Row& row) { line.text(work_iswcs(row.cue)); }},
    {"writers",
     [](CsvLine& line, const Row& row) {
       line.text(parties_text(row.cue, RoleSide::kWriter, row.sheet.share_basis));
     }},
    {"publishers",
     [](CsvLine& line, const Row& row) {
       line.text(parties_text(row.cue, RoleSide::kPublisher, row.sheet.share_basis));
     }},
    {"writer_ipis",
     [](CsvLine& line, const Row& row) {
       line.text(of_parties(row.cue, RoleSide::kWriter, &SheetParty::ipi));
     }},
    {"writer_societies",
     [](CsvLine& line, const Row& row) {
       line.text(of_parties(row.cue, RoleSide::kWriter, &SheetParty::society));
     }},
    {"publisher_ipis",
     [](CsvLine& line, const Row& row) {
       line.text(of_parties(row.cue, RoleSide::kPublisher, &SheetParty::ipi));
     }},
    {"publisher_societies",
     [](CsvLine& line, const Row& row) {
       line.text(of_parties(row.cue, RoleSide::kPublisher, &SheetParty::society));
     }},
};

std::string work_cell(const Row& row, std::string (*all)(const SheetCue&),
                      std::string SheetWork::*one) {
  return row.work == nullptr ? all(row.cue) : row.work->*one;
}

constexpr Column kPartyColumns[] = {
    {"work", [](CsvLine& line,
                const Row& row) { line.text(work_cell(row, work_titles, &SheetWork::title)); }},
    {"iswc", [](CsvLine& line,
                const Row& row) { line.text(work_cell(row, work_iswcs, &SheetWork::iswc)); }},
    {"party_number",
     [](CsvLine& line, const Row& row) {
       number(line, row.party == nullptr ? std::nullopt : std::optional(row.party_number));
     }},
    {"party",
     [](CsvLine& line, const Row& row) { line.text(row.party == nullptr ? "" : row.party->name); }},
    {"party_role",
     [](CsvLine& line, const Row& row) {
       line.plain(row.party == nullptr ? "" : role_text(row.party->role));
     }},
    {"party_share",
     [](CsvLine& line, const Row& row) {
       line.plain(row.share.has_value() ? percent_text(*row.share) : "");
     }},
    {"party_ipi",
     [](CsvLine& line, const Row& row) { line.text(row.party == nullptr ? "" : row.party->ipi); }},
    {"party_society",
     [](CsvLine& line, const Row& row) {
       line.text(row.party == nullptr ? "" : row.party->society);
     }},
};

constexpr Column kSheetColumns[] = {
    {"production", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.production); }},
    {"also_known_as",
     [](CsvLine& line, const Row& row) { line.text(joined(row.sheet.header.also_known_as)); }},
    {"season", [](CsvLine& line, const Row& row) { number(line, row.sheet.header.season); }},
    {"episode", [](CsvLine& line, const Row& row) { number(line, row.sheet.header.number); }},
    {"episode_title",
     [](CsvLine& line, const Row& row) { line.text(row.sheet.header.episode_title); }},
    {"production_number",
     [](CsvLine& line, const Row& row) { line.text(row.sheet.header.production_number); }},
    {"air_date",
     [](CsvLine& line, const Row& row) { line.text(row.sheet.header.first_transmission); }},
    {"cut", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.cut); }},
    {"programme_duration",
     [](CsvLine& line, const Row& row) { line.plain(clock_time(row.sheet.programme_duration)); }},
    {"programme_duration_seconds",
     [](CsvLine& line, const Row& row) { line.plain(seconds_text(row.sheet.programme_duration)); }},
    {"music_duration",
     [](CsvLine& line, const Row& row) { line.plain(clock_time(row.sheet.music_duration)); }},
    {"music_duration_seconds",
     [](CsvLine& line, const Row& row) { line.plain(seconds_text(row.sheet.music_duration)); }},
    {"society", [](CsvLine& line, const Row& row) { line.text(row.sheet.society); }},
    {"share_basis",
     [](CsvLine& line, const Row& row) { line.plain(to_string(row.sheet.share_basis)); }},
    {"counted_duration",
     [](CsvLine& line, const Row& row) { line.plain(clock_time(row.sheet.counted_duration)); }},
    {"counted_duration_seconds",
     [](CsvLine& line, const Row& row) { line.plain(seconds_text(row.sheet.counted_duration)); }},
    {"status",
     [](CsvLine& line, const Row& row) { line.plain(to_string(row.sheet.state.status)); }},
    {"revision", [](CsvLine& line, const Row& row) { number(line, row.sheet.state.revision); }},
    {"incomplete", [](CsvLine& line, const Row& row) { line.text(row.sheet.state.incomplete); }},
    {"type", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.type); }},
    {"country", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.country); }},
    {"year", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.year); }},
    {"production_company",
     [](CsvLine& line, const Row& row) { line.text(row.sheet.header.production_company); }},
    {"broadcaster", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.broadcaster); }},
    {"director", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.director); }},
    {"actors", [](CsvLine& line, const Row& row) { line.text(joined(row.sheet.header.actors)); }},
    {"isan", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.isan); }},
    {"eidr", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.eidr); }},
    {"society_number",
     [](CsvLine& line, const Row& row) { line.text(row.sheet.header.society_number); }},
    {"preparer", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.preparer); }},
    {"prepared_on", [](CsvLine& line, const Row& row) { line.text(row.sheet.header.prepared_on); }},
    {"changes", [](CsvLine& line, const Row& row) { line.text(joined(row.sheet.state.changes)); }},
};

constexpr Column kRolledColumns[] = {
    {"line", [](CsvLine& line, const Row& row) { number(line, row.cue.number); }},
    {"uses", [](CsvLine& line, const Row& row) { number(line, row.use->uses); }},
    {"episodes", [](CsvLine& line, const Row& row) { line.text(joined(row.use->episodes)); }},
    {"reported_duration",
     [](CsvLine& line, const Row& row) { line.plain(clock_time(row.use->length)); }},
    {"reported_duration_seconds",
     [](CsvLine& line, const Row& row) { line.plain(seconds_text(row.use->length)); }},
};

// What of a cue's columns is the same for all uses in a line.
constexpr std::array<std::string_view, 13> kMusicColumns{
    "title",  "artist",     "album", "version",          "isrc",   "usage", "usage_code", "vocal",
    "origin", "perception", "label", "catalogue_number", "counted"};

using Columns = std::vector<const Column*>;

template <std::size_t kCount>
void append(Columns& columns, const Column (&more)[kCount]) {
  for (const Column& column : more) columns.push_back(&column);
}

void append_music(Columns& columns) {
  for (const std::string_view name : kMusicColumns) {
    columns.push_back(std::ranges::find(kCueColumns, name, &Column::name));
  }
}

Columns columns_of(bool is_rolled, bool is_wide) {
  Columns columns;
  if (is_rolled) {
    append(columns, kRolledColumns);
    append_music(columns);
  } else {
    append(columns, kCueColumns);
  }
  if (is_wide) {
    append(columns, kWideColumns);
  } else {
    append(columns, kPartyColumns);
  }
  append(columns, kSheetColumns);
  return columns;
}

std::string heading_line(const Columns& columns) {
  CsvLine line;
  for (const Column* column : columns) line.plain(column->name);
  return line.ended();
}

std::string row_line(const Columns& columns, const Row& row) {
  CsvLine line;
  for (const Column* column : columns) column->write(line, row);
  return line.ended();
}

/// A line, or where the form has one for each party as many.
std::string lines_of(const Columns& columns, Row row, bool is_wide) {
  std::string lines;
  if (!is_wide) {
    for (const SheetWork& work : row.cue.works) {
      const auto shares = printed_shares(work, row.sheet.share_basis);
      for (std::size_t i = 0; i < work.parties.size(); ++i) {
        row.work = &work;
        row.party = &work.parties[i];
        row.share = shares[i];
        ++row.party_number;
        lines += row_line(columns, row);
      }
    }
  }
  return lines.empty() ? row_line(columns, row) : lines;
}

}  // namespace

std::string to_csv(const CueSheet& sheet, const CsvOptions& options) {
  const Columns columns = columns_of(false, options.is_wide);
  std::string csv(options.has_mark ? kByteOrderMark : "");
  csv += heading_line(columns);
  for (const SheetCue& cue : sheet.cues) csv += lines_of(columns, {sheet, cue}, options.is_wide);
  return csv;
}

std::string to_csv(const RolledSheet& sheet, const CsvOptions& options) {
  const Columns columns = columns_of(true, options.is_wide);
  std::string csv(options.has_mark ? kByteOrderMark : "");
  csv += heading_line(columns);
  for (const RolledUse& use : sheet.uses) {
    Row row{sheet.whole, use.music};
    row.use = &use;
    csv += lines_of(columns, row, options.is_wide);
  }
  return csv;
}

}  // namespace needledrop
