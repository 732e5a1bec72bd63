#include "catalogue/tables.h"

namespace needledrop {

// Further names of things, and the keys by which all their names are found. Whatever changes a
// name, a title or an artist marks its entity in name_change, so that keys are derived anew whoever
// made the change.
const char* const kNames = R"sql(
CREATE TABLE name (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity_kind TEXT NOT NULL CHECK (entity_kind IN
    ('production', 'season', 'episode', 'recording', 'work', 'release', 'party')),
  entity INTEGER NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),
  language TEXT NOT NULL,
  script TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('official', 'localised', 'romanised', 'search')),
  provenance INTEGER NOT NULL REFERENCES provenance (id),
  UNIQUE (entity_kind, entity, text, language, kind)
) STRICT;

CREATE TABLE name_change (
  entity_kind TEXT NOT NULL,
  entity INTEGER NOT NULL,
  PRIMARY KEY (entity_kind, entity)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE name_key USING fts5 (
  whole, tail, word, gram, sound, sound_tail,
  tokenize = 'ascii', detail = column, columnsize = 0, prefix = '1 2 3'
);

CREATE TABLE name_term (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE name_term_near (
  hash INTEGER NOT NULL,
  term INTEGER NOT NULL REFERENCES name_term (id),
  PRIMARY KEY (hash, term)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER name_added AFTER INSERT ON name BEGIN
  INSERT OR IGNORE INTO name_change VALUES (NEW.entity_kind, NEW.entity);
END;
CREATE TRIGGER name_updated AFTER UPDATE ON name BEGIN
  INSERT OR IGNORE INTO name_change VALUES (OLD.entity_kind, OLD.entity);
  INSERT OR IGNORE INTO name_change VALUES (NEW.entity_kind, NEW.entity);
END;
CREATE TRIGGER name_removed AFTER DELETE ON name BEGIN
  INSERT OR IGNORE INTO name_change VALUES (OLD.entity_kind, OLD.entity);
END;

CREATE TRIGGER production_named AFTER INSERT ON production BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('production', NEW.id);
END;
CREATE TRIGGER production_renamed AFTER UPDATE OF title ON production BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('production', NEW.id);
END;
CREATE TRIGGER production_unnamed AFTER DELETE ON production BEGIN
  DELETE FROM name WHERE entity_kind = 'production' AND entity = OLD.id;
  INSERT OR IGNORE INTO name_change VALUES ('production', OLD.id);
END;
CREATE TRIGGER season_unnamed AFTER DELETE ON season BEGIN
  DELETE FROM name WHERE entity_kind = 'season' AND entity = OLD.id;
  INSERT OR IGNORE INTO name_change VALUES ('season', OLD.id);
END;
CREATE TRIGGER episode_named AFTER INSERT ON episode BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('episode', NEW.id);
END;
CREATE TRIGGER episode_renamed AFTER UPDATE OF title ON episode BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('episode', NEW.id);
END;
CREATE TRIGGER episode_unnamed AFTER DELETE ON episode BEGIN
  DELETE FROM name WHERE entity_kind = 'episode' AND entity = OLD.id;
  INSERT OR IGNORE INTO name_change VALUES ('episode', OLD.id);
END;
CREATE TRIGGER recording_named AFTER INSERT ON recording BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('recording', NEW.id);
END;
CREATE TRIGGER recording_renamed AFTER UPDATE OF title, artist ON recording BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('recording', NEW.id);
END;
CREATE TRIGGER recording_unnamed AFTER DELETE ON recording BEGIN
  DELETE FROM name WHERE entity_kind = 'recording' AND entity = OLD.id;
  INSERT OR IGNORE INTO name_change VALUES ('recording', OLD.id);
END;
CREATE TRIGGER work_named AFTER INSERT ON work BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('work', NEW.id);
END;
CREATE TRIGGER work_renamed AFTER UPDATE OF title ON work BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('work', NEW.id);
END;
CREATE TRIGGER work_unnamed AFTER DELETE ON work BEGIN
  DELETE FROM name WHERE entity_kind = 'work' AND entity = OLD.id;
  INSERT OR IGNORE INTO name_change VALUES ('work', OLD.id);
END;
CREATE TRIGGER release_named AFTER INSERT ON release BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('release', NEW.id);
END;
CREATE TRIGGER release_renamed AFTER UPDATE OF title ON release BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('release', NEW.id);
END;
CREATE TRIGGER release_unnamed AFTER DELETE ON release BEGIN
  DELETE FROM name WHERE entity_kind = 'release' AND entity = OLD.id;
  INSERT OR IGNORE INTO name_change VALUES ('release', OLD.id);
END;
CREATE TRIGGER party_named AFTER INSERT ON party BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('party', NEW.id);
END;
CREATE TRIGGER party_renamed AFTER UPDATE OF name, kind ON party BEGIN
  INSERT OR IGNORE INTO name_change VALUES ('party', NEW.id);
END;
CREATE TRIGGER party_unnamed AFTER DELETE ON party BEGIN
  DELETE FROM name WHERE entity_kind = 'party' AND entity = OLD.id;
  INSERT OR IGNORE INTO name_change VALUES ('party', OLD.id);
END;

INSERT INTO name_change SELECT 'production', id FROM production;
INSERT INTO name_change SELECT 'episode', id FROM episode;
INSERT INTO name_change SELECT 'recording', id FROM recording;
INSERT INTO name_change SELECT 'work', id FROM work;
INSERT INTO name_change SELECT 'release', id FROM release;
INSERT INTO name_change SELECT 'party', id FROM party;
)sql";

}  // namespace needledrop
