#include "catalogue/changeset.h"

// Debian's SQLite is built with both; the header declares them only on demand.
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

namespace needledrop {
namespace {

constexpr std::size_t kLargest = std::numeric_limits<int>::max();

std::string text_of(sqlite3_value* value) {
  if (value == nullptr || sqlite3_value_type(value) == SQLITE_NULL) return "";
  if (sqlite3_value_type(value) == SQLITE_BLOB) {
    return fmt::format("({} bytes)", sqlite3_value_bytes(value));
  }
  // The copy may be converted to text; what an iterator lends must stay as it is.
  sqlite3_value* copy = sqlite3_value_dup(value);
  if (copy == nullptr) return "";
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(copy));
  std::string result(text == nullptr ? "" : text,
                     static_cast<std::size_t>(sqlite3_value_bytes(copy)));
  sqlite3_value_free(copy);
  return result;
}

/// Walks through a changeset. Borrows the bytes.
class Walk {
 public:
  explicit Walk(std::string_view changeset)
      : code_(changeset.size() > kLargest
                  ? SQLITE_TOOBIG
                  : sqlite3changeset_start(&iterator_, static_cast<int>(changeset.size()),
                                           const_cast<char*>(changeset.data()))) {}
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;
  ~Walk() { (void)finish(); }

  bool next() { return code_ == SQLITE_OK && sqlite3changeset_next(iterator_) == SQLITE_ROW; }
  [[nodiscard]] sqlite3_changeset_iter* row() const { return iterator_; }
  /// SQLITE_OK when all of it was read.
  int finish() {
    if (iterator_ != nullptr) code_ = sqlite3changeset_finalize(std::exchange(iterator_, nullptr));
    return code_;
  }

