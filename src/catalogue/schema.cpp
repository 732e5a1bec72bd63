#include "catalogue/schema.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <thread>

#include <fmt/format.h>

#include "catalogue/tables.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::int64_t kApplicationId = 0x4E445250;  // "NDRP"

struct Header {
  std::int64_t application = 0;
  std::int64_t version = 0;
  bool is_empty = true;
};

Result<Header> read_header(const Database& database) {
  Header header;
  ND_TRY_ASSIGN(header.application, number(database, "PRAGMA application_id"));
  ND_TRY_ASSIGN(header.version, number(database, "PRAGMA user_version"));
  ND_TRY_ASSIGN(const std::int64_t objects, number(database, "SELECT count(*) FROM sqlite_schema"));
  header.is_empty = objects == 0 && header.application == 0 && header.version == 0;
  return header;
}

// Another process may be making the tables: the header is read as of one moment.
Result<Header> read_header_at_once(const Database& database) {
  ND_TRY_ASSIGN(Transaction view, Transaction::begin(database, Transaction::Kind::kRead));
  return read_header(database);
}

Result<void> check_maker(const Database& database, const Header& header, std::size_t newest) {
  const std::string where = shown(database.path(), 1000);
  if (!header.is_empty && (header.application != kApplicationId || header.version < 1)) {
    return fail(Error::Kind::kCorrupt,
                fmt::format("{}: this is a database of another program, not a catalogue; name "
                            "another desk or move the file away",
                            where));
  }
  if (header.version > static_cast<std::int64_t>(newest)) {
    return fail(Error::Kind::kUnsupported,
                fmt::format("{}: the catalogue has format {}, this program reads up to {}; use the "
                            "newer needledrop that wrote it",
                            where, header.version, newest));
  }
  return {};
}

// Changing the journal takes a lock for which SQLite does not wait by itself; two processes that
// make the same catalogue at once meet here.
Result<void> use_write_ahead_log(const Database& database) {
  constexpr int kAttempts = 200;
  constexpr Milliseconds kPause{50};
  for (int attempt = 1;; ++attempt) {
    auto done = database.execute("PRAGMA journal_mode = WAL");
    if (done.has_value() || done.error().kind != Error::Kind::kBusy || attempt == kAttempts) {
      return done;
    }
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace

std::span<const char* const> schema_migrations() {
  static const std::array kMigrations{
      kFirstTables,   kRelations, kUnidentifiedMusic, kPictures,   kDialogue,
      kRecurrences,   kFootage,   kSharedFootage,     kRights,     kSheets,
      kCues,          kNames,     kLoudspeakers,      kDismissals, kStandings,
      kSheetSocieties};
  return kMigrations;
}

Result<void> migrate(const Database& database, std::span<const char* const> migrations) {
  ND_TRY_ASSIGN(const Header seen, read_header_at_once(database));
  ND_TRY(check_maker(database, seen, migrations.size()));
  ND_TRY(use_write_ahead_log(database));
  if (seen.version == static_cast<std::int64_t>(migrations.size())) {
    return {};
  }
  ND_TRY_ASSIGN(Transaction transaction, Transaction::begin(database, Transaction::Kind::kWrite));
  ND_TRY_ASSIGN(const Header header, read_header(database));  // another process may have been first
  ND_TRY(check_maker(database, header, migrations.size()));
  for (auto version = static_cast<std::size_t>(header.version); version < migrations.size();
       ++version) {
    ND_TRY(database.execute(migrations[version]));
  }
  ND_TRY(database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                      kApplicationId, migrations.size())));
  return transaction.commit();
}

Result<void> require_current(const Database& database, std::span<const char* const> migrations) {
  ND_TRY_ASSIGN(const Header header, read_header_at_once(database));
  ND_TRY(check_maker(database, header, migrations.size()));
  if (header.is_empty) {
    return fail(Error::Kind::kNotFound,
                fmt::format("{}: the catalogue is still empty; adding recordings fills it",
                            shown(database.path(), 1000)));
  }
  if (header.version < static_cast<std::int64_t>(migrations.size())) {
    return fail(
        Error::Kind::kUnsupported,
        fmt::format("{}: the catalogue has the older format {}; open the desk once where it "
                    "can be written",
                    shown(database.path(), 1000), header.version));
  }
  return {};
}

}  // namespace needledrop
