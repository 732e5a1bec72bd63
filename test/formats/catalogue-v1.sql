-- A catalogue of format 1 as SQL text, frozen: never edited, must open for ever.
PRAGMA application_id = 1313100368;
PRAGMA user_version = 1;

CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last_source INTEGER NOT NULL CHECK (last_source BETWEEN 0 AND 4294967295),
  recordings_state INTEGER NOT NULL CHECK (recordings_state >= 0)
) STRICT;
INSERT INTO state (id, last_source, recordings_state) VALUES (1, 9, 5);

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

INSERT INTO production (id, title) VALUES (2, 'Queen of Rain');
INSERT INTO source (id, kind, digest, duration_ms) VALUES
  (3, 'recording', x'000102030405060708090A0B0C0D0E0F', 201500),
  (4, 'recording', x'101112131415161718191A1B1C1D1E1F', 198000),
  (7, 'episode', x'202122232425262728292A2B2C2D2E2F', 3600040);
INSERT INTO recording (id, production, title, artist, album, track_number, isrc,
  musicbrainz_recording, musicbrainz_release, version) VALUES
  (3, 2, '비의 노래', 'Haneul', 'Queen of Rain OST', 4, 'KRA012600001', '', '', 'vocal'),
  (4, NULL, 'Rain Song', '', '', NULL, '', '', '', 'instrumental');
INSERT INTO recording_path (recording, number, path) VALUES
  (3, 0, x'6F73742F30342E666C6163'), (3, 1, x'FF2E666C6163'), (4, 0, x'6F73742F30352E666C6163');
INSERT INTO episode (id, production, season, number, title, air_date) VALUES
  (6, 2, 1, 12, 'The Flood', '2026-03-08');
INSERT INTO episode_file (id, episode, path, size, part, cut, frame_rate_numerator,
  frame_rate_denominator, start_timecode, layout) VALUES
  (7, 6, x'653132FE2E6D7866', 5000000000, 1, '', 30000, 1001, '10:00:00;00', 'stereo');
INSERT INTO run (id, file, at, recordings_state) VALUES (8, 7, '2026-03-09T08:00:00Z', 4);
INSERT INTO spot (run, number, recording, start_ms, end_ms, start_error_ms, end_error_ms, confidence,
  level_db, ground, version_decided) VALUES
  (8, 0, 3, 61500, 95250, 40, 120, 0.97, -8.5, 'background', 0);
INSERT INTO alignment (run, spot, number, start_ms, end_ms, recording_start_ms, rate, pitch) VALUES
  (8, 0, 0, 61500, 80000, 12000, 1.0, 1.0), (8, 0, 1, 80000, 95250, 45000, 1.0, 1.0);
INSERT INTO alternative (run, spot, number, recording, confidence) VALUES (8, 0, 0, 4, 0.41);
