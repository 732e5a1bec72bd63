#include "catalogue/tables.h"

namespace needledrop {

// What was seen: transitions, shots, scenes as suggested, and what people decided about these.
const char* const kPictures = R"sql(
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
const char* const kDialogue = R"sql(
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

// By what footage of a file is known again.
const char* const kFootage = R"sql(
CREATE TABLE footage (
  file INTEGER PRIMARY KEY REFERENCES episode_file (id) ON DELETE CASCADE,
  pictures BLOB NOT NULL
) STRICT;
)sql";

// What episodes show of one another.
const char* const kSharedFootage = R"sql(
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

}  // namespace needledrop
