#include "catalogue/tables.h"

namespace needledrop {

const char* const kFirstTables = R"sql(
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

const char* const kRelations = R"sql(
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
const char* const kUnidentifiedMusic = R"sql(
CREATE TABLE unidentified (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
)sql";

// Music that returns.
const char* const kRecurrences = R"sql(
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

// Music that a loudspeaker of the scene plays.
const char* const kLoudspeakers = R"sql(
ALTER TABLE spot ADD COLUMN from_loudspeaker INTEGER NOT NULL DEFAULT 0
  CHECK (from_loudspeaker IN (0, 1));
)sql";

}  // namespace needledrop
