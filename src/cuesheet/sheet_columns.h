#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {

/// What of a cue sheet is read.
enum class SheetColumn {
  kNumber,
  kTitle,
  kArtist,
  kWriters,
  kStart,
  kEnd,
  kDuration,
  kUsage,
  kParty,      // of a sheet with a line for each party
  kPartyRole,  // its role
  kPart,       // of a programme in several parts, from whose start times count then
};

inline constexpr std::array kSheetColumns{
    SheetColumn::kNumber, SheetColumn::kTitle,     SheetColumn::kArtist,   SheetColumn::kWriters,
    SheetColumn::kStart,  SheetColumn::kEnd,       SheetColumn::kDuration, SheetColumn::kUsage,
    SheetColumn::kParty,  SheetColumn::kPartyRole, SheetColumn::kPart};

/// "number", "title", "artist", "writers", "in", "out", "duration", "usage", "party", "party role",
/// "part".
std::string_view to_string(SheetColumn column);

/// Which heading a column has, as a person says it.
using SheetMapping = std::vector<std::pair<SheetColumn, std::string>>;

/// "title=Titel,in=Time In". kInvalidArgument, listing the columns.
Result<SheetMapping> read_sheet_mapping(std::string_view text);

/// The row of headings, and where each column stands.
struct SheetHeadings {
  std::size_t row = 0;                                       // its place among the rows
  std::vector<std::pair<SheetColumn, std::size_t>> columns;  // by place, from 0

  [[nodiscard]] std::optional<std::size_t> of(SheetColumn column) const;
};

/// Finds the headings among the first hundred rows: those that were said, and for the rest the
/// usual ones in English, Korean, Japanese, German, French and Spanish. A sheet has a title and a
/// time. kInvalidArgument naming what was not found.
Result<SheetHeadings> find_sheet_headings(const Spreadsheet& table, const SheetMapping& mapping);

}  // namespace needledrop
