#include "catalogue/statement.h"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "catalogue/file_image.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr Milliseconds kPatience{10'000};

std::string reason(int system_error) {
  return std::generic_category().message(system_error);
}

void fold_function(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  const std::string result = text == nullptr ? std::string() : folded({text, size});
  sqlite3_result_text64(context, result.c_str(), result.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      column_(other.column_),
      bind_code_(other.bind_code_),
      out_of_range_(other.out_of_range_),
      damaged_(other.damaged_) {}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

void Statement::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  column_ = 0;
  bind_code_ = SQLITE_OK;
  out_of_range_ = false;
  damaged_ = false;
}

Result<bool> Statement::step() {
  ND_TRY(damage());
  if (out_of_range_) {
    return fail(Error::Kind::kInvalidArgument, "a number is too large to be stored");
  }
  if (bind_code_ != SQLITE_OK) {
    return database_->error(bind_code_);
  }
  column_ = 0;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code == SQLITE_DONE) {
    return false;
  }
  Error error = database_->error(code);  // before the reset, which clears SQLite's message
  sqlite3_reset(statement_);
  return error;
}

Result<void> Statement::run() {
  while (true) {
    ND_TRY_ASSIGN(const bool has_row, step());
    if (!has_row) {
      return {};
    }
  }
}

Result<void> Statement::damage() const {
  if (damaged_) {
    return database_->corrupt("a row holds a value that was never stored");
  }
  return {};
}

void Statement::bind_integer(int index, std::int64_t value) {
  const int code = sqlite3_bind_int64(statement_, index, value);
  bind_code_ = bind_code_ == SQLITE_OK ? code : bind_code_;
}

void Statement::bind_value(int index, double value) {
  const int code = sqlite3_bind_double(statement_, index, value);
  bind_code_ = bind_code_ == SQLITE_OK ? code : bind_code_;
}

void Statement::bind_value(int index, std::string_view text) {
  // A null pointer would bind NULL; an empty view may hold one.
  const char* begin = text.empty() ? "" : text.data();
  const int code =
      sqlite3_bind_text64(statement_, index, begin, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  bind_code_ = bind_code_ == SQLITE_OK ? code : bind_code_;
}

void Statement::bind_value(int index, const Blob& blob) {
  const int code = sqlite3_bind_blob64(statement_, index, blob.bytes.c_str(), blob.bytes.size(),
                                       SQLITE_TRANSIENT);
  bind_code_ = bind_code_ == SQLITE_OK ? code : bind_code_;
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) {
  damaged_ = damaged_ || sqlite3_column_type(statement_, column) != SQLITE_INTEGER;
  return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) {
  damaged_ = damaged_ || sqlite3_column_type(statement_, column) != SQLITE_FLOAT;
  return sqlite3_column_double(statement_, column);
}

std::string Statement::text(int column) {
  const bool is_stored_as_text = sqlite3_column_type(statement_, column) == SQLITE_TEXT;
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  std::string result = bytes == nullptr ? std::string() : std::string(bytes, size);
  damaged_ = damaged_ || !is_stored_as_text || !is_text(result);
  return result;
}

std::string Statement::blob(int column) {
  if (sqlite3_column_type(statement_, column) != SQLITE_BLOB) {
    damaged_ = true;
    return {};
  }
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

Result<std::unique_ptr<Database>> Database::connect(const std::string& path, int flags) {
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &connection,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (connection == nullptr) {
    return fail(Error::Kind::kIo, "no memory for SQLite");
  }
  auto database = std::make_unique<Database>(path, connection);
  if (code != SQLITE_OK) {
    return database->error(code);
  }
  return database;
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access) {
  if (path.empty() || path.find('\0') != std::string::npos) {
    return fail(Error::Kind::kInvalidArgument, "the catalogue's path is empty or holds a NUL");
  }
  if (access == Access::kReadOnly) {
    if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
      return fail(Error::Kind::kNotFound,
                  fmt::format("{}: there is no catalogue yet; adding recordings makes one",
                              shown(path, 1000)));
    }
    ND_TRY_ASSIGN(auto database, connect(path, SQLITE_OPEN_READONLY));
    const int code = database->first_read() & 0xff;
    if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) {
      ND_TRY_ASSIGN(database, open_image(path));
    }
    ND_TRY(database->configure(access));
    return database;
  }
  ND_TRY_ASSIGN(auto database, connect(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  if (sqlite3_db_readonly(database->connection_, "main") == 1) {
    return database->error(SQLITE_READONLY);
  }
  ND_TRY(database->configure(access));
  return database;
}

Result<std::unique_ptr<Database>> Database::open_image(const std::string& path) {
  ND_TRY_ASSIGN(std::vector<unsigned char> image, read_file_image(path));
  // Bytes 18 and 19 say "2: needs a WAL"; without one the pages are the same as those of "1".
  if (image.size() > 19) {
    image[18] = 1;
    image[19] = 1;
  }
  ND_TRY_ASSIGN(auto database, connect(":memory:", SQLITE_OPEN_READWRITE));
  database->path_ = path;
  database->image_ = std::move(image);
  const auto size = static_cast<sqlite3_int64>(database->image_.size());
  const int code = sqlite3_deserialize(database->connection_, "main", database->image_.data(), size,
                                       size, SQLITE_DESERIALIZE_READONLY);
  if (code != SQLITE_OK) {
    return database->error(code);
  }
  return database;
}

int Database::first_read() const {
  return sqlite3_exec(connection_, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
}

Result<void> Database::configure(Access access) const {
  set_patience(kPatience);
  // A file from elsewhere may hold triggers and views: they may not call our function, and nothing
  // can write to the file's structure past SQL.
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  const int code = sqlite3_create_function_v2(
      connection_, "folded", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr,
      fold_function, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    return error(code);
  }
  if (access == Access::kReadWrite) {
    ND_TRY(execute("PRAGMA synchronous = FULL"));
  }
  return execute("PRAGMA cell_size_check = ON");
}

Database::~Database() {
  sqlite3_close_v2(connection_);
}

Result<Statement> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()), 0,
                                      &statement, nullptr);
  if (code != SQLITE_OK) {
    return error(code);
  }
  return Statement(*this, statement);
}

