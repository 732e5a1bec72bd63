#include "catalogue/tables.h"

namespace needledrop {

// Who wrote, published and performed what, under which codes, and who says so; and what people
// changed about it.
const char* const kRights = R"sql(
CREATE TABLE provenance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'import', 'tags', 'article')),
  name TEXT NOT NULL,
  location TEXT NOT NULL,
  UNIQUE (kind, name, location)
) STRICT;

CREATE TABLE edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??Z'),
  author TEXT NOT NULL,
  summary TEXT NOT NULL,
  changes BLOB NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 16),
  is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1))
) STRICT;

CREATE TABLE season (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  production INTEGER NOT NULL REFERENCES production (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 0),
  UNIQUE (production, number)
) STRICT;

CREATE TABLE party (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
  name TEXT NOT NULL CHECK (name <> ''),
  comment TEXT NOT NULL
) STRICT;
CREATE INDEX party_by_name ON party (name);

CREATE TABLE work (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL CHECK (title <> ''),
  comment TEXT NOT NULL
) STRICT;
CREATE INDEX work_by_title ON work (title);

CREATE TABLE recording_work (
  recording INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
  work INTEGER NOT NULL REFERENCES work (id) ON DELETE CASCADE,
  provenance INTEGER NOT NULL REFERENCES provenance (id),
  PRIMARY KEY (recording, work)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_work_by_work ON recording_work (work);

CREATE TABLE release (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  production INTEGER REFERENCES production (id) ON DELETE SET NULL,
  title TEXT NOT NULL CHECK (title <> ''),
  comment TEXT NOT NULL
) STRICT;
CREATE INDEX release_by_production ON release (production);

CREATE TABLE release_recording (
  release INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
  disc INTEGER NOT NULL CHECK (disc >= 1),
  position INTEGER NOT NULL CHECK (position >= 0),
  recording INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
  PRIMARY KEY (release, disc, position, recording)
) STRICT, WITHOUT ROWID;
CREATE INDEX release_recording_by_recording ON release_recording (recording);

CREATE TABLE identifier (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity_kind TEXT NOT NULL,
  entity INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  value TEXT NOT NULL CHECK (value <> ''),
  provenance INTEGER NOT NULL REFERENCES provenance (id),
  UNIQUE (entity_kind, entity, scheme, value)
) STRICT;
CREATE INDEX identifier_by_value ON identifier (scheme, value);

CREATE TABLE credit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity_kind TEXT NOT NULL,
  entity INTEGER NOT NULL,
  party INTEGER NOT NULL REFERENCES party (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  share INTEGER CHECK (share BETWEEN 0 AND 1000000),
  society TEXT NOT NULL,
  provenance INTEGER NOT NULL REFERENCES provenance (id),
  standing TEXT NOT NULL CHECK (standing IN ('stated', 'preferred', 'dismissed'))
) STRICT;
CREATE INDEX credit_by_entity ON credit (entity_kind, entity);
CREATE INDEX credit_by_party ON credit (party);

CREATE TABLE fact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity_kind TEXT NOT NULL,
  entity INTEGER NOT NULL,
  property TEXT NOT NULL,
  value TEXT NOT NULL CHECK (value <> ''),
  provenance INTEGER NOT NULL REFERENCES provenance (id),
  standing TEXT NOT NULL CHECK (standing IN ('stated', 'preferred', 'dismissed')),
  UNIQUE (entity_kind, entity, property, value, provenance)
) STRICT;

CREATE TABLE broadcast (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  episode INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
  part INTEGER,
  date TEXT NOT NULL,
  time TEXT NOT NULL,
  zone TEXT NOT NULL,
  channel TEXT NOT NULL,
  territory TEXT NOT NULL,
  provenance INTEGER NOT NULL REFERENCES provenance (id),
  standing TEXT NOT NULL CHECK (standing IN ('stated', 'preferred', 'dismissed'))
) STRICT;
CREATE INDEX broadcast_by_episode ON broadcast (episode);

CREATE TRIGGER production_gone AFTER DELETE ON production BEGIN
  DELETE FROM identifier WHERE entity_kind = 'production' AND entity = OLD.id;
  DELETE FROM credit WHERE entity_kind = 'production' AND entity = OLD.id;
  DELETE FROM fact WHERE entity_kind = 'production' AND entity = OLD.id;
END;
CREATE TRIGGER season_gone AFTER DELETE ON season BEGIN
  DELETE FROM identifier WHERE entity_kind = 'season' AND entity = OLD.id;
  DELETE FROM credit WHERE entity_kind = 'season' AND entity = OLD.id;
  DELETE FROM fact WHERE entity_kind = 'season' AND entity = OLD.id;
END;
CREATE TRIGGER episode_gone AFTER DELETE ON episode BEGIN
  DELETE FROM identifier WHERE entity_kind = 'episode' AND entity = OLD.id;
  DELETE FROM credit WHERE entity_kind = 'episode' AND entity = OLD.id;
  DELETE FROM fact WHERE entity_kind = 'episode' AND entity = OLD.id;
END;
CREATE TRIGGER recording_gone AFTER DELETE ON recording BEGIN
  DELETE FROM identifier WHERE entity_kind = 'recording' AND entity = OLD.id;
  DELETE FROM credit WHERE entity_kind = 'recording' AND entity = OLD.id;
  DELETE FROM fact WHERE entity_kind = 'recording' AND entity = OLD.id;
END;
CREATE TRIGGER work_gone AFTER DELETE ON work BEGIN
  DELETE FROM identifier WHERE entity_kind = 'work' AND entity = OLD.id;
  DELETE FROM credit WHERE entity_kind = 'work' AND entity = OLD.id;
  DELETE FROM fact WHERE entity_kind = 'work' AND entity = OLD.id;
END;
CREATE TRIGGER release_gone AFTER DELETE ON release BEGIN
  DELETE FROM identifier WHERE entity_kind = 'release' AND entity = OLD.id;
  DELETE FROM credit WHERE entity_kind = 'release' AND entity = OLD.id;
  DELETE FROM fact WHERE entity_kind = 'release' AND entity = OLD.id;
END;
CREATE TRIGGER party_gone AFTER DELETE ON party BEGIN
  DELETE FROM identifier WHERE entity_kind = 'party' AND entity = OLD.id;
  DELETE FROM fact WHERE entity_kind = 'party' AND entity = OLD.id;
END;
)sql";

}  // namespace needledrop
