#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/units.h"

struct sqlite3;
struct sqlite3_stmt;

namespace needledrop {

class Database;

/// Bytes that are not text: a path, a digest.
struct Blob {
  std::string bytes;
};

/// A prepared SQL statement. Borrows its Database, which outlives it; single-threaded.
/// Values are bound to ?1, ?2, ... and a row's columns are read from left to right. What goes wrong
/// in binding or reading is reported by the next step().
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Starts the statement anew with these values.
  template <typename... Values>
  Statement& bind(const Values&... values) {
    reset();
    int index = 0;
    (bind_value(++index, values), ...);
    return *this;
  }

  /// Goes to the next row; false when there is none.
  Result<bool> step();
  /// Steps to the end, ignoring rows.
  Result<void> run();
  /// Forgets the row and the bound values; until then the statement holds a view of the database.
  void reset();

  /// The next column of the row as a T: an integer, double, std::string (text), Blob, or optional
  /// of one of these. A value that is no T is damage: a default is returned, damage() tells.
  template <typename T>
  T read() {
    const int column = column_++;
    if constexpr (std::integral<T>) {
      const std::int64_t value = integer(column);
      if (!std::in_range<T>(value)) {
        damaged_ = true;
        return T{};
      }
      return static_cast<T>(value);
    } else if constexpr (std::same_as<T, double>) {
      return real(column);
    } else if constexpr (std::same_as<T, std::string>) {
      return text(column);
    } else if constexpr (std::same_as<T, Blob>) {
      return Blob{blob(column)};
    } else {
      if (is_null(column)) {
        return std::nullopt;
      }
      --column_;
      return read<typename T::value_type>();
    }
  }
  /// For rows that hold what no version of this program stores.
  void mark_damaged() { damaged_ = true; }
  /// kCorrupt when something read so far was not what it should be.
  [[nodiscard]] Result<void> damage() const;

 private:
  friend class Database;
  Statement(const Database& database, sqlite3_stmt* statement)
      : database_(&database), statement_(statement) {}

  template <std::integral T>
  void bind_value(int index, T value) {
    // Nothing stored comes near 2^63; a value that does is refused by step() as out of range.
    out_of_range_ = out_of_range_ || !std::in_range<std::int64_t>(value);
    bind_integer(index, static_cast<std::int64_t>(value));
  }
  void bind_value(int index, bool value) { bind_integer(index, value ? 1 : 0); }
  void bind_value(int index, double value);
  void bind_value(int index, std::string_view text);
  void bind_value(int index, const Blob& blob);
  void bind_value(int index, Milliseconds value) { bind_integer(index, value.count()); }
  void bind_value(int index, SourceId id) { bind_integer(index, id.value); }
  void bind_value(int index, const char* text) { bind_value(index, std::string_view(text)); }
  void bind_value(int index, const std::string& text) { bind_value(index, std::string_view(text)); }
  template <typename T>
  void bind_value(int index, const std::optional<T>& value) {
    if (value) {
      bind_value(index, *value);  // else it stays NULL
    }
  }
  void bind_integer(int index, std::int64_t value);

  [[nodiscard]] bool is_null(int column) const;
  std::int64_t integer(int column);
  double real(int column);
  std::string text(int column);
  std::string blob(int column);

  const Database* database_;
  sqlite3_stmt* statement_;
  int column_ = 0;
  int bind_code_ = 0;  // SQLite's code of the first bind that failed
  bool out_of_range_ = false;
  bool damaged_ = false;
};

/// A connection to a catalogue's file. Single-threaded. Errors name the file and what to do:
/// kBusy (another process kept writing), kCorrupt, kIo (no space, read-only, ...), kNotFound.
/// Statements may use the SQL function folded(TEXT), see text.h.
class Database {
 public:
  enum class Access { kReadWrite, kReadOnly };