 private:
  sqlite3_changeset_iter* iterator_ = nullptr;
  int code_;
};

RowChange::Kind kind_of(int operation) {
  if (operation == SQLITE_INSERT) return RowChange::Kind::kAdded;
  return operation == SQLITE_DELETE ? RowChange::Kind::kRemoved : RowChange::Kind::kChanged;
}

std::string value_before(sqlite3_changeset_iter* row, int operation, int column) {
  sqlite3_value* value = nullptr;
  if (operation != SQLITE_INSERT) sqlite3changeset_old(row, column, &value);
  return text_of(value);
}

std::string value_after(sqlite3_changeset_iter* row, int operation, int column) {
  sqlite3_value* value = nullptr;
  if (operation != SQLITE_DELETE) sqlite3changeset_new(row, column, &value);
  return text_of(value);
}

/// The key of a row as text, its columns joined by '/'.
std::string key_of(sqlite3_changeset_iter* row, int operation, int columns) {
  unsigned char* in_key = nullptr;
  if (sqlite3changeset_pk(row, &in_key, nullptr) != SQLITE_OK) return "";
  std::string key;
  for (int i = 0; i < columns; ++i) {
    if (in_key[i] == 0) continue;
    key += key.empty() ? "" : "/";
    key += operation == SQLITE_INSERT ? value_after(row, operation, i)
                                      : value_before(row, operation, i);
  }
  return key;
}

bool is_touched(sqlite3_changeset_iter* row, int operation, int column) {
  if (operation != SQLITE_UPDATE) return true;
  sqlite3_value* value = nullptr;
  return sqlite3changeset_new(row, column, &value) == SQLITE_OK && value != nullptr;
}

/// The names of the columns of tables, each asked for once.
class ColumnNames {
 public:
  explicit ColumnNames(const Database& database) : database_(database) {}
  Result<const std::vector<std::string>*> of(const std::string& table) {
    auto known = names_.find(table);
    if (known == names_.end()) {
      ND_TRY_ASSIGN(Statement query,
                    database_.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid"));
      ND_TRY_ASSIGN(auto names, all_rows(query.bind(table),
                                         [](Statement& row) { return row.read<std::string>(); }));
      known = names_.emplace(table, std::move(names)).first;
    }
    return &known->second;
  }

 private:
  const Database& database_;
  std::map<std::string, std::vector<std::string>> names_;
};

Result<RowChange> read_row(const Database& database, ColumnNames& tables,
                           sqlite3_changeset_iter* row) {
  const char* table = nullptr;
  int columns = 0;
  int operation = 0;
  sqlite3changeset_op(row, &table, &columns, &operation, nullptr);
  RowChange change;
  change.kind = kind_of(operation);
  change.table = table;
  ND_TRY_ASSIGN(const auto* names, tables.of(change.table));
  if (names->size() < static_cast<std::size_t>(columns)) {
    return database.corrupt(fmt::format("an edit names columns that {} lacks", change.table));
  }
  change.key = key_of(row, operation, columns);
  for (int i = 0; i < columns; ++i) {
    if (!is_touched(row, operation, i)) continue;
    change.columns.push_back({(*names)[static_cast<std::size_t>(i)],
                              value_before(row, operation, i), value_after(row, operation, i)});
  }
  return change;
}

/// Keeps what the first conflict of an application was.
int on_conflict(void* context, int kind, sqlite3_changeset_iter* row) {
  auto& conflict = *static_cast<std::optional<ChangeConflict>*>(context);
  if (kind == SQLITE_CHANGESET_FOREIGN_KEY) {
    conflict = {"", "", "something that was added since hangs on it"};
    return SQLITE_CHANGESET_ABORT;
  }
  const char* table = nullptr;
  int columns = 0;
  int operation = 0;
  sqlite3changeset_op(row, &table, &columns, &operation, nullptr);
  if (kind == SQLITE_CHANGESET_NOTFOUND && operation == SQLITE_DELETE) return SQLITE_CHANGESET_OMIT;
  conflict = {table, key_of(row, operation, columns),
              kind == SQLITE_CHANGESET_NOTFOUND ? "was removed since" : "was changed since"};
  return SQLITE_CHANGESET_ABORT;
}

struct Bytes {
  int size = 0;
  void* data = nullptr;
  Bytes() = default;
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  ~Bytes() { sqlite3_free(data); }
};

}  // namespace

void ChangeRecorder::End::operator()(sqlite3_session* session) const {
  sqlite3session_delete(session);
}

Result<ChangeRecorder> ChangeRecorder::start(const Database& database,
                                             std::span<const char* const> tables) {
  sqlite3_session* session = nullptr;
  const int code = sqlite3session_create(database.connection(), "main", &session);
  ChangeRecorder recorder(database, std::unique_ptr<sqlite3_session, End>(session));
  if (code != SQLITE_OK) return database.error(code);
  for (const char* table : tables) {
    const int attached = sqlite3session_attach(session, table);
    if (attached != SQLITE_OK) return database.error(attached);
  }
  return recorder;
}

Result<std::string> ChangeRecorder::changeset() {
  Bytes bytes;
  const int code = sqlite3session_changeset(session_.get(), &bytes.size, &bytes.data);
  if (code != SQLITE_OK) return database_->error(code);
  return std::string(static_cast<const char*>(bytes.data), static_cast<std::size_t>(bytes.size));
}

Result<std::vector<RowChange>> read_changeset(const Database& database,
                                              std::string_view changeset) {
  std::vector<RowChange> changes;
  ColumnNames tables(database);
  Walk walk(changeset);
  while (walk.next()) {
    ND_TRY_ASSIGN(RowChange change, read_row(database, tables, walk.row()));
    changes.push_back(std::move(change));
  }
  if (walk.finish() != SQLITE_OK) return database.corrupt("an edit's record of changes is damaged");
  std::ranges::stable_sort(changes, [](const RowChange& a, const RowChange& b) {
    return std::tuple(std::string_view(a.table), a.key.size(), std::string_view(a.key)) <
           std::tuple(std::string_view(b.table), b.key.size(), std::string_view(b.key));
  });
  return changes;
}

std::string to_string(const ChangeConflict& conflict) {
  return conflict.table.empty()
             ? conflict.what
             : fmt::format("{} {} {}", conflict.table, conflict.key, conflict.what);
}

Result<std::optional<ChangeConflict>> apply_changeset(const Database& database,
                                                      std::string_view changeset,
                                                      ChangeDirection direction) {
  if (changeset.size() > kLargest) return database.corrupt("an edit's record is too large");
  std::optional<ChangeConflict> conflict;
  constexpr auto kTableFilter = nullptr;
  const int flags = direction == ChangeDirection::kBack ? SQLITE_CHANGESETAPPLY_INVERT : 0;
  const int code =
      sqlite3changeset_apply_v2(database.connection(), static_cast<int>(changeset.size()),
                                const_cast<char*>(changeset.data()), kTableFilter, on_conflict,
                                &conflict, nullptr, nullptr, flags);
  if (!conflict.has_value() && code != SQLITE_OK) return database.error(code);
  return conflict;
}

}  // namespace needledrop
