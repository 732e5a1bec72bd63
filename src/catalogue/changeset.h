#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/statement.h"

struct sqlite3_session;

namespace needledrop {

/// One row that a changeset adds, changes or removes.
struct RowChange {
  enum class Kind { kAdded, kChanged, kRemoved };
  struct Column {
    std::string name;
    std::string before;  // as text; "" where there is none
    std::string after;
    friend bool operator==(const Column&, const Column&) = default;
  };
  Kind kind = Kind::kAdded;
  std::string table;
  std::string key;              // of the row, as text
  std::vector<Column> columns;  // of a changed row those that changed, else all
  friend bool operator==(const RowChange&, const RowChange&) = default;
};

/// Records what a connection changes in some tables, as SQLite's session extension does
/// (https://www.sqlite.org/sessionintro.html). Borrows the database; single-threaded.
class ChangeRecorder {
 public:
  /// Of a table that does not exist nothing is recorded.
  static Result<ChangeRecorder> start(const Database& database,
                                      std::span<const char* const> tables);

  /// What changed since the start, as bytes; "" nothing.
  Result<std::string> changeset();

 private:
  struct End {
    void operator()(sqlite3_session* session) const;
  };
  ChangeRecorder(const Database& database, std::unique_ptr<sqlite3_session, End> session)
      : database_(&database), session_(std::move(session)) {}
  const Database* database_;
  std::unique_ptr<sqlite3_session, End> session_;
};

/// The rows of a changeset by table, then key. SQLite trusts the bytes: they must be what a
/// recorder made. Error: kCorrupt when they name columns that `database` does not have.
Result<std::vector<RowChange>> read_changeset(const Database& database, std::string_view changeset);

enum class ChangeDirection { kForward, kBack };

/// A row that is in the way of changes.
struct ChangeConflict {
  std::string table;  // "" it is not known which row
  std::string key;    // of the row, as in RowChange
  std::string what;   // "was changed since"
};
/// "work 3 was changed since".
std::string to_string(const ChangeConflict& conflict);

/// Makes the changes (or takes them back) within the caller's transaction. Returns the first row
/// that is not as the changeset expects it; the transaction must then be dropped. A row that is
/// gone already is no conflict where it was to go: it may have gone with one that it hung on. The
/// bytes as above.
Result<std::optional<ChangeConflict>> apply_changeset(const Database& database,
                                                      std::string_view changeset,
                                                      ChangeDirection direction);

}  // namespace needledrop
