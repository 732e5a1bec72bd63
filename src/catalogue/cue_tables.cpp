#include "catalogue/tables.h"

namespace needledrop {

// Cues, every state that each was ever in, and the decisions that led from one to the next.
const char* const kCues = R"sql(
CREATE TABLE cue (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file INTEGER NOT NULL REFERENCES episode_file (id) ON DELETE CASCADE,
  version INTEGER REFERENCES cue_version (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX cue_by_file ON cue (file);
CREATE INDEX cue_by_version ON cue (version);

CREATE TABLE cue_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cue INTEGER NOT NULL REFERENCES cue (id) ON DELETE CASCADE,
  standing TEXT NOT NULL,
  recording INTEGER,
  recording_title TEXT NOT NULL,
  recording_artist TEXT NOT NULL,
  work INTEGER,
  title TEXT NOT NULL,
  artist TEXT NOT NULL,
  function TEXT NOT NULL,
  vocal TEXT NOT NULL,
  perception TEXT NOT NULL,
  origin TEXT NOT NULL,
  note TEXT NOT NULL,
  found_recording INTEGER,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  level_db REAL NOT NULL,
  version_decided INTEGER NOT NULL CHECK (version_decided IN (0, 1))
) STRICT;
CREATE INDEX cue_version_by_cue ON cue_version (cue);

CREATE TABLE cue_span (
  version INTEGER NOT NULL REFERENCES cue_version (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('heard', 'reported', 'found')),
  number INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  PRIMARY KEY (version, kind, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??Z'),
  author TEXT NOT NULL,
  kind TEXT NOT NULL,
  note TEXT NOT NULL,
  undone INTEGER,
  is_dropped INTEGER NOT NULL DEFAULT 0 CHECK (is_dropped IN (0, 1))
) STRICT;
CREATE INDEX decision_by_undone ON decision (undone) WHERE undone NOT NULL;

CREATE TABLE decision_cue (
  decision INTEGER NOT NULL REFERENCES decision (id) ON DELETE CASCADE,
  cue INTEGER NOT NULL REFERENCES cue (id) ON DELETE CASCADE,
  before INTEGER REFERENCES cue_version (id) DEFERRABLE INITIALLY DEFERRED,
  after INTEGER REFERENCES cue_version (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (decision, cue)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_cue_by_cue ON decision_cue (cue);
CREATE INDEX decision_cue_by_before ON decision_cue (before);
CREATE INDEX decision_cue_by_after ON decision_cue (after);
)sql";

// What people don't want proposed again, as part of the state of a cue; and the decisions that may
// be redone, which are few, whatever was undone for good.
const char* const kDismissals = R"sql(
CREATE TABLE cue_dismissal (
  version INTEGER NOT NULL REFERENCES cue_version (id) ON DELETE CASCADE,
  proposal INTEGER NOT NULL,
  number INTEGER NOT NULL,
  recording INTEGER,
  start_ms INTEGER,
  end_ms INTEGER,
  PRIMARY KEY (version, proposal, number),
  CHECK ((start_ms IS NULL) = (end_ms IS NULL)),
  CHECK (end_ms > start_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_by_redo ON decision (undone) WHERE undone NOT NULL AND is_dropped = 0;
)sql";

}  // namespace needledrop
