#include "catalogue/schema.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <thread>

#include <fmt/format.h>

#include "catalogue/text.h"

namespace needledrop {
namespace {

constexpr std::int64_t kApplicationId = 0x4E445250;  // "NDRP"

// Version 1. docs/catalogue.md tells what each row means.
constexpr const char* kFirstTables = R"sql(
CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last_source INTEGER NOT NULL CHECK (last_source BETWEEN 0 AND 4294967295),
  recordings_state INTEGER NOT NULL CHECK (recordings_state >= 0)
) STRICT;
INSERT INTO state (id, last_source, recordings_state) VALUES (1, 0, 0);

CREATE TABLE production (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL CHECK (title <> '')
) STRICT;

CREATE TABLE source (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
  kind TEXT NOT NULL CHECK (kind IN ('recording', 'episode')),
  digest BLOB NOT NULL CHECK (length(digest) = 16),
  duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
  UNIQUE (kind, digest)
) STRICT;

CREATE TABLE recording (
  id INTEGER PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
  production INTEGER REFERENCES production (id) ON DELETE SET NULL,
  title TEXT NOT NULL,
  artist TEXT NOT NULL,
  album TEXT NOT NULL,
  track_number INTEGER,
  isrc TEXT NOT NULL,
  musicbrainz_recording TEXT NOT NULL,
  musicbrainz_release TEXT NOT NULL,
  version TEXT NOT NULL CHECK (version IN
    ('original', 'vocal', 'instrumental', 'edit', 'live', 'remix', 'other'))
) STRICT;
CREATE INDEX recording_by_production ON recording (production);

CREATE TABLE recording_path (
  recording INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  path BLOB NOT NULL CHECK (length(path) > 0),
  PRIMARY KEY (recording, number),
  UNIQUE (recording, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_by_path ON recording_path (path);

CREATE TABLE episode (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  production INTEGER REFERENCES production (id),
  season INTEGER,
  number INTEGER,
  title TEXT NOT NULL,
  air_date TEXT CHECK (air_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE INDEX episode_by_production ON episode (production);

CREATE TABLE episode_file (
  id INTEGER PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
  episode INTEGER NOT NULL REFERENCES episode (id),
  path BLOB NOT NULL CHECK (length(path) > 0),
  size INTEGER NOT NULL CHECK (size >= 0),
  part INTEGER,
  cut TEXT NOT NULL,
  frame_rate_numerator INTEGER NOT NULL CHECK (frame_rate_numerator >= 0),
  frame_rate_denominator INTEGER NOT NULL CHECK (frame_rate_denominator > 0),
  start_timecode TEXT,
  layout TEXT NOT NULL
) STRICT;
CREATE INDEX episode_file_by_episode ON episode_file (episode);
CREATE INDEX episode_file_by_path ON episode_file (path);
CREATE INDEX episode_file_by_size ON episode_file (size);

CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file INTEGER NOT NULL UNIQUE REFERENCES episode_file (id) ON DELETE CASCADE,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
  recordings_state INTEGER NOT NULL CHECK (recordings_state >= 0)
) STRICT;

CREATE TABLE spot (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  recording INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  start_error_ms INTEGER NOT NULL CHECK (start_error_ms >= 0),
  end_error_ms INTEGER NOT NULL CHECK (end_error_ms >= 0),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  level_db REAL NOT NULL,
  ground TEXT NOT NULL CHECK (ground IN ('foreground', 'background')),
  version_decided INTEGER NOT NULL CHECK (version_decided IN (0, 1)),
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX spot_by_recording ON spot (recording);

CREATE TABLE alignment (
  run INTEGER NOT NULL,
  spot INTEGER NOT NULL,
  number INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  recording_start_ms INTEGER NOT NULL,
  rate REAL NOT NULL CHECK (rate > 0),
  pitch REAL NOT NULL CHECK (pitch > 0),
  PRIMARY KEY (run, spot, number),
  FOREIGN KEY (run, spot) REFERENCES spot (run, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE alternative (
  run INTEGER NOT NULL,
  spot INTEGER NOT NULL,
  number INTEGER NOT NULL,
  recording INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  PRIMARY KEY (run, spot, number),
  FOREIGN KEY (run, spot) REFERENCES spot (run, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX alternative_by_recording ON alternative (recording);
)sql";

constexpr const char* kRelations = R"sql(
ALTER TABLE recording ADD COLUMN aligned INTEGER NOT NULL DEFAULT 0 CHECK (aligned IN (0, 1));

CREATE TABLE relation (
  a INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE CHECK (b > a),
  kind TEXT NOT NULL CHECK (kind IN ('same', 'version', 'edit', 'sampled')),
  likeness REAL NOT NULL CHECK (likeness BETWEEN 0 AND 1),
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_by_b ON relation (b);

CREATE TABLE shared_stretch (
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  offset_ms INTEGER NOT NULL,
  PRIMARY KEY (a, b, start_ms),
  FOREIGN KEY (a, b) REFERENCES relation (a, b) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
)sql";

// Version 3: music that no catalogued recording explains.
constexpr const char* kUnidentifiedMusic = R"sql(
CREATE TABLE unidentified (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
)sql";

// What was seen: transitions, shots, scenes as suggested, and what people decided about these.
constexpr const char* kPictures = R"sql(
CREATE TABLE picture (
  file INTEGER PRIMARY KEY REFERENCES episode_file (id) ON DELETE CASCADE,
  depth TEXT NOT NULL CHECK (depth IN ('fast', 'exact')),
  duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0)
) STRICT;

CREATE TABLE transition (
  file INTEGER NOT NULL REFERENCES picture (file) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('cut', 'dissolve', 'fade')),
  time_ms INTEGER NOT NULL,
  start_ms INTEGER NOT NULL CHECK (start_ms <= time_ms),
  end_ms INTEGER NOT NULL CHECK (end_ms >= time_ms),
  PRIMARY KEY (file, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE shot (
  file INTEGER NOT NULL REFERENCES picture (file) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  still_ms INTEGER NOT NULL,
  PRIMARY KEY (file, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE suggested_scene (
  file INTEGER NOT NULL REFERENCES picture (file) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  PRIMARY KEY (file, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE scene_edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file INTEGER NOT NULL REFERENCES episode_file (id) ON DELETE CASCADE,
  made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??Z'),
  kind TEXT NOT NULL CHECK (kind IN ('boundary', 'join', 'title')),
  at_ms INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  title TEXT NOT NULL,
  is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1))
) STRICT;
CREATE INDEX scene_edit_by_file ON scene_edit (file);
)sql";

// What is said, as subtitles say it.
constexpr const char* kDialogue = R"sql(
CREATE TABLE dialogue (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file INTEGER NOT NULL REFERENCES episode_file (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  format TEXT NOT NULL,
  name TEXT NOT NULL,
  stream INTEGER NOT NULL CHECK (stream >= 0),
  path BLOB NOT NULL,
  shift_ms INTEGER NOT NULL,
  UNIQUE (file, language)
) STRICT;

CREATE TABLE dialogue_line (
  dialogue INTEGER NOT NULL REFERENCES dialogue (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  text TEXT NOT NULL CHECK (text <> ''),
  music TEXT NOT NULL,
  italic INTEGER NOT NULL CHECK (italic IN (0, 1)),
  PRIMARY KEY (dialogue, number)
) STRICT, WITHOUT ROWID;
)sql";

// Music that returns.
constexpr const char* kRecurrences = R"sql(
CREATE TABLE recurrence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN
    ('music', 'title', 'ending', 'jingle', 'footage', 'recap', 'preview')),
  label TEXT NOT NULL,
  recording INTEGER REFERENCES recording (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX recurrence_by_recording ON recurrence (recording);

CREATE TABLE recurrence_place (
  recurrence INTEGER NOT NULL REFERENCES recurrence (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  file INTEGER NOT NULL REFERENCES episode_file (id) ON DELETE CASCADE,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  position_ms INTEGER NOT NULL,
  rate REAL NOT NULL CHECK (rate > 0),
  likeness REAL NOT NULL CHECK (likeness BETWEEN 0 AND 1),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  is_best INTEGER NOT NULL CHECK (is_best IN (0, 1)),
  PRIMARY KEY (recurrence, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX recurrence_place_by_file ON recurrence_place (file);
)sql";

// By what footage of a file is known again.
constexpr const char* kFootage = R"sql(
CREATE TABLE footage (
  file INTEGER PRIMARY KEY REFERENCES episode_file (id) ON DELETE CASCADE,
  pictures BLOB NOT NULL
) STRICT;
)sql";

// What episodes show of one another.
constexpr const char* kSharedFootage = R"sql(
CREATE TABLE shared_footage (
  file INTEGER NOT NULL REFERENCES footage (file) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES footage (file) ON DELETE CASCADE,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  other_start_ms INTEGER NOT NULL,
  PRIMARY KEY (file, other, start_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_footage_by_other ON shared_footage (other);
)sql";

constexpr std::array<const char*, 8> kMigrations{kFirstTables, kRelations,    kUnidentifiedMusic,
                                                 kPictures,    kDialogue,     kRecurrences,
                                                 kFootage,     kSharedFootage};

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
