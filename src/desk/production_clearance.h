#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "cuesheet/clearance.h"
#include "cuesheet/sheet.h"

namespace needledrop {

class Desk;

/// A use in an episode with what is cleared of it.
struct ClearedUse {
  std::int64_t episode = 0;
  std::int64_t cue = 0;
  LicensedUse use;
  UseClearance cleared;
};

/// The clearance of all uses of a production, in the order of its episodes (season, number, id) and
/// of their cues; rejected cues are no uses. Nothing at all when no licence of it is known.
Result<std::vector<ClearedUse>> production_clearance(Desk& desk, std::int64_t production);

/// Says of each cue of an episode's sheet whether it is cleared.
void put_clearance(const std::vector<ClearedUse>& cleared, std::int64_t episode, CueSheet& sheet);

}  // namespace needledrop