  /// Read-write creates the file. Read-only where SQLite cannot open the file, because it may not
  /// make its side files there (read-only media, a desk of somebody else), reads it into memory as
  /// it is at that moment.
  static Result<std::unique_ptr<Database>> open(const std::string& path, Access access);
  /// Takes over a connection as it is; open() also sets it up. `path` is for messages.
  Database(std::string path, sqlite3* connection)
      : path_(std::move(path)), connection_(connection) {}
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  Result<Statement> prepare(std::string_view sql) const;
  /// Prepares, binds and steps to the end.
  template <typename... Values>
  Result<void> run(std::string_view sql, const Values&... values) const {
    ND_TRY_ASSIGN(Statement statement, prepare(sql));
    return statement.bind(values...).run();
  }
  /// Runs a script of several statements.
  Result<void> execute(const std::string& script) const;
  /// Rows changed by the last INSERT, UPDATE or DELETE, those of cascades not counted.
  [[nodiscard]] std::int64_t changed_rows() const;
  [[nodiscard]] std::int64_t last_id() const;
  [[nodiscard]] const std::string& path() const { return path_; }
  /// How long to wait for another writer. 10 s after open.
  void set_patience(Milliseconds patience) const;

  /// SQLite's own handle, for what only this folder's files of SQLite do.
  [[nodiscard]] sqlite3* connection() const { return connection_; }

  /// The Error of SQLite's result code, with the connection's message.
  [[nodiscard]] Error error(int code) const;
  /// kCorrupt, naming the file and what to do about it.
  [[nodiscard]] Error corrupt(std::string_view what) const;

 private:
  static Result<std::unique_ptr<Database>> connect(const std::string& path, int flags);
  static Result<std::unique_ptr<Database>> open_image(const std::string& path);
  Result<void> configure(Access access) const;
  [[nodiscard]] int first_read() const;

  std::string path_;  // as the person named it, also when the connection is to a copy in memory
  sqlite3* connection_;
  std::vector<unsigned char> image_;  // what open_image read; SQLite reads it in place
};

/// All or nothing: what is not committed is undone when this object dies. A kRead transaction only
/// makes several queries see one state.
class Transaction {
 public:
  enum class Kind { kRead, kWrite };

  static Result<Transaction> begin(const Database& database, Kind kind);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// Durable when it returns. Call at most once.
  Result<void> commit();

 private:
  explicit Transaction(const Database& database) : database_(&database) {}
  const Database* database_;
};

/// Every row as `read` makes it of the statement.
template <typename Read>
auto all_rows(Statement& statement, Read read)
    -> Result<std::vector<std::invoke_result_t<Read, Statement&>>> {
  std::vector<std::invoke_result_t<Read, Statement&>> rows;
  while (true) {
    ND_TRY_ASSIGN(const bool has_row, statement.step());
    if (!has_row) {
      return rows;
    }
    rows.push_back(read(statement));
  }
}

/// The first row as `read` makes it of the statement, if there is one.
template <typename Read>
auto first_row(Statement& statement, Read read)
    -> Result<std::optional<std::invoke_result_t<Read, Statement&>>> {
  ND_TRY_ASSIGN(const bool has_row, statement.step());
  std::optional<std::invoke_result_t<Read, Statement&>> row;
  if (has_row) {
    row = read(statement);
  }
  auto damage = statement.damage();
  statement.reset();
  if (!damage.has_value()) {
    return std::move(damage.error());
  }
  return row;
}

/// The single number that a query yields. Requires: it yields a row.
template <typename... Values>
Result<std::int64_t> number(const Database& database, std::string_view sql,
                            const Values&... values) {
  ND_TRY_ASSIGN(Statement query, database.prepare(sql));
  query.bind(values...);
  ND_TRY_ASSIGN(const auto row,
                first_row(query, [](Statement& s) { return s.read<std::int64_t>(); }));
  if (!row) {
    return database.corrupt("a row that must be there is missing");
  }
  return *row;
}

}  // namespace needledrop
