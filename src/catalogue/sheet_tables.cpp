#include "catalogue/tables.h"

namespace needledrop {

// How far cue sheets have come, what was filed, and what may be used.
const char* const kSheets = R"sql(
CREATE TABLE sheet (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  episode INTEGER NOT NULL,
  cut TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  status TEXT NOT NULL CHECK (status IN ('draft', 'in review', 'approved', 'filed', 'revised')),
  incomplete TEXT NOT NULL,
  approved TEXT NOT NULL,
  document TEXT NOT NULL,
  UNIQUE (episode, cut, revision)
) STRICT;

CREATE TABLE sheet_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  episode INTEGER NOT NULL,
  cut TEXT NOT NULL,
  made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??Z'),
  author TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX sheet_step_by_episode ON sheet_step (episode);
CREATE TRIGGER sheets_episode_gone AFTER DELETE ON episode BEGIN
  DELETE FROM sheet WHERE episode = OLD.id AND document = '';
END;

CREATE TABLE licence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('sync', 'master')),
  entity_kind TEXT NOT NULL CHECK (entity_kind IN ('recording', 'work')),
  entity INTEGER NOT NULL,
  production INTEGER REFERENCES production (id) ON DELETE CASCADE,
  licensor TEXT NOT NULL,
  territory TEXT NOT NULL,
  media TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  most_uses INTEGER CHECK (most_uses >= 0),
  most_seconds INTEGER CHECK (most_seconds >= 0),
  reference TEXT NOT NULL,
  fee TEXT NOT NULL,
  provenance INTEGER NOT NULL REFERENCES provenance (id)
) STRICT;
CREATE INDEX licence_by_entity ON licence (entity_kind, entity);
CREATE TRIGGER licensed_recording_gone AFTER DELETE ON recording BEGIN
  DELETE FROM licence WHERE entity_kind = 'recording' AND entity = OLD.id;
END;
CREATE TRIGGER licensed_work_gone AFTER DELETE ON work BEGIN
  DELETE FROM licence WHERE entity_kind = 'work' AND entity = OLD.id;
END;
)sql";

// For whom a sheet is made, so that each step and what was filed go by the same rules.
const char* const kSheetSocieties = R"sql(
ALTER TABLE sheet ADD COLUMN society TEXT NOT NULL DEFAULT '';
)sql";

}  // namespace needledrop
