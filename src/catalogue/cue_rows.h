#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "catalogue/cue.h"
#include "catalogue/statement.h"

// Private to this folder: cues as rows. docs/catalogue.md tells what these mean.

namespace needledrop {

/// A cue with the row of the state it is in.
struct CueRow {
  std::int64_t version = 0;
  Cue cue;
};

/// The state that stands; nothing when the cue is gone. kNotFound when it never was.
Result<std::optional<CueRow>> read_cue(const Database& database, std::int64_t id);
/// What stands in a file, by start, then id.
Result<std::vector<CueRow>> read_cues_of(const Database& database, SourceId file);
/// Any state that any cue was ever in.
Result<Cue> read_cue_version(const Database& database, std::int64_t version);

/// A new cue that does not stand yet, in the file; its id. Within a transaction, like what follows.
Result<std::int64_t> insert_cue(const Database& database, SourceId file);
/// Adds a state to those of the cue; its row.
Result<std::int64_t> insert_cue_version(const Database& database, const Cue& cue);
/// Makes the cue stand as in that state; nothing: it is gone.
Result<void> point_cue(const Database& database, std::int64_t id,
                       std::optional<std::int64_t> version);

}  // namespace needledrop