Result<void> Database::execute(const std::string& script) const {
  const int code = sqlite3_exec(connection_, script.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    return error(code);
  }
  return {};
}

std::int64_t Database::changed_rows() const {
  return sqlite3_changes64(connection_);
}

std::int64_t Database::last_id() const {
  return sqlite3_last_insert_rowid(connection_);
}

void Database::set_patience(Milliseconds patience) const {
  sqlite3_busy_timeout(connection_, static_cast<int>(patience.count()));
}

Error Database::error(int code) const {
  const std::string message = sqlite3_errmsg(connection_);
  const int system_error = sqlite3_system_errno(connection_);
  const std::string where = shown(path_, 1000);
  const auto io = [&](std::string_view what) {
    return fail(Error::Kind::kIo, fmt::format("{}: {}", where, what));
  };
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return fail(
          Error::Kind::kBusy,
          fmt::format(
              "{}: another process keeps writing to the catalogue; try again when it is done",
              where));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:  // our statements are right, so the tables are not what they should be
      return corrupt(message);
    case SQLITE_FULL:
      return io("no space left on the disk; nothing of this change was stored");
    case SQLITE_READONLY:
      return io("the catalogue can't be written: the file or its folder is read-only");
    case SQLITE_CANTOPEN:
      return io(fmt::format(
          "the catalogue can't be opened{}{}; may its folder be read and written?",
          system_error == 0 ? "" : ": ", system_error == 0 ? "" : reason(system_error)));
    case SQLITE_IOERR:
      if (system_error == ENOSPC || system_error == EDQUOT) {
        return io("no space left on the disk; nothing of this change was stored");
      }
      if (code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_CORRUPTFS) {
        return corrupt("the file is shorter than it says");
      }
      return io(fmt::format("the catalogue can't be read or written: {}",
                            system_error == 0 ? message : reason(system_error)));
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return fail(Error::Kind::kInvalidArgument, fmt::format("not stored: {}", message));
    case SQLITE_INTERRUPT:
      return fail(Error::Kind::kCancelled, "stopped");
    default:
      return io(message);
  }
}

Error Database::corrupt(std::string_view what) const {
  return fail(
      Error::Kind::kCorrupt,
      fmt::format("{}: the catalogue is damaged ({}); put a backup of the desk in its place, "
                  "or move it away and add the recordings again",
                  shown(path_, 1000), what));
}

Result<Transaction> Transaction::begin(const Database& database, Kind kind) {
  ND_TRY(database.execute(kind == Kind::kWrite ? "BEGIN IMMEDIATE" : "BEGIN"));
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) {
    // Fails only when SQLite has rolled back by itself, which is what was asked for.
    static_cast<void>(database_->execute("ROLLBACK").has_value());
  }
}

Result<void> Transaction::commit() {
  ND_TRY(database_->execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace needledrop
