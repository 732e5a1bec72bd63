#pragma once

#include <optional>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "desk/check.h"
#include "desk/rebuild_sources.h"
#include "index/index_repair.h"

namespace needledrop {

class Desk;

struct RepairReport {
  std::vector<SetAside> set_aside;  // files of the index that were damaged, and are replaced
  Rebuilt rebuilt;                  // what was decoded again
  CheckReport left;                 // as `check` finds the desk now
  std::optional<Error> ended_by;    // what is above stays, and the next repair goes on from there
};

/// Mends the index by what the catalogue says: sources are salvaged from damaged segments, others
/// rebuilt from their files, and damaged files kept in index/quarantine/. A damaged catalogue is
/// told of, and then nothing is touched. May be stopped or killed at any moment. Errors: those of
/// reading the catalogue.
Result<RepairReport> repair_desk(Desk& desk, const RebuildOptions& options);

}  // namespace needledrop
