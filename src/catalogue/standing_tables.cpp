#include "catalogue/tables.h"

namespace needledrop {

// What people think of codes and of what recordings perform; and licences that outlive what they
// are of.
const char* const kStandings = R"sql(
ALTER TABLE identifier ADD COLUMN standing TEXT NOT NULL DEFAULT 'stated'
  CHECK (standing IN ('stated', 'preferred', 'dismissed'));
ALTER TABLE recording_work ADD COLUMN standing TEXT NOT NULL DEFAULT 'stated'
  CHECK (standing IN ('stated', 'preferred', 'dismissed'));
ALTER TABLE licence ADD COLUMN was_of TEXT NOT NULL DEFAULT '';
DROP TRIGGER licensed_recording_gone;
DROP TRIGGER licensed_work_gone;
CREATE TRIGGER licensed_recording_gone AFTER DELETE ON recording BEGIN
  UPDATE licence SET was_of = OLD.title WHERE entity_kind = 'recording' AND entity = OLD.id;
END;
CREATE TRIGGER licensed_work_gone AFTER DELETE ON work BEGIN
  UPDATE licence SET was_of = OLD.title WHERE entity_kind = 'work' AND entity = OLD.id;
END;
)sql";

}  // namespace needledrop
