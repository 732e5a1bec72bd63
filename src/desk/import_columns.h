#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/import_problem.h"
#include "spreadsheet/spreadsheet.h"

namespace needledrop {

/// What the rows of a table are about.
enum class TableKind { kWorks, kPeople, kEpisodes, kBroadcasts };

inline constexpr std::array kTableKinds{TableKind::kWorks, TableKind::kPeople, TableKind::kEpisodes,
                                        TableKind::kBroadcasts};

/// "works", "people", "episodes", "broadcasts".
std::string_view to_string(TableKind kind);
std::optional<TableKind> table_kind(std::string_view word);

/// The names of the columns that such a table may have. docs/import.md tells what they hold.
std::span<const std::string_view> columns_of(TableKind kind);

/// The first row of a table, understood.
class TableHeader {
 public:
  struct Wish {
    std::optional<TableKind> kind;  // nothing: found from the columns
    bool ignores_unknown = false;   // leaves out columns that are not known
  };
  /// Names may stand in any order and case, with spaces or hyphens for underlines. kInvalidArgument
  /// naming line and column: a column that is unknown or there twice, or one that is missing; no
  /// kind, or several, that the columns may mean.
  static Result<TableHeader> read(const SpreadsheetRow& row, const Wish& wish);

  [[nodiscard]] TableKind kind() const { return kind_; }
  /// A column's cell without spaces around it; "" where there is none. Requires: a known name.
  [[nodiscard]] std::string cell(const SpreadsheetRow& row, std::string_view column) const;
  /// Where that cell stands, or would: the line where there is no such column.
  [[nodiscard]] ImportPlace place(const SpreadsheetRow& row, std::string_view column) const;

 private:
  [[nodiscard]] std::optional<std::size_t> position(std::string_view column) const;

  TableKind kind_ = TableKind::kWorks;
  std::vector<std::string> names_;  // by position; "" is left out
};

/// Without spaces, tabs, no-break and full-width spaces around it.
std::string trimmed(std::string_view text);

}  // namespace needledrop
